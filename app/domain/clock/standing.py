"""What is so of a clock on a day: how it stands, what is used up and left, what follows; and each day by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.clock.clock import Clock, ClockState
from app.domain.clock.limit import OnExpiry
from app.domain.shared.announced import Announced
from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.term import DayKind

MOST_DAYS = 400
"""So many days are told at most, the last ones."""


class Counting(StrEnum):
    """Why a day counts, or does not."""

    SETS_OFF = "sets_off"
    """The day that sets it off is not counted."""
    WORKING = "working"
    MAKE_UP = "make_up"
    """A weekend day that is worked to make up for a day off (调休)."""
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    PAUSED = "paused"
    """It stands still."""

    CALENDAR = "calendar"
    """A day of a limit that counts every day."""

    @property
    def counts(self) -> bool:
        """Say whether such a day uses up one of the limit's days."""
        return self in {Counting.WORKING, Counting.MAKE_UP, Counting.CALENDAR}


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of a clock's life."""

    on: date
    counting: Counting
    why: str | None
    """Why it stands still, where it does."""
    announced: Announced | None
    """The announcement that names the day, where one does."""
    used: int
    left: int
    """Negative by as many working days as it is overdue."""
    is_provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a clock stands at the end of a day, by the calendar as it is known."""

    clock: Clock
    """As it was then: without what came later."""
    on: date
    state: ClockState
    due_on: date | None
    used: int
    left: int
    follows: OnExpiry | None
    """What follows, or has followed, from its having run out by then; None where it has not."""
    provisional_years: tuple[int, ...]
    """Years between its start and its end that no authority has announced yet."""


def standing_of(clock: Clock, on: date, calendar: WorkingCalendar) -> Standing:
    """How a clock stands at the end of a day: what was so, or what will be so if nothing more is done."""
    then = clock.as_of(on)
    due_on = then.due(calendar)
    used = then.used_by(then.stopped_on or on, calendar)
    has_run_out = due_on is not None and due_on < (then.stopped_on or on)
    return Standing(
        clock=then,
        on=on,
        state=_state(then, on, has_run_out=has_run_out),
        due_on=due_on,
        used=used,
        left=then.days - used,
        follows=then.limit.on_expiry if has_run_out else None,
        provisional_years=_provisional(then.started_on, due_on or on, calendar),
    )


def days_of(standing: Standing, calendar: WorkingCalendar, announced: Mapping[date, Announced]) -> tuple[Day, ...]:
    """Every day of the clock's life, from the one that sets it off until it has stopped, or is due, or is asked for."""
    clock = standing.clock
    last = clock.stopped_on or max(standing.due_on or standing.on, standing.on)
    first = max(clock.started_on, last - timedelta(days=MOST_DAYS - 1))
    every = (first + timedelta(days=days) for days in range((last - first).days + 1))
    return tuple(_day(clock, on, calendar, announced) for on in every)


def _state(clock: Clock, on: date, *, has_run_out: bool) -> ClockState:
    if on < clock.started_on:
        return ClockState.NOT_STARTED
    if clock.stopped_on is not None:
        return ClockState.STOPPED
    if has_run_out:
        return ClockState.OVERDUE
    return ClockState.PAUSED if clock.open_pause else ClockState.RUNNING


def _provisional(first: date, last: date, calendar: WorkingCalendar) -> tuple[int, ...]:
    years = range(first.year, max(first, last).year + 1)
    return tuple(year for year in years if calendar.is_provisional(date(year, 1, 1)))


def _day(clock: Clock, on: date, calendar: WorkingCalendar, announced: Mapping[date, Announced]) -> Day:  # noqa: PLR0917
    used = clock.used_by(on, calendar)
    named, pause = announced.get(on), _pause_on(clock, on)
    return Day(
        on=on,
        counting=_counting(clock, on, calendar, named),
        why=pause,
        announced=named,
        used=used,
        left=clock.days - used,
        is_provisional=calendar.is_provisional(on),
    )


def _counting(clock: Clock, on: date, calendar: WorkingCalendar, named: Announced | None) -> Counting:  # noqa: PLR0917
    if on == clock.started_on:
        return Counting.SETS_OFF
    is_worked, is_still = calendar.is_working_day(on), _pause_on(clock, on) is not None
    if clock.unit is DayKind.CALENDAR:
        return Counting.PAUSED if is_still else Counting.CALENDAR
    if not is_worked:
        return Counting.HOLIDAY if named and not named.is_make_up else Counting.WEEKEND
    if is_still:
        return Counting.PAUSED
    return Counting.MAKE_UP if named and named.is_make_up else Counting.WORKING


def _pause_on(clock: Clock, on: date) -> str | None:
    covering = (pause for pause in clock.pauses if pause.since <= on <= (pause.until or date.max))
    return next((pause.why for pause in covering), None)
