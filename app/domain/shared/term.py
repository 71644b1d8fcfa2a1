"""How long something may take: so many days, as the law that sets them counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.entry import MalformedRule
from app.domain.shared.rulebook import Rule


class DayKind(StrEnum):
    """Which days a term counts."""

    WORKING = "working_days"
    CALENDAR = "calendar_days"

    def between(self, after: date, until: date, calendar: WorkingCalendar) -> int:
        """How many such days lie after one day and up to and including another; none when they are reversed."""
        found = calendar.working_days_between(after, until) if self is DayKind.WORKING else (until - after).days
        return max(0, found)


@dataclass(frozen=True, slots=True)
class Term:
    """A term (期限) of so many days.

    Raises:
        MalformedRule: it has less than one day.
    """

    days: int
    kind: DayKind = DayKind.WORKING

    def __post_init__(self) -> None:
        """Refuse a term that is over before it begins."""
        if self.days < 1:
            raise MalformedRule("A term has at least one day.")

    @classmethod
    def of(cls, rule: Rule) -> Self:
        """Read the term that a rule sets.

        Raises:
            MalformedRule: the rule is no whole number of days.
        """
        if rule.unit not in set(DayKind) or type(rule.value) is not int:
            raise MalformedRule(f"{rule.reference} is no number of working_days or calendar_days.")
        return cls(rule.value, DayKind(rule.unit))

    def last_day(self, *, after: date, calendar: WorkingCalendar) -> date:
        """The last day of the term; the day that sets it off is not counted.

        Source: 民法典 art. 201, counting starts the day after; art. 203, a last day on which offices do not work gives
        way to the next one on which they do.
        """
        if self.kind is DayKind.WORKING:
            return calendar.last_day_of(self.days, after=after)
        return calendar.add(0, to=after + timedelta(days=self.days))


def joined(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Terms that follow one another, with neighbouring ones of working days made into one: they end alike.

    >>> joined([Term(5), Term(10), Term(7, DayKind.CALENDAR)])
    (Term(days=15, kind=<DayKind.WORKING: 'working_days'>), Term(days=7, kind=<DayKind.CALENDAR: 'calendar_days'>))
    """
    made: list[Term] = []
    for term in terms:
        if made and made[-1].kind is term.kind is DayKind.WORKING:
            made[-1] = Term(made[-1].days + term.days)
        else:
            made.append(term)
    return tuple(made)
