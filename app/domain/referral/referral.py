"""A referral: offered, accepted or declined, delivered with records, confirmed by the person."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self, TypeAlias
from uuid import UUID

from app.domain.referral import events
from app.domain.referral.stages import LIFECYCLE, Action, Stage
from app.domain.shared.access import Principal
from app.domain.shared.errors import Forbidden, Unprocessable
from app.domain.shared.transitions import Allowed, Done

ReferralStep: TypeAlias = Done[Stage, Action]
LOWEST, HIGHEST = 1, 5
"""The person's rating: 1 is very dissatisfied, 5 very satisfied (好差评)."""


class NotTheProvider(Forbidden):
    """The referral was made to another provider."""

    code = "not_the_provider"
    title = "The referral was made to another provider"


class NothingDelivered(Unprocessable):
    """A delivery names nothing that was done, or something that was done in the future or before the acceptance."""

    code = "nothing_delivered"
    title = "Say what was done, and when"


class DeclineReason(StrEnum):
    """Why a provider does not take a referral."""

    NO_CAPACITY = "no_capacity"
    OUTSIDE_AREA = "outside_area"
    NOT_SUITABLE = "not_suitable"
    """The service does not fit the need."""
    PERSON_NOT_REACHED = "person_not_reached"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What was done on a day: how much, of what."""

    on: date
    amount: int
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """The person's word that it was done, and what the person thought of it; no rating is owed."""

    satisfaction: int | None = None
    text: str = ""

    def __post_init__(self) -> None:
        """Refuse a rating that the scale does not have."""
        if self.satisfaction is not None and not LOWEST <= self.satisfaction <= HIGHEST:
            raise NothingDelivered(f"A rating is {LOWEST} to {HIGHEST}, or none.", pointer="/satisfaction")


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """A person's way to one service of one provider (服务对接). Closed by the person's confirmation and by nothing else.

    Every transition may raise NotYourFunction and IllegalTransition, as `Lifecycle.step` says. None touches `version`:
    saving compares it and counts it up.
    """

    id: UUID
    person_id: UUID
    region: str
    need_id: UUID
    service_id: UUID
    provider_id: UUID
    offered_at: datetime
    plan_id: UUID | None = None
    application_id: UUID | None = None
    stage: Stage = Stage.OFFERED
    done: tuple[ReferralStep, ...] = ()
    begins_on: date | None = None
    decline_reason: DeclineReason | None = None
    decline_text: str = ""
    deliveries: tuple[Delivery, ...] = ()
    confirmation: Confirmation | None = None
    version: int = 1

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do on a day and, for the rest, why not."""
        return LIFECYCLE.answers(lambda action: self._moved(action, by=by, on=on))

    def offered(self, *, by: Principal, on: date) -> events.ReferralOffered:
        """The fact that a provider was asked."""
        return events.ReferralOffered(
            referral_id=self.id,
            need_id=self.need_id,
            service_id=self.service_id,
            provider_id=self.provider_id,
            offered_by=by.id,
            offered_on=on,
        )

    def accept(self, *, by: Principal, on: date, begins_on: date) -> tuple[Self, events.ReferralAccepted]:
        """The provider takes it and says when it begins.

        Raises:
            NotTheProvider: the caller serves another provider.
        """
        accepted = replace(self._moved(Action.ACCEPT, by=by, on=on), begins_on=begins_on)
        return accepted, events.ReferralAccepted(
            referral_id=self.id, accepted_by=by.id, accepted_on=on, begins_on=begins_on
        )

    def decline(
        self, *, by: Principal, on: date, reason: DeclineReason, text: str = ""
    ) -> tuple[Self, events.ReferralDeclined]:
        """The provider does not take it, and says why."""
        declined = replace(self._moved(Action.DECLINE, by=by, on=on), decline_reason=reason, decline_text=text)
        return declined, events.ReferralDeclined(referral_id=self.id, declined_by=by.id, reason=reason, declined_on=on)

    def deliver(
        self, *, by: Principal, on: date, deliveries: tuple[Delivery, ...]
    ) -> tuple[Self, events.ReferralDelivered]:
        """The provider says what was done.

        Raises:
            NothingDelivered: nothing was done, or it is dated before the acceptance or in the future.
        """
        moved = self._moved(Action.DELIVER, by=by, on=on)
        accepted_on = self.done[-1].on
        if not deliveries or not all(accepted_on <= one.on <= on and one.amount > 0 for one in deliveries):
            raise NothingDelivered(
                f"Name what was done, each with an amount and a day from {accepted_on} to {on}.", pointer="/deliveries"
            )
        return replace(moved, deliveries=deliveries), events.ReferralDelivered(
            referral_id=self.id, delivered_by=by.id, delivered_on=on, deliveries=len(deliveries)
        )

    def confirm(self, *, by: Principal, on: date, confirmation: Confirmation) -> tuple[Self, events.DeliveryConfirmed]:
        """The person confirms that it was done.

        Source: 昌市政办发〔2020〕53号 五(五)2: delivery is supervised; here the person's own word is the measure.
        """
        confirmed = replace(self._moved(Action.CONFIRM, by=by, on=on), confirmation=confirmation)
        return confirmed, events.DeliveryConfirmed(
            referral_id=self.id, confirmed_by=by.id, confirmed_on=on, satisfaction=confirmation.satisfaction
        )

    def _moved(self, action: Action, *, by: Principal, on: date) -> Self:
        step = LIFECYCLE.step(self, action, by=by, on=on)
        if action is not Action.CONFIRM and self.provider_id not in by.organisation_ids:
            raise NotTheProvider("The referral was made to another provider. Only that one answers it.")
        return replace(self, stage=step.stage, done=(*self.done, step))
