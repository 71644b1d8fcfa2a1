"""Working days as the offices of the region keep them, counted as the law counts."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import chinese_calendar  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.shared.calendar import Announcement, WorkingCalendar
from app.domain.shared.region import NATIONAL
from tests.builders.rules import BOOK

BEIJING = ZoneInfo("Asia/Shanghai")
COUNTRY = WorkingCalendar.of_region(BOOK, NATIONAL)
CHANGJI = WorkingCalendar.of_region(BOOK, "65/6523/652301")
WEEKDAYS = WorkingCalendar(zone=BEIJING)
REGIONAL_DAYS_OFF = {
    date(2025, 3, 31),
    date(2025, 6, 6),
    date(2025, 6, 9),
    date(2025, 6, 10),
    date(2026, 3, 20),
    date(2026, 5, 27),
    date(2026, 5, 28),
    date(2026, 5, 29),
}

known_days = st.dates(date(2025, 1, 1), date(2026, 12, 31))
any_days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
calendars = st.sampled_from([COUNTRY, CHANGJI, WEEKDAYS])


def days_of(first: date, last: date) -> list[date]:
    return [first + timedelta(days=days) for days in range((last - first).days + 1)]


def on(text: str) -> date:
    return date.fromisoformat(text)


def test_every_day_of_2025_and_2026_is_as_the_national_notices_say() -> None:
    for day in days_of(date(2025, 1, 1), date(2026, 12, 31)):
        assert COUNTRY.is_working_day(day) == chinese_calendar.is_workday(day), day


def test_the_region_differs_from_the_country_by_its_own_days_off_and_nothing_else() -> None:
    every_day = days_of(date(2025, 1, 1), date(2026, 12, 31))

    assert {day for day in every_day if CHANGJI.is_working_day(day) != COUNTRY.is_working_day(day)} == REGIONAL_DAYS_OFF


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        ("2025-01-26", True),
        ("2025-01-27", True),
        ("2025-01-28", False),
        ("2025-02-04", False),
        ("2025-02-05", True),
        ("2025-02-08", True),
        ("2025-02-09", False),
        ("2025-09-28", True),
        ("2025-10-01", False),
        ("2025-10-08", False),
        ("2025-10-11", True),
        ("2026-01-02", False),
        ("2026-01-04", True),
        ("2026-02-14", True),
        ("2026-02-15", False),
        ("2026-02-23", False),
        ("2026-02-28", True),
        ("2026-05-09", True),
        ("2026-09-20", True),
        ("2026-10-07", False),
        ("2026-10-10", True),
    ],
)
def test_festivals_are_off_and_their_make_up_days_are_worked(day: str, is_worked: bool) -> None:  # noqa: FBT001
    assert CHANGJI.is_working_day(on(day)) is is_worked


@pytest.mark.parametrize(
    ("working_days", "after", "last"),
    [
        # An ordinary fortnight: the day that sets the period off is not counted.
        (5, "2025-03-10", "2025-03-17"),
        (1, "2025-03-14", "2025-03-17"),
        (5, "2025-03-15", "2025-03-21"),
        # Spring Festival 2025, its two make-up days included.
        (5, "2025-01-24", "2025-02-07"),
        (6, "2025-01-24", "2025-02-08"),
        (10, "2025-01-25", "2025-02-13"),
        # Spring Festival 2026.
        (5, "2026-02-12", "2026-02-26"),
        (7, "2026-02-12", "2026-02-28"),
        (10, "2026-02-12", "2026-03-04"),
        # National Day 2025 and 2026.
        (5, "2025-09-26", "2025-10-10"),
        (6, "2025-09-26", "2025-10-11"),
        (5, "2026-09-18", "2026-09-24"),
        (10, "2026-09-24", "2026-10-15"),
        # Month and year ends.
        (5, "2025-02-28", "2025-03-07"),
        (1, "2026-04-30", "2026-05-06"),
        (5, "2025-12-30", "2026-01-07"),
        (10, "2025-12-31", "2026-01-15"),
        # The region's own days off.
        (1, "2025-03-28", "2025-04-01"),
        (5, "2025-03-28", "2025-04-08"),
        (5, "2025-06-03", "2025-06-13"),
        (5, "2026-03-19", "2026-03-27"),
        (5, "2026-05-22", "2026-06-03"),
    ],
)
def test_the_last_day_of_a_period_is_as_counted_by_hand(working_days: int, after: str, last: str) -> None:
    assert CHANGJI.last_day_of(working_days, after=on(after)) == on(last)


def test_the_region_gives_a_notice_more_days_than_the_country_where_it_has_days_off() -> None:
    assert COUNTRY.last_day_of(5, after=on("2025-06-03")) == on("2025-06-10")
    assert CHANGJI.last_day_of(5, after=on("2025-06-03")) == on("2025-06-13")


@given(calendars, any_days, st.integers(1, 300))
def test_a_period_holds_exactly_its_working_days_and_ends_on_one(
    calendar: WorkingCalendar, after: date, working_days: int
) -> None:
    last = calendar.last_day_of(working_days, after=after)

    assert calendar.is_working_day(last)
    assert calendar.working_days_between(after, last) == working_days
    counted = [day for day in days_of(after + timedelta(days=1), last) if calendar.is_working_day(day)]
    assert len(counted) == working_days


@given(calendars, any_days, st.integers(1, 60))
def test_counting_back_reaches_the_day_that_counting_forward_left(
    calendar: WorkingCalendar, day: date, working_days: int
) -> None:
    start = calendar.add(0, to=day)

    assert calendar.add(-working_days, to=calendar.add(working_days, to=start)) == start
    assert calendar.working_days_between(start, calendar.add(-working_days, to=start)) == -working_days


@given(calendars, any_days)
def test_adding_nothing_waits_for_the_next_working_day(calendar: WorkingCalendar, day: date) -> None:
    reached = calendar.add(0, to=day)

    assert calendar.is_working_day(reached)
    assert not any(calendar.is_working_day(passed) for passed in days_of(day, reached - timedelta(days=1)))


@pytest.mark.parametrize("working_days", [0, -1])
def test_a_period_without_a_working_day_is_no_period(working_days: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        CHANGJI.last_day_of(working_days, after=on("2026-01-05"))


@given(known_days)
def test_announced_years_are_not_provisional(day: date) -> None:
    assert not CHANGJI.is_provisional(day)


@pytest.mark.parametrize("day", ["2024-12-31", "2027-01-01"])
def test_a_year_that_nobody_has_announced_is_provisional(day: str) -> None:
    assert CHANGJI.is_provisional(on(day))
    assert WEEKDAYS.is_provisional(on(day))


def test_a_year_is_provisional_until_the_region_has_announced_its_own_days() -> None:
    country = [Announcement(year=2026), Announcement(year=2027)]
    region = Announcement(year=2026, area="65")

    calendar = WorkingCalendar.of([*country, region], zone=BEIJING)

    assert not calendar.is_provisional(on("2026-06-01"))
    assert calendar.is_provisional(on("2027-06-01"))


def test_the_region_has_the_last_word_on_a_day() -> None:
    monday, saturday = on("2026-03-02"), on("2026-03-07")
    country = Announcement(year=2026, days_off=frozenset({monday}), make_up_days=frozenset({saturday}))
    region = Announcement(year=2026, area="65", days_off=frozenset({saturday}), make_up_days=frozenset({monday}))

    calendar = WorkingCalendar.of([region, country], zone=BEIJING)

    assert calendar.is_working_day(monday)
    assert not calendar.is_working_day(saturday)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 2, 12, 15, 59, 59, tzinfo=UTC), "2026-02-12"),
        (datetime(2026, 2, 12, 16, 0, tzinfo=UTC), "2026-02-13"),
        (datetime(2026, 2, 12, 23, 0, tzinfo=timezone(timedelta(hours=-5))), "2026-02-13"),
        (datetime(2026, 2, 12, 0, 0, tzinfo=BEIJING), "2026-02-12"),
    ],
)
def test_the_legal_day_is_the_day_in_the_zone_of_the_region(instant: datetime, day: str) -> None:
    assert CHANGJI.date_of(instant) == on(day)


def test_an_instant_without_a_zone_has_no_legal_day() -> None:
    with pytest.raises(ValueError, match="zone"):
        CHANGJI.date_of(datetime(2026, 2, 12, 12, 0))  # noqa: DTZ001 - the missing zone is what is refused


@given(any_days)
def test_a_legal_day_ends_where_the_next_begins(day: date) -> None:
    end = CHANGJI.end_of(day)

    assert end.tzinfo is UTC
    assert CHANGJI.date_of(end - timedelta(microseconds=1)) == day
    assert CHANGJI.date_of(end) == day + timedelta(days=1)
