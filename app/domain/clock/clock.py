"""The executable statute: one running limit of one case, and what is so on a day."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self
from uuid import UUID

from app.domain.clock import events
from app.domain.clock.limit import Limit, OnExpiry
from app.domain.clock.pause import ONE_DAY, Pause, merged
from app.domain.clock.refusals import ClockNotOpen, ExtendedAlready, NotExtendable
from app.domain.shared.access import Principal, Role, has_function
from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.refusal import require_words
from app.domain.shared.term import DayKind, Term
from app.domain.shared.transitions import NotYourFunction

CORRECTION = "correction"
"""Why it stands still while the person brings what was missing."""


class ClockState(StrEnum):
    """How a clock stands."""

    NOT_STARTED = "not_started"
    """The day that sets it off is still to come."""
    RUNNING = "running"
    PAUSED = "paused"
    """The time is not counted at present."""
    OVERDUE = "overdue"
    """It has run out, and what it is about has not been done."""
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """A longer limit, given once by somebody who may, with a reason that the person is told."""

    term: Term
    rule: str
    reason: str
    by: UUID
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a clock runs for: a case, or an application as a whole."""

    case_id: UUID
    person_id: UUID
    region: str
    application_id: UUID | None
    item: str | None = None
    test_clock_id: UUID | None = None
    """The clock of the sandbox by which its days are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One limit that runs for one case.

    The day that sets it off is not counted, and the last day counts whole. None of the changes touches `version`:
    saving compares it and counts it up.

    Source: 民法典 arts. 201, 203; 行政许可法 art. 82, only working days count.
    """

    id: UUID
    subject: Subject
    limit: Limit
    started_on: date
    due_on: date | None
    """The last day, as it was last reckoned; None while it stands still."""
    edition: str = ""
    """The edition of the calendar that it was last reckoned by."""
    pauses: tuple[Pause, ...] = ()
    extension: Extension | None = None
    expired_on: date | None = None
    """The last day, once it has passed in vain."""
    stopped_on: date | None = None
    version: int = 1

    @classmethod
    def start(cls, limit: Limit, *, clock_id: UUID, subject: Subject, on: date, calendar: WorkingCalendar) -> Self:
        """Set a limit off on a day."""
        return cls(id=clock_id, subject=subject, limit=limit, started_on=on, due_on=None).reckoned(calendar)

    @property
    def person_id(self) -> UUID:
        """The person whose case it is."""
        return self.subject.person_id

    @property
    def region(self) -> str:
        """The path of the place whose offices handle the case."""
        return self.subject.region

    @property
    def application_id(self) -> UUID | None:
        """The application that the case belongs to."""
        return self.subject.application_id

    @property
    def days(self) -> int:
        """How many days there are in all, an extension included."""
        return self.limit.term.days + (self.extension.term.days if self.extension else 0)

    @property
    def unit(self) -> DayKind:
        """Which days it counts."""
        return self.limit.term.kind

    @property
    def received_on(self) -> date:
        """The day on which everything had come in: the start, or the end of the wait for what was missing."""
        waits = [pause.until for pause in self.pauses if pause.why == CORRECTION and pause.until]
        return max(waits, default=self.started_on)

    @property
    def open_pause(self) -> Pause | None:
        """Why it stands still at present; None while it runs."""
        return next((pause for pause in reversed(self.pauses) if pause.until is None), None)

    @property
    def state(self) -> ClockState:
        """How it stands after the last change to it; `standing` says it for a day."""
        if self.stopped_on is not None:
            return ClockState.STOPPED
        if self.expired_on is not None:
            return ClockState.OVERDUE
        return ClockState.PAUSED if self.open_pause else ClockState.RUNNING

    @property
    def is_open(self) -> bool:
        """Say whether it still counts towards its last day."""
        return self.state in {ClockState.RUNNING, ClockState.PAUSED}

    def due(self, calendar: WorkingCalendar) -> date | None:
        """The last day by a calendar; None while it stands still before its days are used up."""
        left, since = self.days, self.started_on
        for pause in merged(self.pauses):
            used = self.unit.between(since, pause.since - ONE_DAY, calendar)
            if used >= left:
                break
            if pause.until is None:
                return None
            left, since = left - used, max(since, pause.until)
        return Term(left, self.unit).last_day(after=since, calendar=calendar)

    def used_by(self, on: date, calendar: WorkingCalendar) -> int:
        """How many of its days are used up by the end of a day; more than there are by as many as it is overdue."""
        due_on = self.due(calendar)
        if due_on is not None and on > due_on:
            return self.days + self.unit.between(due_on, on, calendar)
        still = sum(self._still(pause, on, calendar) for pause in merged(self.pauses))
        return min(self.days, self.unit.between(self.started_on, on, calendar) - still)

    def taken(self, step: str, *, on: date, is_finished: bool, calendar: WorkingCalendar) -> Self:
        """The clock after a step of its case: stopped, standing still, going on, or as it was."""
        if self.stopped_on is not None:
            return self
        if is_finished or step in self.limit.ends_with:
            return replace(self, stopped_on=on)
        if self.expired_on is not None:
            return self
        going_on = {still.why for still in self.limit.still if still.is_over_with(step)}
        standing = [still.why for still in self.limit.still if still.since == step]
        pauses = tuple(pause.ended(on) if pause.why in going_on else pause for pause in self.pauses)
        pauses += tuple(Pause(why=why, since=on) for why in standing)
        return self if pauses == self.pauses else replace(self, pauses=pauses).reckoned(calendar)

    def extend(
        self, *, by: Principal, on: date, reason: str, calendar: WorkingCalendar
    ) -> tuple[Self, events.ClockExtended]:
        """Give the office longer, once, for a reason that the person is told.

        Source: 行政许可法 art. 42: ten days, by approval of the head of the office; fifteen where several handle it.

        Raises:
            ClockNotOpen: it has stopped, or run out.
            NotExtendable: no rule gives more days.
            ExtendedAlready: it was extended before.
            NotYourFunction: the caller has no power to.
            ReasonMissing: the person is told no reason.
        """
        limit = self.limit
        if limit.extension is None or limit.extension_rule is None:
            raise NotExtendable("No rule lets this limit be extended. Decide within it.")
        _require_function(by, limit.extended_by, region=self.region)
        self._require_open()
        if self.extension is not None:
            raise ExtendedAlready("A limit is extended once, and this one was. Decide within it.")
        require_words(reason, "Say in plain words why more time is needed; the person is told.", pointer="/reason")
        given = Extension(term=limit.extension, rule=limit.extension_rule, reason=reason.strip(), by=by.id, on=on)
        longer = replace(self, extension=given).reckoned(calendar)
        return longer, events.ClockExtended(
            **_named(self),
            extended_by=by.id,
            extended_on=on,
            days=given.term.days,
            unit=given.term.kind,
            old_due_on=self.due_on,
            due_on=longer.due_on,
            rule_versions=(given.rule,),
        )

    def is_due(self, on: date) -> bool:
        """Say whether it has run out by a day, and nobody has drawn the consequence yet."""
        return self.state is ClockState.RUNNING and self.due_on is not None and self.due_on < on

    def expire(self, *, on: date) -> tuple[Self, events.ClockExpired]:
        """Run out: the last day has passed. Where the law itself moves the case, the clock is over with that.

        Raises:
            ClockNotOpen: it does not run, or its last day has not passed.
        """
        if not self.is_due(on) or self.due_on is None:
            raise ClockNotOpen("This clock has not run out.")
        stopped_on = None if self.limit.on_expiry is OnExpiry.ESCALATE else self.due_on + ONE_DAY
        expired = replace(self, expired_on=self.due_on, stopped_on=stopped_on)
        return expired, events.ClockExpired(
            **_named(self), outcome=self.limit.on_expiry, due_on=self.due_on, rule_versions=(self.limit.rule,)
        )

    def reckoned(self, calendar: WorkingCalendar) -> Self:
        """The clock with its last day by a calendar; one that has run out or stopped keeps the day it had."""
        return replace(self, due_on=self.due(calendar), edition=calendar.edition) if self.is_open else self

    def recompute(self, calendar: WorkingCalendar) -> tuple[Self, events.ClockRecomputed | None]:
        """Reckon anew because the calendar has changed; nothing has happened where the last day stays the same."""
        reckoned = self.reckoned(calendar)
        if reckoned.due_on == self.due_on or reckoned.due_on is None or self.due_on is None:
            return reckoned, None
        return reckoned, events.ClockRecomputed(
            **_named(self), old_due_on=self.due_on, due_on=reckoned.due_on, edition=calendar.edition
        )

    def as_of(self, on: date) -> Self:
        """The clock as it was at the end of a day: without what came later."""
        pauses = tuple(pause.as_of(on) for pause in self.pauses if pause.since <= on)
        return replace(
            self,
            pauses=pauses,
            extension=self.extension if self.extension and self.extension.on <= on else None,
            expired_on=self.expired_on if self.expired_on and self.expired_on < on else None,
            stopped_on=self.stopped_on if self.stopped_on and self.stopped_on <= on else None,
        )

    def _still(self, pause: Pause, on: date, calendar: WorkingCalendar) -> int:
        """How many days of a pause lie between the start and a day."""
        since, until = max(pause.since - ONE_DAY, self.started_on), min(pause.until or on, on)
        return self.unit.between(since, until, calendar)

    def _require_open(self) -> None:
        if not self.is_open:
            raise ClockNotOpen("This clock has stopped or run out. Nothing can be changed about it any more.")


def _require_function(by: Principal, roles: frozenset[Role], *, region: str) -> None:
    """Refuse who has none of the roles in the place.

    Raises:
        NotYourFunction: with the roles that could.
    """
    if not has_function(by, roles, region=region):
        named = ", ".join(sorted(roles))
        raise NotYourFunction(f"Only these may do this, each in their own area: {named}.", roles=sorted(roles))


def _named(clock: Clock) -> events.Named:
    """What every event of a clock says of it."""
    return events.Named(
        clock_id=clock.id,
        case_id=clock.subject.case_id,
        item=clock.subject.item,
        limit=clock.limit.code,
        kind=clock.limit.kind,
    )
