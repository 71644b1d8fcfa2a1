"""When limits end: golden tables for Spring Festival, National Day, make-up days, regional days off and month ends."""

from datetime import date, timedelta

import chinese_calendar  # type: ignore[import-untyped]
import pytest

from app.domain.clock import Pause
from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.region import NATIONAL
from app.domain.shared.term import DayKind, Term
from tests.builders.clock import a_clock
from tests.builders.rules import BOOK

COUNTRY = WorkingCalendar.of_region(BOOK, NATIONAL)
CHANGJI = WorkingCalendar.of_region(BOOK, "65/6523/652301")
REGIONAL_DAYS_OFF = {
    *(date(2025, 3, 31), date(2025, 6, 6), date(2025, 6, 9), date(2025, 6, 10)),
    *(date(2026, 3, 20), date(2026, 5, 27), date(2026, 5, 28), date(2026, 5, 29)),
}

SPRING_FESTIVAL = [
    # set off on, working days, last day in the country, last day in 昌吉市
    ("2025-01-20", 5, "2025-01-26", "2025-01-26"),
    ("2025-01-24", 5, "2025-02-07", "2025-02-07"),
    ("2025-01-26", 5, "2025-02-08", "2025-02-08"),
    ("2025-01-27", 1, "2025-02-05", "2025-02-05"),
    ("2025-01-27", 5, "2025-02-10", "2025-02-10"),
    ("2026-01-30", 20, "2026-03-05", "2026-03-05"),
    ("2026-02-10", 5, "2026-02-24", "2026-02-24"),
    ("2026-02-14", 1, "2026-02-24", "2026-02-24"),
]
NATIONAL_DAY = [
    ("2025-09-26", 5, "2025-10-10", "2025-10-10"),
    ("2025-09-26", 20, "2025-10-30", "2025-10-30"),
    ("2025-09-30", 1, "2025-10-09", "2025-10-09"),
    ("2025-09-30", 10, "2025-10-21", "2025-10-21"),
    ("2025-10-08", 5, "2025-10-14", "2025-10-14"),
    ("2026-09-24", 5, "2026-10-09", "2026-10-09"),
    ("2026-09-30", 1, "2026-10-08", "2026-10-08"),
    ("2026-09-30", 5, "2026-10-13", "2026-10-13"),
    ("2026-09-01", 45, "2026-11-09", "2026-11-09"),
]
MAKE_UP_DAYS = [
    ("2025-02-07", 1, "2025-02-08", "2025-02-08"),
    ("2025-04-25", 1, "2025-04-27", "2025-04-27"),
    ("2025-09-26", 1, "2025-09-28", "2025-09-28"),
    ("2025-10-10", 1, "2025-10-11", "2025-10-11"),
    ("2025-12-31", 1, "2026-01-04", "2026-01-04"),
    ("2026-02-13", 1, "2026-02-14", "2026-02-14"),
    ("2026-02-27", 1, "2026-02-28", "2026-02-28"),
    ("2026-05-08", 1, "2026-05-09", "2026-05-09"),
    ("2026-09-18", 1, "2026-09-20", "2026-09-20"),
    ("2026-10-09", 1, "2026-10-10", "2026-10-10"),
]
REGIONAL_DAYS = [
    ("2025-03-27", 5, "2025-04-03", "2025-04-07"),
    ("2025-03-28", 1, "2025-03-31", "2025-04-01"),
    ("2025-05-30", 5, "2025-06-09", "2025-06-12"),
    ("2025-06-05", 1, "2025-06-06", "2025-06-11"),
    ("2025-06-05", 5, "2025-06-12", "2025-06-17"),
    ("2026-03-19", 1, "2026-03-20", "2026-03-23"),
    ("2026-03-18", 5, "2026-03-25", "2026-03-26"),
    ("2026-05-26", 1, "2026-05-27", "2026-06-01"),
    ("2026-05-26", 5, "2026-06-02", "2026-06-05"),
]
MONTH_ENDS = [
    ("2025-04-30", 1, "2025-05-06", "2025-05-06"),
    ("2025-12-30", 5, "2026-01-07", "2026-01-07"),
    ("2026-04-30", 10, "2026-05-18", "2026-05-18"),
    ("2026-05-29", 20, "2026-06-29", "2026-06-29"),
    ("2026-06-18", 1, "2026-06-22", "2026-06-22"),
    ("2026-08-31", 20, "2026-09-28", "2026-09-28"),
    ("2026-11-30", 20, "2026-12-28", "2026-12-28"),
]
PAUSED = [
    # set off on, working days, stood still from, until, last day in 昌吉市
    ("2025-01-20", 5, "2025-01-22", "2025-02-07", "2025-02-12"),
    ("2025-09-24", 5, "2025-09-28", "2025-10-09", "2025-10-13"),
    ("2026-02-10", 5, "2026-02-14", "2026-02-26", "2026-02-28"),
    ("2026-05-25", 3, "2026-05-26", "2026-05-30", "2026-06-03"),
    ("2026-09-30", 5, "2026-10-03", "2026-10-05", "2026-10-13"),
    ("2026-11-02", 20, "2026-11-16", "2026-11-20", "2026-12-07"),
]


@pytest.mark.parametrize(
    ("set_off_on", "working_days", "in_the_country", "in_changji"),
    [*SPRING_FESTIVAL, *NATIONAL_DAY, *MAKE_UP_DAYS, *REGIONAL_DAYS, *MONTH_ENDS],
)
def test_a_limit_ends_on_the_day_that_the_table_names(  # noqa: PLR0917 - the columns of the table
    set_off_on: str, working_days: int, in_the_country: str, in_changji: str
) -> None:
    on = date.fromisoformat(set_off_on)

    country, changji = (a_clock(calendar, on=on, term=Term(working_days)) for calendar in (COUNTRY, CHANGJI))

    assert (str(country.due_on), str(changji.due_on)) == (in_the_country, in_changji)


@pytest.mark.parametrize(("set_off_on", "working_days", "since", "until", "last_day"), PAUSED)
def test_days_on_which_a_clock_stands_still_are_not_counted(  # noqa: PLR0917 - the columns of the table
    set_off_on: str, working_days: int, since: str, until: str, last_day: str
) -> None:
    pause = Pause(why="expert_assessment", since=date.fromisoformat(since), until=date.fromisoformat(until))

    clock = a_clock(CHANGJI, on=date.fromisoformat(set_off_on), term=Term(working_days), pauses=(pause,))

    assert str(clock.due_on) == last_day


@pytest.mark.parametrize(
    ("set_off_on", "days", "last_day"),
    [
        ("2026-11-06", 7, "2026-11-13"),
        ("2026-09-24", 7, "2026-10-08"),  # the seventh day is National Day, so the first day of work counts
        ("2026-02-09", 3, "2026-02-12"),
        ("2025-05-31", 7, "2025-06-11"),  # the seventh day is a regional day off
    ],
)
def test_a_limit_by_the_calendar_counts_every_day_and_ends_when_offices_work(
    set_off_on: str, days: int, last_day: str
) -> None:
    clock = a_clock(CHANGJI, on=date.fromisoformat(set_off_on), term=Term(days, DayKind.CALENDAR), extension=None)

    assert str(clock.due_on) == last_day
    assert clock.due_on is not None
    assert clock.used_by(clock.due_on, CHANGJI) == days


@pytest.mark.slow
@pytest.mark.parametrize("working_days", [1, 5, 10, 20, 45])
def test_every_limit_of_two_years_ends_when_somebody_who_counts_day_by_day_has_counted_to_its_end(
    working_days: int,
) -> None:
    first, last = date(2025, 1, 1), date(2026, 9, 30)

    for on in (first + timedelta(days=days) for days in range((last - first).days + 1)):
        assert a_clock(COUNTRY, on=on, term=Term(working_days)).due_on == counted(on, working_days, set()), on
        assert a_clock(CHANGJI, on=on, term=Term(working_days)).due_on == counted(
            on, working_days, REGIONAL_DAYS_OFF
        ), on


def counted(on: date, working_days: int, also_off: set[date]) -> date:
    """The last day, found by walking on from the next day, by a library that knows the national notices."""
    while working_days:
        on += timedelta(days=1)
        working_days -= chinese_calendar.is_workday(on) and on not in also_off
    return on
