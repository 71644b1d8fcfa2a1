"""A recheck of a running grant: somebody looks again, and confirms it, stops it, or puts it right. No machine does."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self, TypeAlias
from uuid import UUID

from app.domain.recheck import events
from app.domain.recheck.trigger import TOLD, Trigger
from app.domain.shared.access import Principal
from app.domain.shared.errors import AlreadyExists, Conflict, DutiesNotSeparated, Unprocessable
from app.domain.shared.refusal import require_words
from app.domain.shared.relations import NO_RELATIONS, Relations
from app.domain.shared.span import month_of
from app.domain.shared.transitions import Allowed, Done, Lifecycle, Transition


class GrantNotRunning(Conflict):
    """There is no running grant to look at."""

    code = "grant_not_running"
    title = "No grant is running"


class RecheckOpen(AlreadyExists):
    """The same is being looked at already."""

    code = "recheck_open"
    title = "This is being looked at already"


class OwnReport(DutiesNotSeparated):
    """Whoever reported a change would take the money by it."""

    code = "own_report"
    title = "Another person must decide this"


class NoTriggerHere(Unprocessable):
    """This does not make anybody look again here, or nobody can report it."""

    code = "no_trigger_here"
    title = "This is no reason to look again"


class CeasedImpossible(Unprocessable):
    """The day, or the months, cannot be."""

    code = "ceased_impossible"
    title = "The day cannot be right"


class RecheckStage(StrEnum):
    """Where a recheck stands."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    """The grant goes on as it was."""
    STOPPED = "stopped"
    """The grant ends with a month."""
    CORRECTED = "corrected"
    """The months of the grant were put right."""


class RecheckAction(StrEnum):
    """What may be done to a recheck."""

    CONFIRM = "confirm"
    """继续享受"""
    STOP = "stop"
    """停发"""
    CORRECT = "correct"
    """更正"""


RecheckStep: TypeAlias = Done[RecheckStage, RecheckAction]
_OPEN = [RecheckStage.OPEN]
_SAY_WHY = "Say in plain words why, so that the person can answer it."
LIFECYCLE: Lifecycle[RecheckStage, RecheckAction] = Lifecycle(
    noun="recheck",
    start=RecheckStage.OPEN,
    steps={
        RecheckAction.CONFIRM: Transition.through("decide_recheck", sources=_OPEN, target=RecheckStage.CONFIRMED),
        RecheckAction.STOP: Transition.through("decide_recheck", sources=_OPEN, target=RecheckStage.STOPPED),
        RecheckAction.CORRECT: Transition.through("decide_recheck", sources=_OPEN, target=RecheckStage.CORRECTED),
    },
    apart=frozenset(RecheckAction),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningGrant:
    """A grant that is looked at while it runs."""

    case_id: UUID
    person_id: UUID
    region: str
    application_id: UUID
    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck:
    """A look again at a running grant (定期复核, 动态管理), for one reason; money goes on until a human decides.

    Source: 国发〔2015〕52号: dynamic management, checked periodically and when something changes.
    """

    id: UUID
    person_id: UUID
    region: str
    application_id: UUID
    case_id: UUID
    item: str
    trigger: Trigger
    opened_on: date
    opened_at: datetime
    due_on: date
    opened_by: UUID | None = None
    told: str = field(default="", repr=False)
    """What whoever reported it has said."""
    stage: RecheckStage = RecheckStage.OPEN
    done: tuple[RecheckStep, ...] = ()
    ceased_on: date | None = None
    """The first day on which a condition was not met, where the grant was stopped."""
    words: str = field(default="", repr=False)
    """What whoever decided says to the person; stopping and correcting need some."""
    known: Relations = field(default=NO_RELATIONS, repr=False)
    """Whether the caller is related to the person by what is on record, as looked up just now; it is not kept."""
    version: int = 1

    @classmethod
    def open(
        cls,
        grant: RunningGrant,
        trigger: Trigger,
        *,
        recheck_id: UUID,
        at: datetime,
        on: date,
        due_on: date,
        by: UUID | None = None,
        told: str = "",
    ) -> tuple[Self, events.RecheckOpened]:
        """Ask somebody to look. `by` is empty where it follows from what is on record, or from the calendar."""
        opened = cls(
            id=recheck_id,
            person_id=grant.person_id,
            region=grant.region,
            application_id=grant.application_id,
            case_id=grant.case_id,
            item=grant.item,
            trigger=trigger,
            opened_on=on,
            opened_at=at,
            due_on=due_on,
            opened_by=by,
            told=told,
        )
        return opened, events.RecheckOpened(
            recheck_id=recheck_id,
            case_id=grant.case_id,
            item=grant.item,
            trigger=trigger,
            opened_by=by,
            due_on=due_on,
        )

    def confirm(self, *, by: Principal, on: date, words: str = "") -> tuple[Self, events.RecheckConfirmed]:
        """Find that the grant goes on."""
        confirmed = replace(self._moved(RecheckAction.CONFIRM, by=by, on=on), words=words)
        return confirmed, events.RecheckConfirmed(
            recheck_id=self.id,
            case_id=self.case_id,
            item=self.item,
            trigger=self.trigger,
            confirmed_by=by.id,
            confirmed_on=on,
        )

    def stop(
        self, *, by: Principal, on: date, ceased_on: date, last_month: date, words: str
    ) -> tuple[Self, events.RecheckStopped]:
        """Find that a condition has ceased on a day: the month of that day is the last one.

        Raises:
            ReasonMissing: nothing is said to the person.
            CeasedImpossible: the day lies in the future.
        """
        require_words(words, _SAY_WHY)
        if ceased_on > on:
            raise CeasedImpossible("The day lies in the future. Stop it when the day has come.", pointer="/ceased_on")
        stopped = replace(self._moved(RecheckAction.STOP, by=by, on=on), words=words, ceased_on=ceased_on)
        return stopped, events.RecheckStopped(
            recheck_id=self.id,
            case_id=self.case_id,
            item=self.item,
            trigger=self.trigger,
            stopped_by=by.id,
            stopped_on=on,
            ceased_on=ceased_on,
            last_month=last_month,
        )

    def correct(
        self, *, by: Principal, on: date, applied_on: date, first_month: date, last_month: date | None, words: str
    ) -> tuple[Self, events.RecheckCorrected]:
        """Put right for which months the grant is due; a difference to what was paid is a line of the next roll.

        Source: 国发〔2015〕52号: counted from the month of application; one person's word brings no month before it.

        Raises:
            ReasonMissing: nothing is said to the person.
            CeasedImpossible: the first month comes before that of the application, or the last one before the first.
        """
        require_words(words, _SAY_WHY)
        if first_month < month_of(applied_on):
            raise CeasedImpossible(
                f"The benefit counts from the month of application, {month_of(applied_on):%Y-%m}.",
                pointer="/first_month",
            )
        if last_month is not None and last_month < first_month:
            raise CeasedImpossible("The last month comes before the first. Compare the two.", pointer="/last_month")
        corrected = replace(self._moved(RecheckAction.CORRECT, by=by, on=on), words=words)
        return corrected, events.RecheckCorrected(
            recheck_id=self.id,
            case_id=self.case_id,
            item=self.item,
            trigger=self.trigger,
            corrected_by=by.id,
            corrected_on=on,
            first_month=first_month,
            last_month=last_month,
        )

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do on a day and, for the rest, why not."""
        return LIFECYCLE.answers(lambda action: self._moved(action, by=by, on=on))

    def _moved(self, action: RecheckAction, *, by: Principal, on: date) -> Self:
        step = LIFECYCLE.step(self, action, by=by, on=on)
        self.known.require_none({by.id}, by=by.id, barred={self.opened_by} if self.opened_by else frozenset())
        if by.id == self.opened_by and action is not RecheckAction.CONFIRM:
            raise OwnReport("Whoever reported a change does not decide upon it. Another person must.")
        return replace(self, stage=step.stage, done=(*self.done, step))


def require_trigger(trigger: Trigger, *, known: Collection[str]) -> None:
    """Hold what is reported to what makes somebody look again in the place.

    Raises:
        NoTriggerHere: it does not, or nobody can report it.
    """
    if trigger not in TOLD or trigger.value not in known:
        raise NoTriggerHere(f"Here these make somebody look again: {', '.join(known)}.", pointer="/trigger")
