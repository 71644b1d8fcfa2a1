"""A person's way to one service of one provider, from the offer to the person's word that it was delivered."""

from collections.abc import Collection
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import Self, TypeAlias
from uuid import UUID

from app.domain.referral import events
from app.domain.referral.appointment import Appointment, before, scheduled
from app.domain.referral.change import Pause, Reasoned, RevokeReason, Task, TransferReason
from app.domain.referral.delivery import Confirmation, DeclineReason, Delivery, Override, require_possible
from app.domain.referral.offer import Offer, offering
from app.domain.referral.order import require_beginning, require_in_order, require_party
from app.domain.referral.refusals import OfferStillOpen
from app.domain.referral.rules import ReferralRules
from app.domain.referral.stages import LIFECYCLE, ReferralAction, ReferralStage
from app.domain.shared.access import Principal
from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.quantity import Quantity
from app.domain.shared.transitions import Allowed, Done
from app.domain.shared.voice import voice_of

ReferralStep: TypeAlias = Done[ReferralStage, ReferralAction]


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
    starts_on: date | None = None
    ends_on: date | None = None
    """The days over which the plan provides for it."""
    tasks: tuple[Task, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    """Visits that are planned, in the order of their days; what has been stays among them."""
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
    ask_another_by: date | None = None
    """Where the provider declined or did not answer: the last day on which another is asked."""
    pauses: tuple[Pause, ...] = ()
    revocation: Reasoned[RevokeReason] | None = None
    transfer_reason: Reasoned[TransferReason] | None = None
    transferred_from: UUID | None = None
    transferred_to: UUID | None = None
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
            **{part.name: getattr(offer, part.name) for part in fields(offer)},
            id=referral_id,
            offered_at=at,
            expires_on=calendar.last_day_of(used.value, after=on),
            done=(offering(by, offer, on=on),),
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
            transferred_from=referral.transferred_from,
            rule_versions=referral.rule_versions,
        )

    @property
    def delivered_amount(self) -> int:
        """How much was delivered so far, in the unit of the plan."""
        return sum(record.quantity.amount for record in self.deliveries)

    def rested_on(self, day: date) -> bool:
        """Say whether the service rested on a day."""
        return any(pause.covers(day) for pause in self.pauses)

    def allowed_actions(self, by: Principal, *, on: date, guardians: Collection[UUID] = ()) -> tuple[Allowed, ...]:
        """What the caller may do on a day and, for the rest, why not."""
        return LIFECYCLE.answers(lambda action: self._moved(action, by=by, on=on, guardians=guardians))

    def accept(self, *, by: Principal, on: date, begins_on: date) -> tuple[Self, events.ReferralAccepted]:
        """The provider takes it and says when it begins (接受).

        Raises:
            NotTheProvider: the caller serves another provider.
            OfferExpired: the time to answer has passed.
            DeliveryImpossible: it would have begun before it was accepted.
        """
        accepted = replace(self._moved(ReferralAction.ACCEPT, by=by, on=on), begins_on=begins_on)
        require_beginning(begins_on, on=on)
        return accepted, events.ReferralAccepted(
            referral_id=self.id, accepted_by=by.id, accepted_on=on, begins_on=begins_on
        )

    def decline(
        self, why: Reasoned[DeclineReason], *, by: Principal, on: date, ask_another_by: date
    ) -> tuple[Self, events.ReferralDeclined]:
        """The provider does not take it, and says why (谢绝); until a day another is asked.

        Raises:
            NotTheProvider: the caller serves another provider.
        """
        moved = self._moved(ReferralAction.DECLINE, by=by, on=on)
        declined = replace(moved, decline_reason=why.reason, decline_words=why.words, ask_another_by=ask_another_by)
        return declined, events.ReferralDeclined(
            referral_id=self.id,
            declined_by=by.id,
            reason=why.reason.value,
            declined_on=on,
            ask_another_by=ask_another_by,
        )

    def deliver(
        self, *, by: Principal, on: date, deliveries: tuple[Delivery, ...], calendar: WorkingCalendar
    ) -> tuple[Self, events.ReferralDelivered]:
        """The provider says what was done; more may follow until the person confirms (提供服务).

        Raises:
            NotTheProvider: the caller serves another provider.
            DeliveryImpossible: nothing was done, not between acceptance and today, or it is counted in another unit.
        """
        moved = self._moved(ReferralAction.DELIVER, by=by, on=on)
        accepted_on = next(step.on for step in self.done if step.action is ReferralAction.ACCEPT)
        require_possible(
            deliveries, after=self.deliveries, planned=self.planned, since=accepted_on, on=on, calendar=calendar
        )
        delivered = replace(moved, deliveries=(*self.deliveries, *deliveries))
        return delivered, events.ReferralDelivered(
            referral_id=self.id, delivered_by=by.id, delivered_on=on, deliveries=len(deliveries)
        )

    def schedule(
        self, appointments: Collection[Appointment], *, by: Principal, on: date
    ) -> tuple[Self, events.VisitsScheduled]:
        """The provider says on which days it comes (预约), in place of what it had said of the days to come.

        Raises:
            NotTheProvider: the caller serves another provider.
            AppointmentImpossible: a day has been, stands there twice, or lies before the service begins.
        """
        action = ReferralAction.SCHEDULE_MORE if self.deliveries else ReferralAction.SCHEDULE
        moved = self._moved(action, by=by, on=on)
        held = scheduled(self.appointments, appointments, since=self.begins_on or on, on=on)
        told = events.VisitsScheduled(
            referral_id=self.id, scheduled_by=by.id, scheduled_on=on, visits=len(appointments)
        )
        return replace(moved, appointments=held), told

    def confirm(
        self, *, by: Principal, on: date, satisfaction: int | None, words: str | None, guardians: Collection[UUID]
    ) -> tuple[Self, events.DeliveryConfirmed]:
        """The person, or a guardian, says that it was done, and how it was (本人确认).

        Source: 昌市政办发〔2020〕53号 五(五)2: delivery is supervised; here the person's own word is the measure.

        Raises:
            NotThePerson: the caller is neither the person nor a guardian.
            InvalidRating: the scale has no such rating.
        """
        moved = self._moved(ReferralAction.CONFIRM, by=by, on=on, guardians=guardians)
        voice = voice_of(by, person_id=self.person_id, guardians=guardians)
        word = Confirmation(by=by.id, voice=voice, on=on, satisfaction=satisfaction, words=words)
        return replace(moved, confirmation=word), events.DeliveryConfirmed(
            referral_id=self.id, confirmed_by=by.id, voice=voice, confirmed_on=on
        )

    def confirm_instead(self, *, by: Principal, on: date, override: Override) -> tuple[Self, events.DeliveryOverridden]:
        """Another officer than who offered it closes it in place of the person, with a reason (代为确认)."""
        overridden = replace(self._moved(ReferralAction.OVERRIDE, by=by, on=on), override=override)
        return overridden, events.DeliveryOverridden(
            referral_id=self.id, overridden_by=by.id, reason=override.reason.value, overridden_on=on
        )

    def pause(self, pause: Pause, *, by: Principal, on: date) -> tuple[Self, events.ReferralPaused]:
        """The service rests for a while; nothing is delivered until somebody resumes it (暂停服务).

        Raises:
            NotTheProvider: the caller serves another provider.
        """
        paused = replace(self._moved(ReferralAction.PAUSE, by=by, on=on), pauses=(*self.pauses, pause))
        return paused, events.ReferralPaused(
            referral_id=self.id,
            paused_by=by.id,
            reason=pause.reason.value,
            paused_on=on,
            expected_until=pause.expected_until,
        )

    def resume(self, *, by: Principal, on: date) -> tuple[Self, events.ReferralResumed]:
        """The service goes on from where it stood (恢复服务).

        Raises:
            NotTheProvider: the caller serves another provider.
        """
        action = ReferralAction.RESUME_DELIVERY if self.deliveries else ReferralAction.RESUME
        moved = self._moved(action, by=by, on=on)
        rested = tuple(replace(one, resumed_on=one.resumed_on or on) for one in self.pauses)
        return replace(moved, pauses=rested), events.ReferralResumed(
            referral_id=self.id, resumed_by=by.id, resumed_on=on
        )

    def revoke(
        self, why: Reasoned[RevokeReason], *, by: Principal, on: date, guardians: Collection[UUID] = ()
    ) -> tuple[Self, events.ReferralRevoked]:
        """It ends before it was confirmed (撤销转介); what was delivered stays on record.

        Raises:
            NotThePerson: a citizen would end another's.
        """
        moved = self._moved(ReferralAction.REVOKE, by=by, on=on, guardians=guardians)
        revoked = replace(moved, revocation=why, appointments=before(on, self.appointments))
        return revoked, events.ReferralRevoked(
            referral_id=self.id,
            revoked_by=by.id,
            reason=why.reason.value,
            revoked_on=on,
            deliveries=len(self.deliveries),
        )

    def transfer(
        self, why: Reasoned[TransferReason], *, successor_id: UUID, by: Principal, on: date
    ) -> tuple[Self, events.ReferralTransferred]:
        """Another provider takes over (转接): what was delivered stays here, what is open goes with the successor."""
        moved = replace(
            self._moved(ReferralAction.TRANSFER, by=by, on=on),
            transfer_reason=why,
            transferred_to=successor_id,
            tasks=tuple(task for task in self.tasks if task.due_on < on),
            appointments=before(on, self.appointments),
        )
        return moved, events.ReferralTransferred(
            referral_id=self.id,
            successor_id=successor_id,
            transferred_by=by.id,
            reason=why.reason.value,
            transferred_on=on,
            deliveries=len(self.deliveries),
        )

    def expire(self, *, on: date, ask_another_by: date) -> tuple[Self, events.ReferralExpired]:
        """The provider did not answer in time, and until a day another is asked. Nobody does this: it follows.

        Raises:
            OfferStillOpen: the last day to answer has not passed.
        """
        step = LIFECYCLE.step_by_itself(self, ReferralAction.EXPIRE, on=on)
        if on <= self.expires_on:
            raise OfferStillOpen(f"The provider may answer until {self.expires_on}.", expires_on=str(self.expires_on))
        expired = replace(self, stage=step.stage, done=(*self.done, step), ask_another_by=ask_another_by)
        return expired, events.ReferralExpired(referral_id=self.id, expired_on=on, ask_another_by=ask_another_by)

    def _moved(self, action: ReferralAction, *, by: Principal, on: date, guardians: Collection[UUID] = ()) -> Self:
        step = LIFECYCLE.step(self, action, by=by, on=on)
        require_party(by, step.role, provider_id=self.provider_id, person_id=self.person_id, guardians=guardians)
        require_in_order(action, expires_on=self.expires_on, on=on, has_begun=bool(self.deliveries))
        return replace(self, stage=step.stage, done=(*self.done, step))
