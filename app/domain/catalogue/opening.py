"""When a place is open or a service is given, and by which number one asks.

Shaped by HSDS 3.1 (`schedule`, `phone`): a schedule is a recurrence rule of RFC 5545 with the hours of the day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from types import MappingProxyType

from app.domain.shared.errors import Unprocessable
from app.domain.shared.wording import Wording


class ScheduleImpossible(Unprocessable):
    """The hours or days of a schedule cannot be."""

    code = "schedule_impossible"
    title = "Nothing can be open at these hours"


class Weekday(StrEnum):
    """Days of the week, in the letters of RFC 5545."""

    MONDAY = "MO"
    TUESDAY = "TU"
    WEDNESDAY = "WE"
    THURSDAY = "TH"
    FRIDAY = "FR"
    SATURDAY = "SA"
    SUNDAY = "SU"


class Frequency(StrEnum):
    """How often the days of a schedule come again, in the words of RFC 5545."""

    WEEKLY = "WEEKLY"
    """每周"""
    MONTHLY = "MONTHLY"
    """每月"""


_WEEKS = frozenset(range(-5, 6)) - {0}
_MONTH_DAYS = frozenset(range(-31, 32)) - {0}
_NUMBERS: Mapping[Weekday, int] = MappingProxyType({day: number for number, day in enumerate(Weekday)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """On some days of every week or month, within some hours (开放时间). Official holidays are not told apart.

    Raises:
        ScheduleImpossible: there is no such day, it closes before it opens, or it ends before it begins.
    """

    days: tuple[Weekday, ...] = ()
    opens_at: time
    closes_at: time
    """By the clock of the place."""
    valid_from: date | None = None
    valid_to: date | None = None
    note: Wording | None = None
    weeks: tuple[int, ...] = ()
    """Which of these days of every month, such as the first and the third; counted from its end where negative."""
    month_days: tuple[int, ...] = ()
    """Days of every month by their numbers, in place of days of the week; -1 for the last one."""

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        if bool(self.days) is bool(self.month_days) or any(len(set(one)) != len(one) for one in self._days):
            raise ScheduleImpossible("Name days of the week or of the month, each once.", pointer="/schedules")
        if not set(self.weeks) <= _WEEKS or (self.weeks and not self.days) or not set(self.month_days) <= _MONTH_DAYS:
            raise ScheduleImpossible("No month has such a day. Count from its begin or its end.", pointer="/schedules")
        if self.opens_at >= self.closes_at:
            raise ScheduleImpossible("It closes after it opens, on the same day.", pointer="/schedules")
        if self.valid_from and self.valid_to and self.valid_from > self.valid_to:
            raise ScheduleImpossible("It ends on the day on which it begins, or later.", pointer="/schedules")

    @property
    def rrule(self) -> str:
        """The recurrence as RFC 5545 writes it.

        >>> Schedule(days=(Weekday.FRIDAY, Weekday.TUESDAY), opens_at=time(10), closes_at=time(18)).rrule
        'FREQ=WEEKLY;BYDAY=TU,FR'
        >>> Schedule(days=(Weekday.MONDAY,), weeks=(1, -1), opens_at=time(10), closes_at=time(18)).rrule
        'FREQ=MONTHLY;BYDAY=1MO,-1MO'
        >>> Schedule(month_days=(15, -1), opens_at=time(10), closes_at=time(18)).rrule
        'FREQ=MONTHLY;BYMONTHDAY=15,-1'
        """
        named = f"BYDAY={self.by_day}" if self.by_day else f"BYMONTHDAY={self.by_month_day}"
        return f"FREQ={self.frequency};{named}"

    @property
    def frequency(self) -> Frequency:
        """How often its days come again."""
        return Frequency.MONTHLY if self.weeks or self.month_days else Frequency.WEEKLY

    @property
    def by_day(self) -> str | None:
        """The days of the week, from Monday on, each with its number in the month where that counts."""
        in_order = sorted(self.days, key=_NUMBERS.__getitem__)
        return ",".join(f"{week}{day}" for week in self.weeks or ("",) for day in in_order) or None

    @property
    def by_month_day(self) -> str | None:
        """The days of the month by their numbers."""
        return ",".join(map(str, self.month_days)) or None

    @property
    def _days(self) -> tuple[tuple[Weekday | int, ...], ...]:
        return self.days, self.weeks, self.month_days


class PhoneKind(StrEnum):
    """How a number is used, in the words of HSDS (RFC 6350)."""

    VOICE = "voice"
    """电话"""
    TEXT = "text"
    """短信, for whoever does not hear"""
    FAX = "fax"
    """传真"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A number of an office or a provider, published for everybody; never that of a person."""

    number: str
    kind: PhoneKind = PhoneKind.VOICE
