"""Referrals as they travel."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.plan_content import QuantityCreate, QuantityRead
from app.api.v1.schemas.types import Input, LegalDate, LongText, Output, Version
from app.domain.referral import Confirmation, DeclineReason, Delivery, DeliveryNote, ReferralStage
from app.domain.shared.region import code_of
from app.domain.shared.voice import Voice
from app.services.referral import ReferralView, Request

MAX_DELIVERIES = 100
Rating = Annotated[int, Field(ge=1, le=5, description="One for very dissatisfied, five for very satisfied.")]


class ReferralCreate(Input):
    """For which confirmed need a person is sent to which service, and by which step of the plan in force."""

    need_id: UUID
    service_id: UUID
    planned: Annotated[
        QuantityCreate | None, Field(description="How much is asked for; that of the plan where a step is named.")
    ] = None
    plan_id: UUID | None = None
    plan_item_id: Annotated[UUID | None, Field(description="A step of this plan's service path.")] = None

    @model_validator(mode="after")
    def _name_plan_and_step(self) -> Self:
        if (self.plan_id is None) != (self.plan_item_id is None):
            raise PydanticCustomError(
                "plan_and_step",
                "Give both plan_id and plan_item_id, or neither.",
                {"chinese": "请同时填写 plan_id 和 plan_item_id，或者都不填写。"},
            )
        return self

    def to_request(self) -> Request:
        """The request in the words of the use case."""
        return Request(
            need_id=self.need_id,
            service_id=self.service_id,
            planned=self.planned.to_quantity() if self.planned else None,
            plan_id=self.plan_id,
            plan_item_id=self.plan_item_id,
        )


class ReferralAcceptanceCreate(Input):
    """That the provider takes it."""

    begins_on: LegalDate


class ReferralDeclineCreate(Input):
    """That the provider does not take it, and why."""

    reason: DeclineReason
    words: LongText | None = None


class DeliveryCreate(Input):
    """What was done on a day, and how much of it."""

    on: LegalDate
    quantity: QuantityCreate
    note: DeliveryNote = DeliveryNote.AS_PLANNED


class DeliveriesCreate(Input):
    """What was done; more may follow until the person confirms."""

    deliveries: Annotated[list[DeliveryCreate], Field(min_length=1, max_length=MAX_DELIVERIES)]

    def to_deliveries(self) -> tuple[Delivery, ...]:
        """The records in the domain's words."""
        return tuple(
            Delivery(on=record.on, quantity=record.quantity.to_quantity(), note=record.note)
            for record in self.deliveries
        )


class DeliveryConfirmationCreate(Input):
    """That it was done, and how it was. No rating is owed."""

    satisfaction: Rating | None = None
    words: LongText | None = None


class DeliveryRead(Output):
    """What was done on a day, and how much of it."""

    on: date
    quantity: QuantityRead
    note: DeliveryNote

    @classmethod
    def of(cls, delivery: Delivery) -> Self:
        """The record as it travels."""
        return cls(on=delivery.on, quantity=QuantityRead.of(delivery.quantity), note=delivery.note)


class DeliveryConfirmationRead(Output):
    """The word of the person, or of a guardian, that it was done."""

    voice: Voice
    on: date
    satisfaction: Rating | None
    words: Annotated[str | None, Field(max_length=2000)]

    @classmethod
    def of(cls, confirmation: Confirmation) -> Self:
        """The word as it travels."""
        return cls(
            voice=confirmation.voice,
            on=confirmation.on,
            satisfaction=confirmation.satisfaction,
            words=confirmation.words,
        )


class ReferralSummary(Output):
    """A referral in a list."""

    id: UUID
    person_id: UUID
    application_id: UUID | None
    region_code: Annotated[str, Field(max_length=12)]
    need_id: UUID
    service_id: UUID
    service_code: Annotated[str, Field(max_length=32)]
    service_text: Annotated[str, Field(max_length=200, description="In the language of Content-Language.")]
    provider_id: UUID
    provider_text: Annotated[str, Field(max_length=200)]
    stage: ReferralStage
    offered_at: datetime
    expires_on: Annotated[date, Field(description="The last day on which the provider may answer.")]
    begins_on: date | None
    version: Version

    @classmethod
    def of(cls, view: ReferralView, told: Teller) -> Self:
        """The referral as a line."""
        referral, offered = view.of, view.offered
        return cls(
            id=referral.id,
            person_id=referral.person_id,
            application_id=referral.application_id,
            region_code=code_of(referral.region),
            need_id=referral.need_id,
            service_id=referral.service_id,
            service_code=offered.service.code,
            service_text=told.word(offered.service.name),
            provider_id=referral.provider_id,
            provider_text=told.word(offered.provider),
            stage=referral.stage,
            offered_at=referral.offered_at,
            expires_on=referral.expires_on,
            begins_on=referral.begins_on,
            version=referral.version,
        )


class ReferralRead(ReferralSummary):
    """A referral whole, with what was delivered, what the person said, and what the caller may do next."""

    plan_id: UUID | None
    plan_item_id: UUID | None
    planned: QuantityRead | None
    delivered_amount: Annotated[int, Field(ge=0, le=10**15, description="So far, in the unit of the plan.")]
    deliveries: Annotated[list[DeliveryRead], Field(max_length=1000)]
    decline_reason: DeclineReason | None
    decline_words: Annotated[str | None, Field(max_length=2000)]
    confirmation: DeliveryConfirmationRead | None
    rule_versions: Annotated[list[str], Field(max_length=20)]
    actions: Annotated[list[ActionRead], Field(max_length=20)]

    @classmethod
    def of_view(cls, view: ReferralView, told: Teller) -> Self:
        """The referral as one caller sees it."""
        referral = view.of
        return cls(
            **vars(ReferralSummary.of(view, told)),
            plan_id=referral.plan_id,
            plan_item_id=referral.plan_item_id,
            planned=QuantityRead.of(referral.planned) if referral.planned else None,
            delivered_amount=referral.delivered_amount,
            deliveries=[DeliveryRead.of(delivery) for delivery in referral.deliveries],
            decline_reason=referral.decline_reason,
            decline_words=referral.decline_words,
            confirmation=DeliveryConfirmationRead.of(referral.confirmation) if referral.confirmation else None,
            rule_versions=list(referral.rule_versions),
            actions=[ActionRead.of(action, told) for action in view.actions],
        )
