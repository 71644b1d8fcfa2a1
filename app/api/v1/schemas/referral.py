"""Referrals as they travel."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.application import Explanation, NextAction
from app.api.v1.schemas.plan_content import QuantityRead
from app.api.v1.schemas.referral_steps import Rating
from app.api.v1.schemas.told_as import ToldAs, ToldAsRead
from app.api.v1.schemas.types import Output, Version
from app.domain.referral import (
    Appointment,
    Audience,
    Confirmation,
    DeclineReason,
    Delivery,
    DeliveryNote,
    OverrideReason,
    Pause,
    PauseReason,
    Referral,
    ReferralStage,
    RevokeReason,
    Task,
    TransferReason,
    explained,
    is_declined_for_want_of_places,
    rests,
)
from app.domain.shared.region import code_of
from app.domain.shared.voice import Voice
from app.services.referral import ReferralView

SaidWords = Annotated[str | None, Field(max_length=2000, description="Null to the provider, who is told the code.")]


class DeliveryRead(Output):
    """What was done on a day, and how much of it."""

    id: Annotated[UUID | None, Field(description="Null in records from before they had one.")]
    on: date
    quantity: QuantityRead
    note: DeliveryNote
    starts_at: datetime | None
    ends_at: datetime | None
    worker: Annotated[str | None, Field(max_length=32, description="The provider's own code for who came.")]

    @classmethod
    def of(cls, delivery: Delivery) -> Self:
        """The record as it travels."""
        return cls(
            id=delivery.id,
            on=delivery.on,
            quantity=QuantityRead.of(delivery.quantity),
            note=delivery.note,
            starts_at=delivery.starts_at,
            ends_at=delivery.ends_at,
            worker=delivery.worker,
        )


class DeliveryConfirmationRead(Output):
    """The word of the person, or of a guardian, that it was done."""

    voice: Voice
    on: date
    satisfaction: Annotated[Rating | None, Field(description="Null to the provider, whose work it is about.")]
    words: SaidWords

    @classmethod
    def of(cls, confirmation: Confirmation) -> Self:
        """The word as it travels."""
        return cls(
            voice=confirmation.voice,
            on=confirmation.on,
            satisfaction=confirmation.satisfaction,
            words=confirmation.words,
        )


class TaskRead(Output):
    """What the plan lays on the provider until a day."""

    what: Annotated[str, Field(max_length=2000)]
    due_on: date

    @classmethod
    def of(cls, task: Task) -> Self:
        """The task as it travels."""
        return cls(what=task.what, due_on=task.due_on)


class AppointmentRead(Output):
    """A visit that is planned."""

    on: date
    at: Annotated[
        str | None, Field(max_length=5, description="By the clock of the place; null where no hour is agreed.")
    ]
    rests: Annotated[bool, Field(description="Whether nobody comes, because the service rests on that day.")]

    @classmethod
    def of(cls, appointment: Appointment, referral: Referral) -> Self:
        """The visit as it travels."""
        hour = f"{appointment.at:%H:%M}" if appointment.at else None
        return cls(on=appointment.on, at=hour, rests=rests(appointment, referral.pauses))


class PauseRead(Output):
    """That the service rested, or rests."""

    reason: PauseReason
    since: date
    expected_until: date | None
    words: Annotated[str | None, Field(max_length=2000)]
    resumed_on: Annotated[date | None, Field(description="Null while it rests.")]

    @classmethod
    def of(cls, pause: Pause) -> Self:
        """The pause as it travels."""
        return cls(
            reason=pause.reason,
            since=pause.since,
            expected_until=pause.expected_until,
            words=pause.words,
            resumed_on=pause.resumed_on,
        )


class RevocationRead(Output):
    """Why it ended early."""

    reason: RevokeReason
    words: SaidWords


class TransferRead(Output):
    """Why another provider has taken over, and by which referral; the provider before may not read that one."""

    reason: TransferReason
    words: SaidWords
    successor_id: UUID | None


class OverrideRead(Output):
    """Why an officer closed it in place of the person."""

    reason: OverrideReason
    words: SaidWords


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
    ask_another_by: Annotated[
        date | None, Field(description="The last day to ask another, where it was declined or not answered.")
    ]
    explanation: Explanation
    next_action: NextAction
    version: Version

    @classmethod
    def of(cls, view: ReferralView, told: Teller) -> Self:
        """The referral as a line."""
        referral, offered, about = view.of, view.offered, explained(view.of, view.audience)
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
            ask_another_by=referral.ask_another_by,
            explanation=told.say(about.explanation.code, about.explanation.parameters),
            next_action=told.say(about.next_action.code, about.next_action.parameters),
            version=referral.version,
        )


class ReferralRead(ReferralSummary):
    """A referral whole, with what was delivered, what the person said, and what the caller may do next."""

    plan_id: UUID | None
    plan_item_id: UUID | None
    planned: QuantityRead | None
    starts_on: Annotated[date | None, Field(description="From which day the plan provides for it.")]
    ends_on: date | None
    tasks: Annotated[list[TaskRead], Field(max_length=10, description="What the plan lays on the provider.")]
    appointments: Annotated[
        list[AppointmentRead], Field(max_length=1000, description="Visits that are or were planned, by their days.")
    ]
    delivered_amount: Annotated[int, Field(ge=0, le=10**15, description="So far, in the unit of the plan.")]
    deliveries: Annotated[list[DeliveryRead], Field(max_length=1000)]
    decline_reason: DeclineReason | None
    decline_words: Annotated[str | None, Field(max_length=2000)]
    waiting_path: Annotated[
        str | None,
        Field(max_length=100, description="POST here to wait for a place where none was free; else null."),
    ]
    pauses: Annotated[list[PauseRead], Field(max_length=100)]
    revocation: RevocationRead | None
    transfer: TransferRead | None
    transferred_from: Annotated[UUID | None, Field(description="The referral that this one goes on with.")]
    confirmation: DeliveryConfirmationRead | None
    override: OverrideRead | None
    rule_versions: Annotated[list[str], Field(max_length=20)]
    actions: Annotated[list[ActionRead], Field(max_length=20)]
    told_as: ToldAs

    @classmethod
    def of_view(cls, view: ReferralView, told: Teller) -> Self:
        """The referral as one caller sees it."""
        referral = view.of
        return cls(
            **vars(ReferralSummary.of(view, told)),
            plan_id=referral.plan_id,
            plan_item_id=referral.plan_item_id,
            planned=QuantityRead.of(referral.planned) if referral.planned else None,
            starts_on=referral.starts_on,
            ends_on=referral.ends_on,
            tasks=[TaskRead.of(task) for task in referral.tasks],
            appointments=[AppointmentRead.of(one, referral) for one in referral.appointments],
            delivered_amount=referral.delivered_amount,
            deliveries=[DeliveryRead.of(delivery) for delivery in referral.deliveries],
            decline_reason=referral.decline_reason,
            decline_words=referral.decline_words,
            waiting_path=_waiting_path(view),
            pauses=[PauseRead.of(pause) for pause in referral.pauses],
            revocation=_revocation(referral),
            transfer=_transfer(referral),
            transferred_from=referral.transferred_from,
            confirmation=DeliveryConfirmationRead.of(referral.confirmation) if referral.confirmation else None,
            override=_override(view),
            rule_versions=list(referral.rule_versions),
            actions=[ActionRead.of(action, told) for action in view.actions],
            told_as=ToldAsRead.of(referral.person_id, told),
        )


def _waiting_path(view: ReferralView) -> str | None:
    """To whoever may put the need on the list."""
    is_offered = is_declined_for_want_of_places(view.of) and view.audience is Audience.STAFF
    return f"/v1/referrals/{view.id}/waiting-entry" if is_offered else None


def _revocation(referral: Referral) -> RevocationRead | None:
    why = referral.revocation
    return RevocationRead(reason=why.reason, words=why.words) if why else None


def _transfer(referral: Referral) -> TransferRead | None:
    why = referral.transfer_reason
    return TransferRead(reason=why.reason, words=why.words, successor_id=referral.transferred_to) if why else None


def _override(view: ReferralView) -> OverrideRead | None:
    why = view.of.override
    if why is None:
        return None
    return OverrideRead(reason=why.reason, words=None if view.audience is Audience.PROVIDER else why.words)
