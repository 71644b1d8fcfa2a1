"""A person's way to one service of one provider, from the offer to the person's word that it was delivered."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Self, TypeAlias
from uuid import UUID

from app.domain.referral import events
from app.domain.referral.delivery import Confirmation, DeclineReason, Delivery, Override
from app.domain.referral.rules import ReferralRules
from app.domain.referral.stages import LIFECYCLE, ReferralAction, ReferralStage
from app.domain.shared.access import Principal
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.errors import Conflict, DutiesNotSeparated, Forbidden, Unprocessable
from app.domain.shared.quantity import Quantity
from app.domain.shared.transitions import Allowed, Done, NotYourFunction, has_function, organisation_of
from app.domain.shared.voice import voice_of

ReferralStep: TypeAlias = Done[ReferralStage, ReferralAction]
_OF_THE_PROVIDER = frozenset({ReferralAction.ACCEPT, ReferralAction.DECLINE, ReferralAction.DELIVER})


class NotTheProvider(Forbidden):
    """The referral was made to another provider."""

    code = "not_the_provider"
    title = "The referral was made to another provider"


class OfferExpired(Conflict):
    """The provider had until a day to answer, and it has passed."""

    code = "offer_expired"
    title = "The time to answer has passed"


class OfferStillOpen(Conflict):
    """The provider may still answer."""

    code = "offer_still_open"
    title = "The provider may still answer"


class DeliveryImpossible(Unprocessable):
    """A delivery names nothing that was done, a day on which it cannot have been done, or another unit."""

    code = "delivery_impossible"
    title = "This cannot have been delivered"


class MoreThanPlanned(Conflict):
    """More would be delivered than the plan provides for."""

    code = "more_than_planned"
    title = "The plan does not provide for so much"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Who is to be served with what, by whom, how much of it, and by which step of which plan."""

    person_id: UUID
    region: str
    need_id: UUID
    service_id: UUID
    provider_id: UUID
    planned: Quantity | None = None
    plan_id: UUID | None = None
    plan_item_id: UUID | None = None
    application_id: UUID | None = None
    consent_purpose: str | None = None
    """For which purpose the person must have agreed that the provider is told; None where the law suffices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """A person's way to one service of one provider (服务对接).

    Every transition may raise NotYourFunction, IllegalTransition and DutiesNotSeparated, as `Lifecycle.step` says. None
    touches `version`: saving compares it and counts it up.
    """

    id: UUID
    person_id: UUID
    region: str
    need_id: UUID
    service_id: UUID
    provider_id: UUID
    offered_at: datetime
    expires_on: date
    """The last day on which the provider may answer."""
    planned: Quantity | None = None
    plan_id: UUID | None = None
    plan_item_id: UUID | None = None
    application_id: UUID | None = None
    consent_purpose: str | None = None
    stage: ReferralStage = ReferralStage.OFFERED
    done: tuple[ReferralStep, ...] = ()
    begins_on: date | None = None
    decline_reason: DeclineReason | None = None
    decline_words: str | None = field(default=None, repr=False)
    deliveries: tuple[Delivery, ...] = ()
    confirmation: Confirmation | None = None
    override: Override | None = None
    rule_versions: tuple[str, ...] = ()
    version: int = 1

    @classmethod
    def offer(
        cls,
        offer: Offer,
        *,
        referral_id: UUID,
        by: Principal,
        at: datetime,
        on: date,
        rules: ReferralRules,
        calendar: WorkingCalendar,
    ) -> tuple[Self, events.ReferralOffered]:
        """Ask a provider to serve the person (转介), who answers within so many working days.

        Raises:
            NotYourFunction: the caller has no appointment for this in the place of the person.
            DutiesNotSeparated: the person is the caller.
        """
        used = rules.answer_working_days
        referral = cls(
            id=referral_id,
            person_id=offer.person_id,
            region=offer.region,
            need_id=offer.need_id,
            service_id=offer.service_id,
            provider_id=offer.provider_id,
            offered_at=at,
            expires_on=calendar.last_day_of(used.value, after=on),
            planned=offer.planned,
            plan_id=offer.plan_id,
            plan_item_id=offer.plan_item_id,
            application_id=offer.application_id,
            consent_purpose=offer.consent_purpose,
            done=(_offering(by, offer, on=on),),
            rule_versions=(used.reference,),
        )
        return referral, events.ReferralOffered(
            referral_id=referral_id,
            need_id=offer.need_id,
            service_id=offer.service_id,
            provider_id=offer.provider_id,
            offered_by=by.id,
            offered_on=on,
            expires_on=referral.expires_on,
            rule_versions=referral.rule_versions,
        )

    @property
    def delivered_amount(self) -> int:
        """How much was delivered so far, in the unit of the plan."""
        return sum(record.quantity.amount for record in self.deliveries)

    def allowed_actions(self, by: Principal, *, on: date, guardians: Collection[UUID] = ()) -> tuple[Allowed, ...]:
        """What the caller may do on a day and, for the rest, why not."""
        return LIFECYCLE.answers(lambda action: self._guarded(action, by=by, on=on, guardians=guardians))

    def accept(self, *, by: Principal, on: date, begins_on: date) -> tuple[Self, events.ReferralAccepted]:
        """The provider takes it and says when it begins (接受).

        Raises:
            NotTheProvider: the caller serves another provider.
            OfferExpired: the time to answer has passed.
            DeliveryImpossible: it would have begun before it was accepted.
        """
        accepted = replace(self._moved(ReferralAction.ACCEPT, by=by, on=on), begins_on=begins_on)
        if begins_on < on:
            raise DeliveryImpossible("A service begins today or later. Enter the day.", pointer="/begins_on")
        return accepted, events.ReferralAccepted(
            referral_id=self.id, accepted_by=by.id, accepted_on=on, begins_on=begins_on
        )

    def decline(
        self, *, by: Principal, on: date, reason: DeclineReason, words: str | None
    ) -> tuple[Self, events.ReferralDeclined]:
        """The provider does not take it, and says why (谢绝).

        Raises:
            NotTheProvider: the caller serves another provider.
        """
        moved = self._moved(ReferralAction.DECLINE, by=by, on=on)
        declined = replace(moved, decline_reason=reason, decline_words=words)
        return declined, events.ReferralDeclined(
            referral_id=self.id, declined_by=by.id, reason=reason.value, declined_on=on
        )

    def deliver(
        self, *, by: Principal, on: date, deliveries: tuple[Delivery, ...]
    ) -> tuple[Self, events.ReferralDelivered]:
        """The provider says what was done; more may follow until the person confirms (提供服务).

        Raises:
            NotTheProvider: the caller serves another provider.
            DeliveryImpossible: nothing was done, not between acceptance and today, or it is counted in another unit.
            MoreThanPlanned: more would be delivered than the plan provides for.
        """
        moved = self._moved(ReferralAction.DELIVER, by=by, on=on)
        self._require_possible(deliveries, on=on)
        delivered = replace(moved, deliveries=(*self.deliveries, *deliveries))
        if self.planned is not None and delivered.delivered_amount > self.planned.amount:
            raise MoreThanPlanned(
                f"The plan provides for {self.planned.amount} in all. Have the plan changed first.",
                planned=self.planned.amount,
                delivered=delivered.delivered_amount,
            )
        return delivered, events.ReferralDelivered(
            referral_id=self.id, delivered_by=by.id, delivered_on=on, deliveries=len(deliveries)
        )

    def confirm(
        self, *, by: Principal, on: date, satisfaction: int | None, words: str | None, guardians: Collection[UUID]
    ) -> tuple[Self, events.DeliveryConfirmed]:
        """The person, or a guardian, says that it was done, and how it was (本人确认).

        Source: 昌市政办发〔2020〕53号 五(五)2: delivery is supervised; here the person's own word is the measure.

        Raises:
            NotThePerson: the caller is neither the person nor a guardian.
            InvalidRating: the scale has no such rating.
        """
        moved = self._moved(ReferralAction.CONFIRM, by=by, on=on)
        voice = voice_of(by, person_id=self.person_id, guardians=guardians)
        word = Confirmation(by=by.id, voice=voice, on=on, satisfaction=satisfaction, words=words)
        return replace(moved, confirmation=word), events.DeliveryConfirmed(
            referral_id=self.id, confirmed_by=by.id, voice=voice, satisfaction=satisfaction, confirmed_on=on
        )

    def confirm_instead(self, *, by: Principal, on: date, override: Override) -> tuple[Self, events.DeliveryOverridden]:
        """Another officer than who offered it closes it in place of the person, with a reason (代为确认)."""
        overridden = replace(self._moved(ReferralAction.OVERRIDE, by=by, on=on), override=override)
        return overridden, events.DeliveryOverridden(
            referral_id=self.id, overridden_by=by.id, reason=override.reason.value, overridden_on=on
        )

    def expire(self, *, on: date) -> tuple[Self, events.ReferralExpired]:
        """The provider did not answer in time. Nobody does this; it follows from the day.

        Raises:
            OfferStillOpen: the last day to answer has not passed.
        """
        step = LIFECYCLE.step_by_itself(self, ReferralAction.EXPIRE, on=on)
        if on <= self.expires_on:
            raise OfferStillOpen(f"The provider may answer until {self.expires_on}.", expires_on=str(self.expires_on))
        expired = replace(self, stage=step.stage, done=(*self.done, step))
        return expired, events.ReferralExpired(referral_id=self.id, expired_on=on)

    def _require_possible(self, deliveries: tuple[Delivery, ...], *, on: date) -> None:
        accepted_on = next(step.on for step in self.done if step.action is ReferralAction.ACCEPT)
        if not deliveries or not all(accepted_on <= record.on <= on for record in deliveries):
            raise DeliveryImpossible(
                f"Name what was done, each with its day, from {accepted_on} to {on}.", pointer="/deliveries"
            )
        units = {record.quantity.unit for record in (*self.deliveries, *deliveries)}
        if self.planned is not None and units != {self.planned.unit}:
            raise DeliveryImpossible(
                f"The plan counts in {self.planned.unit}. Count the deliveries so too.", pointer="/deliveries"
            )

    def _guarded(self, action: ReferralAction, *, by: Principal, on: date, guardians: Collection[UUID]) -> Self:
        moved = self._moved(action, by=by, on=on)
        if action is ReferralAction.CONFIRM:
            voice_of(by, person_id=self.person_id, guardians=guardians)
        return moved

    def _moved(self, action: ReferralAction, *, by: Principal, on: date) -> Self:
        step = LIFECYCLE.step(self, action, by=by, on=on)
        if action in _OF_THE_PROVIDER and self.provider_id not in by.organisation_ids:
            raise NotTheProvider("The referral was made to another provider. Only that one answers it.")
        if action is ReferralAction.ACCEPT and on > self.expires_on:
            raise OfferExpired(
                f"The offer was open until {self.expires_on}. Ask for a new one.", expires_on=str(self.expires_on)
            )
        return replace(self, stage=step.stage, done=(*self.done, step))


def _offering(by: Principal, offer: Offer, *, on: date) -> ReferralStep:
    roles = OPERATIONS["make_referral"].roles
    if not has_function(by, roles, region=offer.region):
        raise NotYourFunction(
            "Only commissioners and officers refer people, each in their own area. Pass it on to one of them.",
            roles=", ".join(sorted(roles)),
        )
    if by.is_concerned(offer.person_id):
        raise DutiesNotSeparated("Nobody refers themselves. Another officer must.")
    own = organisation_of(by, roles, region=offer.region)
    return Done(action=ReferralAction.OFFER, stage=ReferralStage.OFFERED, on=on, by=by.id, organisation_id=own)
