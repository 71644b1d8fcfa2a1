"""Which announcement names a day: a day off with its holiday, or a weekend day worked to make up for one (调休)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.shared.calendar import DAYS
from app.domain.shared.entry import Entry
from app.domain.shared.rulebook import Rule, Rulebook
from app.domain.shared.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """That a day was named, by which rule, and for which holiday; a make-up day belongs to none."""

    rule: Rule
    holiday: Wording | None = None

    @property
    def is_make_up(self) -> bool:
        """Say whether the day is worked although it is a weekend."""
        return self.holiday is None


def announced_days(rulebook: Rulebook, region: str) -> Mapping[date, Announced]:
    """All days that were announced for a region or for one above it; a lower authority has the last word on a day."""
    return {
        day: announced
        for rule in sorted(rulebook.history(DAYS, region), key=_area)
        for day, announced in _days_of(rule)
    }


def _days_of(rule: Rule) -> Iterator[tuple[date, Announced]]:
    entry = Entry(rule.value, rule.reference)
    for holiday in entry.entries("holidays"):
        first, last = holiday.day("first"), holiday.day("last")
        off = Announced(rule=rule, holiday=Wording.of(holiday))
        yield from ((first + timedelta(days=days), off) for days in range((last - first).days + 1))
    yield from ((day, Announced(rule=rule)) for day in entry.days("make_up_days"))


def _area(rule: Rule) -> str:
    return rule.region
