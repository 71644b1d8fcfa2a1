"""Which months are looked at together: whole ones, once they are over."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from app.domain.shared.span import month_of, months_after, months_between


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Some whole months, from their first day to their last."""

    first: date
    last: date

    @classmethod
    def over_by(cls, on: date, *, months: int) -> Self:
        """The last one that is over on a day. Periods are counted from the turn of the year, so that all places agree.

        >>> str(Period.over_by(date(2026, 11, 26), months=3).last)
        '2026-09-30'
        """
        begun = months_after(date(on.year, 1, 1), (on.month - 1) // months * months)
        return cls(months_after(begun, -months), begun - timedelta(days=1))

    def last_month_and_since(self, on: date) -> tuple["Period", ...]:
        """Its last month, and all months after it that are over on a day.

        >>> [str(month.last) for month in Period(date(2026, 7, 1), date(2026, 9, 30)).last_month_and_since(
        ...     date(2026, 11, 26))]
        ['2026-09-30', '2026-10-31']
        """
        last = month_of(on) - timedelta(days=1)
        months = months_between(month_of(self.last), last)
        return tuple(Period(first, months_after(first, 1) - timedelta(days=1)) for first in months)

    def before(self, months: int) -> "Period":
        """So many months before it."""
        return Period(months_after(month_of(self.first), -months), self.first - timedelta(days=1))
