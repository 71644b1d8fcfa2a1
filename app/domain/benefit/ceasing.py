"""Since when a condition of a running grant is not met: a proposal to the human who decides what becomes of it."""

from collections.abc import Callable
from datetime import date, timedelta

from app.domain.shared.finding import Finding

_DAY = timedelta(days=1)


def ceased_on(finding_on: Callable[[date], Finding], *, since: date, until: date) -> date | None:
    """The first day of the spell up to `until` in which a condition is not met; None where that day finds none so.

    What is not known is no ceasing. The month of the day is the last one that is due.

    Source: 国发〔2015〕52号: stopped the month after a condition ceases. Where one ends with a month, no source says
    whether it ceased in that month or in the next; it is read in favour of the person.

    >>> ended = date(2027, 3, 1)
    >>> ceased_on(lambda day: Finding.NOT_MET if day >= ended else Finding.MET,
    ...           since=date(2026, 11, 24), until=date(2027, 5, 20))
    datetime.date(2027, 3, 1)
    """
    if finding_on(until) is not Finding.NOT_MET:
        return None
    day = until
    while day > since and finding_on(day - _DAY) is Finding.NOT_MET:
        day -= _DAY
    return day
