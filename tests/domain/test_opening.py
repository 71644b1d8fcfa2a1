"""When a place is open."""

from datetime import date, time

import pytest

from app.domain.catalogue import Frequency, Schedule, ScheduleImpossible, Weekday
from app.domain.entitlement import AgeSpan, age_span, parse
from app.domain.shared.entry import RuleValue

MONDAY_TO_FRIDAY = (Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY, Weekday.FRIDAY)


def test_the_days_of_a_schedule_are_told_from_monday_on() -> None:
    schedule = Schedule(days=(Weekday.SUNDAY, Weekday.MONDAY), opens_at=time(10), closes_at=time(14))

    assert schedule.rrule == "FREQ=WEEKLY;BYDAY=MO,SU"


def test_days_of_a_month_are_told_by_their_week_or_by_their_number() -> None:
    days = (Weekday.FRIDAY, Weekday.TUESDAY)
    fridays = Schedule(days=days, weeks=(1, 3), opens_at=time(10), closes_at=time(14))
    numbered = Schedule(month_days=(15, -1), opens_at=time(10), closes_at=time(14))

    assert [one.frequency for one in (fridays, numbered)] == [Frequency.MONTHLY] * 2
    assert fridays.rrule == "FREQ=MONTHLY;BYDAY=1TU,1FR,3TU,3FR"
    assert (numbered.rrule, numbered.by_day) == ("FREQ=MONTHLY;BYMONTHDAY=15,-1", None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"days": ()},
        {"days": (Weekday.MONDAY, Weekday.MONDAY)},
        {"month_days": (1,)},
        {"weeks": (6,)},
        {"weeks": (1, 1)},
        {"days": (), "weeks": (1,), "month_days": (1,)},
        {"days": (), "month_days": (0,)},
        {"days": (), "month_days": (32,)},
        {"opens_at": time(14)},
        {"valid_from": date(2026, 12, 1), "valid_to": date(2026, 11, 30)},
    ],
    ids=[
        "no day",
        "a day twice",
        "a day of the week and of the month",
        "a sixth week",
        "a week twice",
        "the week of a number",
        "a zeroth day",
        "a day too many",
        "closed as soon as open",
        "over before it begins",
    ],
)
def test_nothing_is_open_at_hours_that_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(ScheduleImpossible):
        Schedule(**{"days": MONDAY_TO_FRIDAY, "opens_at": time(10), "closes_at": time(14), **wrong})  # type: ignore[arg-type]


def test_an_age_that_every_way_asks_for_bounds_a_service() -> None:
    old: RuleValue = {"kind": "age_between", "at_least": 7}
    young: RuleValue = {"kind": "age_between", "at_most": 60}
    held: RuleValue = {"kind": "certificate_in_force"}

    inner: list[RuleValue] = [{junction: (young, held)} for junction in ("all", "any")]

    required, one_way = [age_span(parse({"all": (old, branch)}, "test")) for branch in inner]

    assert (required, one_way) == (AgeSpan(7, 60), AgeSpan(7, None))
