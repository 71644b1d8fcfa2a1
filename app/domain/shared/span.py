"""Spans of months and years, as the law counts them."""

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


def years_after(day: date, years: int) -> date:
    """The corresponding day so many years later, or earlier; where that year has no such day, 28 February.

    Source: 民法典 art. 202.

    >>> years_after(date(2028, 2, 29), 10), years_after(date(2028, 2, 29), -4)
    (datetime.date(2038, 2, 28), datetime.date(2024, 2, 29))
    """
    return months_after(day, years * _MONTHS_IN_A_YEAR)


def month_of(on: date) -> date:
    """The first day of the month that a day lies in. Months are named by their first day.

    >>> month_of(date(2026, 11, 24))
    datetime.date(2026, 11, 1)
    """
    return on.replace(day=1)


def months_between(first: date, last: date) -> tuple[date, ...]:
    """The months from one to another, both included; none where the last comes before the first.

    >>> [str(month) for month in months_between(date(2026, 11, 1), date(2027, 1, 1))]
    ['2026-11-01', '2026-12-01', '2027-01-01']
    """
    count = (last.year - first.year) * _MONTHS_IN_A_YEAR + last.month - first.month + 1
    return tuple(months_after(month_of(first), number) for number in range(count))
