"""Which announcement names a day, and that it agrees with the calendar that is made of the same announcements."""

from datetime import date, timedelta

from app.domain.shared.announced import announced_days
from app.domain.shared.calendar import WorkingCalendar
from tests.builders.rules import BOOK

COUNTY = "65/6523/652301"


def test_a_holiday_of_the_autonomous_region_is_named_by_its_own_notice() -> None:
    gurbang = announced_days(BOOK, COUNTY)[date(2025, 6, 6)]

    assert gurbang.holiday
    assert gurbang.holiday.zh == "古尔邦节"
    assert gurbang.rule.region == "65"
    assert date(2025, 6, 9) not in announced_days(BOOK, "")


def test_a_make_up_day_belongs_to_no_holiday() -> None:
    assert announced_days(BOOK, COUNTY)[date(2026, 2, 14)].is_make_up


def test_what_is_announced_is_what_the_calendar_keeps() -> None:
    calendar = WorkingCalendar.of_region(BOOK, COUNTY)
    announced = announced_days(BOOK, COUNTY)

    assert len(announced) > 50
    for day, named in announced.items():
        assert calendar.is_working_day(day) == named.is_make_up
    for day in (date(2025, 1, 1) + timedelta(days=number) for number in range(730)):
        if day not in announced:
            assert calendar.is_working_day(day) == (day.weekday() < 5)
