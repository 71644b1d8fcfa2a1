"""By when an application is promised to be through: the critical path over the items and what each may take."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.application.package import Selection
from app.domain.certificate import Business
from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.term import Term


@dataclass(frozen=True, slots=True)
class Promise:
    """The last day promised for each item, by its code; None for an item of which nothing is promised."""

    ends: Mapping[str, date | None]
    path: tuple[str, ...]
    """The critical path: the items, each waiting for the one before, that take longest. Empty where there is no end."""

    @property
    def end(self) -> date | None:
        """The last day promised for all of it; None as soon as nothing is promised of one item."""
        ends = [end for end in self.ends.values() if end is not None]
        return max(ends) if ends and len(ends) == len(self.ends) else None


def promise_of(
    selection: Selection, *, on: date, calendar: WorkingCalendar, business: Business | None = None
) -> Promise:
    """What is promised to somebody who applies on a day, if every step takes all the time that it may.

    An item begins when the last of those that it waits for has ended; what waits for nothing runs side by side. The
    time of the doctors is in it although it counts for no office: the person waits for it all the same. A certificate
    business may need fewer steps than the item has.

    Source: 行政许可法 art. 42, decisions in time; art. 45, an expert's time is not counted and is told all the same.
    """
    ends: dict[str, date | None] = {}
    held_up_by: dict[str, str | None] = {}
    for item in selection.items:
        before = selection.waits_for(item)
        begun = [ends[code] for code in before]
        ends[item.code] = promised_end(item.terms_of(business), after=begun, on=on, calendar=calendar)
        held_up_by[item.code] = next((code for code in before if ends[code] == _latest(begun, on=on)), None)
    whole = Promise(ends, ())
    last = next((code for code, end in ends.items() if end == whole.end), None) if whole.end else None
    return Promise(ends, _path(last, held_up_by))


def promised_end(
    terms: tuple[Term, ...], *, after: Iterable[date | None], on: date, calendar: WorkingCalendar
) -> date | None:
    """The last day promised for one item, asked for on a day, that begins when all before it have ended."""
    begun = tuple(after)
    if not terms or None in begun:
        return None
    end = _latest(begun, on=on)
    for term in terms:
        end = term.last_day(after=end, calendar=calendar)
    return end


def _latest(begun: Iterable[date | None], *, on: date) -> date:
    return max([on, *(day for day in begun if day is not None)])


def _path(last: str | None, held_up_by: Mapping[str, str | None]) -> tuple[str, ...]:
    path: list[str] = []
    while last is not None:
        path.insert(0, last)
        last = held_up_by[last]
    return tuple(path)
