"""What is said to take a referral from one stage to the next, as it travels."""

from datetime import time
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.api.v1.schemas.plan_content import QuantityCreate
from app.api.v1.schemas.types import Input, Instant, LegalDate, LongText
from app.domain.referral import (
    Appointment,
    DeclineReason,
    Delivery,
    DeliveryNote,
    Override,
    OverrideReason,
    PauseReason,
    RevokeReason,
    TransferReason,
)
from app.services.referral import Request, WhenFull

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
    when_full: Annotated[
        WhenFull, Field(description="Where no place is free: refuse, or put the need on the waiting list (202).")
    ] = WhenFull.REFUSE

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
            when_full=self.when_full,
        )


class ReferralAcceptanceCreate(Input):
    """That the provider takes it."""

    begins_on: LegalDate


class AppointmentCreate(Input):
    """A visit that is planned."""

    on: LegalDate
    at: Annotated[
        str | None,
        Field(
            pattern=r"^([01]\d|2[0-3]):[0-5]\d$",
            max_length=5,
            description="By the clock of the place, if agreed.",
            examples=["14:30"],
        ),
    ] = None

    def to_appointment(self) -> Appointment:
        """The visit in the domain's words."""
        return Appointment(on=self.on, at=time.fromisoformat(self.at) if self.at else None)


class AppointmentsCreate(Input):
    """All visits that are planned from today on; none takes back what was planned."""

    appointments: Annotated[
        list[AppointmentCreate], Field(max_length=MAX_DELIVERIES, description="By day; several a day at other hours.")
    ]

    def to_appointments(self) -> tuple[Appointment, ...]:
        """The visits in the domain's words."""
        return tuple(one.to_appointment() for one in self.appointments)


class ReferralDeclineCreate(Input):
    """That the provider does not take it, and why."""

    reason: DeclineReason
    words: LongText | None = None


class PauseCreate(Input):
    """That the service rests, and why."""

    reason: PauseReason
    expected_until: Annotated[LegalDate | None, Field(description="How long it is thought to rest, if known.")] = None
    words: LongText | None = None


class RevocationCreate(Input):
    """That it ends before it was confirmed, and why."""

    reason: RevokeReason
    words: LongText | None = None


class TransferCreate(Input):
    """Whose service goes on with it, and why."""

    service_id: Annotated[UUID, Field(description="A service of another provider that meets the same need.")]
    reason: TransferReason
    words: LongText | None = None


class OverrideCreate(Input):
    """Why an officer closes it in place of the person; a code alone is not enough."""

    reason: OverrideReason
    words: LongText

    def to_override(self) -> Override:
        """The reason in the domain's words."""
        return Override(reason=self.reason, words=self.words)


class DeliveryCreate(Input):
    """What was done on a day, and how much of it."""

    on: LegalDate
    quantity: QuantityCreate
    note: DeliveryNote = DeliveryNote.AS_PLANNED
    starts_at: Annotated[Instant | None, Field(description="From when; with `ends_at`, or neither.")] = None
    ends_at: Instant | None = None
    worker: Annotated[
        str | None,
        Field(
            pattern="^[A-Za-z0-9-]{1,32}$",
            max_length=32,
            description="The provider's own code for who came, as a staff number; no name.",
        ),
    ] = None

    def to_delivery(self) -> Delivery:
        """The record in the domain's words."""
        return Delivery(
            on=self.on,
            quantity=self.quantity.to_quantity(),
            note=self.note,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            worker=self.worker,
        )


class DeliveriesCreate(Input):
    """What was done; more may follow until the person confirms."""

    deliveries: Annotated[list[DeliveryCreate], Field(min_length=1, max_length=MAX_DELIVERIES)]

    def to_deliveries(self) -> tuple[Delivery, ...]:
        """The records in the domain's words."""
        return tuple(record.to_delivery() for record in self.deliveries)


class DeliveryConfirmationCreate(Input):
    """That it was done, and how it was. No rating is owed."""

    satisfaction: Rating | None = None
    words: LongText | None = None
