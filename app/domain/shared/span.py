"""Spans of months, as the law counts them."""

from calendar import monthrange
from datetime import date

_MONTHS_IN_A_YEAR = 12


def months_after(day: date, months: int) -> date:
    """The corresponding day so many months later; where that month has no such day, its last one.

    Source: 民法典 art. 202.

    >>> months_after(date(2026, 8, 31), 6), months_after(date(2027, 11, 30), 3)
    (datetime.date(2027, 2, 28), datetime.date(2028, 2, 29))
    """
    years, month = divmod(day.month - 1 + months, _MONTHS_IN_A_YEAR)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
