"""Working days, as offices keep them: weekdays, less the days off, plus the weekends worked to make up for them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Self
from zoneinfo import ZoneInfo

from app.domain.shared.entry import Entry
from app.domain.shared.rulebook import Rule, Rulebook

DAYS = "calendar.days"
"""Subject of the rules that announce the days off and the make-up days of a year."""
ZONE = "calendar.zone"
"""Subject of the rule that names the zone of legal time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What one authority announced for one year: days off, and weekends worked to make up for them (调休)."""

    year: int
    area: str = ""
    """Path of the region that it was announced for; empty for the whole country."""
    days_off: frozenset[date] = frozenset()
    make_up_days: frozenset[date] = frozenset()

    @classmethod
    def from_rule(cls, rule: Rule) -> Self:
        """Read the announcement of a year out of a rulebook."""
        entry = Entry(rule.value, rule.reference)
        entry.require_only("holidays", "make_up_days")
        return cls(
            year=rule.valid_from.year,
            area=rule.region,
            days_off=frozenset(day for holiday in entry.entries("holidays") for day in _days_of(holiday)),
            make_up_days=frozenset(entry.days("make_up_days")),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingCalendar:
    """The working days of one region.

    A year for which an authority of the region has not yet made its announcement is provisional: its weekdays count as
    working days until the announcement comes.

    >>> spring = Announcement(year=2026, days_off=frozenset(date(2026, 2, day) for day in range(16, 24)),
    ...                       make_up_days=frozenset({date(2026, 2, 14), date(2026, 2, 28)}))
    >>> calendar = WorkingCalendar.of([spring], zone=ZoneInfo("Asia/Shanghai"))
    >>> calendar.last_day_of(5, after=date(2026, 2, 12))
    datetime.date(2026, 2, 26)
    >>> calendar.is_provisional(date(2027, 1, 4))
    True
    """

    zone: tzinfo
    closed: tuple[int, ...] = ()
    """Weekdays off, as proleptic ordinals in ascending order."""
    opened: tuple[int, ...] = ()
    """Weekend days worked, likewise."""
    published: frozenset[int] = frozenset()
    """Years that every authority of the region has announced."""
    edition: str = ""
    """Which announcements it was made from: what was reckoned by another edition is to be reckoned anew."""

    @classmethod
    def of(cls, announcements: Iterable[Announcement], *, zone: tzinfo) -> Self:
        """The calendar that announcements make together; a lower authority has the last word on a day."""
        known = sorted(announcements, key=lambda announcement: announcement.area)
        works: dict[date, bool] = {}
        for announcement in known:
            works |= dict.fromkeys(announcement.days_off, False) | dict.fromkeys(announcement.make_up_days, True)
        years = [{entry.year for entry in known if entry.area == area} for area in {entry.area for entry in known}]
        return cls(
            zone=zone,
            closed=tuple(
                sorted(day.toordinal() for day, is_worked in works.items() if not is_worked and _is_weekday(day))
            ),
            opened=tuple(
                sorted(day.toordinal() for day, is_worked in works.items() if is_worked and not _is_weekday(day))
            ),
            published=frozenset.intersection(*map(frozenset, years)) if years else frozenset(),
        )

    @classmethod
    def of_region(cls, rulebook: Rulebook, region: str) -> Self:
        """The calendar of a region, from all announcements for it and for the regions above it."""
        zone = next(reversed(rulebook.history(ZONE, region)))
        rules = rulebook.history(DAYS, region)
        calendar = cls.of(map(Announcement.from_rule, rules), zone=ZoneInfo(str(zone.value)))
        return replace(calendar, edition=_edition(rules))

    def is_working_day(self, on: date) -> bool:
        """Say whether offices work on a day."""
        ordinal = on.toordinal()
        return self._until(ordinal) > self._until(ordinal - 1)

    def is_provisional(self, on: date) -> bool:
        """Say whether what we know of a day may still change, because its year has not been announced."""
        return on.year not in self.published

    def last_day_of(self, working_days: int, *, after: date) -> date:
        """The last day of a period of working days; the day that sets it off is not counted.

        Source: 民法典 art. 201, counting starts the day after; 行政许可法 art. 82, legal holidays do not count.

        Raises:
            ValueError: the period has no working day.
        """
        if working_days < 1:
            raise ValueError("A period has at least one working day.")
        return self.add(working_days, to=after)

    def add(self, working_days: int, *, to: date) -> date:
        """The working day so many working days later, or earlier when negative.

        Zero gives the day itself if it is worked, and otherwise the next one that is.
        """
        start = to.toordinal()
        # However long the announced holidays, a week and twice the days are room enough on either side.
        room = 2 * (abs(working_days) + len(self.closed)) + 7
        before = self._until(start if working_days > 0 else start - 1)
        wanted = before + working_days + (working_days <= 0)
        span = range(max(1, start - room), start + room)
        return date.fromordinal(span[bisect_left(span, wanted, key=self._until)])

    def working_days_between(self, after: date, until: date) -> int:
        """How many working days lie after one day and up to and including another; negative when they are reversed."""
        return self._until(until.toordinal()) - self._until(after.toordinal())

    def date_of(self, instant: datetime) -> date:
        """The legal day on which an instant falls.

        Raises:
            ValueError: the instant has no zone, so that nobody knows which moment is meant.
        """
        if instant.tzinfo is None:
            raise ValueError("An instant needs a zone.")
        return instant.astimezone(self.zone).date()

    def end_of(self, on: date) -> datetime:
        """The first instant after a legal day, in UTC: a deadline on that day is met before it."""
        return datetime.combine(on + timedelta(days=1), time.min, tzinfo=self.zone).astimezone(UTC)

    def _until(self, ordinal: int) -> int:
        """How many working days the era, which began on a Monday, has had by the end of a day."""
        weeks, days = divmod(ordinal, 7)
        weekdays = weeks * 5 + min(days, 5)
        return weekdays - bisect_right(self.closed, ordinal) + bisect_right(self.opened, ordinal)


def _edition(rules: Iterable[Rule]) -> str:
    """Of each area the newest announcement and how many there are: rules only grow, so that these two tell all."""
    versions: dict[str, list[int]] = {}
    for rule in rules:
        versions.setdefault(rule.region or "CN", []).append(rule.version)
    return " ".join(f"{area}#{max(found)}/{len(found)}" for area, found in sorted(versions.items()))


def _is_weekday(day: date) -> bool:
    return day.weekday() < 5  # noqa: PLR2004 - Saturday is the fifth day of Python's week


def _days_of(holiday: Entry) -> Iterable[date]:
    holiday.require_only("code", "zh", "en", "first", "last")
    first, last = holiday.day("first"), holiday.day("last")
    return (first + timedelta(days=days) for days in range((last - first).days + 1))
