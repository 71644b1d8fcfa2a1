"""Which months are looked at together: whole ones, once they are over."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from app.domain.shared.span import month_of, months_after


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

    def before(self, months: int) -> "Period":
        """So many months before it."""
        return Period(months_after(month_of(self.first), -months), self.first - timedelta(days=1))
