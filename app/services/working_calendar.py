"""Use cases of the working calendar: on which days offices work, and when a period of working days ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.shared.announced import Announced, announced_days
from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.errors import Unprocessable
from app.services.ports.work import UnitOfWork

MOST_DAYS = 366
MOST_WORKING_DAYS = 200
"""Its days, days off included, still fit into one answer."""


class PeriodNotAskable(Unprocessable):
    """The days that are asked for are none, or too many, or asked for in two ways at once."""

    code = "period_not_askable"
    title = "The days cannot be asked for so"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """One day: whether offices work, and by which announcement."""

    on: date
    is_working: bool
    announced: Announced | None
    """Set where an announcement names the day: a day off, or a weekend day worked to make up for one."""
    is_provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarView:
    """Consecutive days in one region; `last_day` ends the period of working days, where one was asked for."""

    region_code: str
    days: tuple[CalendarDay, ...]
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """First to last day, or a number of working days after a day."""

    first: date | None = None
    last: date | None = None
    after: date | None = None
    working_days: int | None = None

    def days_in(self, calendar: WorkingCalendar) -> tuple[date, date]:
        """The first and the last day that are asked for.

        Raises:
            PeriodNotAskable: there are none, or too many, or it is not clear which.
        """
        if self.after is not None and self.working_days is not None and self.first is self.last is None:
            return self.after + timedelta(days=1), calendar.last_day_of(self.working_days, after=self.after)
        if self.first is None or self.last is None or self.after is not None or self.working_days is not None:
            raise PeriodNotAskable("Give `from` and `to`, or else `after` and `working_days`.")
        if not timedelta() <= self.last - self.first < timedelta(days=MOST_DAYS):
            raise PeriodNotAskable(f"Ask for one to {MOST_DAYS} days, the earlier one first.")
        return self.first, self.last


async def get_working_calendar(region_code: str, span: Span, *, uow: UnitOfWork) -> CalendarView:
    """The days of a region, one by one.

    Raises:
        RegionNotFound: no region has the code.
        PeriodNotAskable: the days cannot be asked for so.
    """
    async with uow:
        region = uow.regions.by_code(region_code)
        calendar = uow.calendar(region.path)
        first, last = span.days_in(calendar)
        announced = announced_days(uow.rulebook, region.path)
        days = tuple(
            _day(date.fromordinal(ordinal), calendar, announced)
            for ordinal in range(first.toordinal(), last.toordinal() + 1)
        )
        ends = last if span.after is not None else None
        return await uow.commit(CalendarView(region_code=region.code, days=days, last_day=ends))


def _day(on: date, calendar: WorkingCalendar, announced: Mapping[date, Announced]) -> CalendarDay:
    return CalendarDay(
        on=on,
        is_working=calendar.is_working_day(on),
        announced=announced.get(on),
        is_provisional=calendar.is_provisional(on),
    )
