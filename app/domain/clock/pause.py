"""Days that are not counted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Days that are not counted: from the one on which it stood still to the one on which it went on, both included."""

    why: str
    since: date
    until: date | None = None
    """None while it stands still."""

    def ended(self, on: date) -> "Pause":
        """The pause, ended on a day unless it was ended before."""
        return self if self.until else replace(self, until=on)

    def as_of(self, on: date) -> "Pause":
        """The pause as it was at the end of a day on which it had begun."""
        return replace(self, until=None) if self.until and self.until > on else self


def merged(pauses: Iterable[Pause]) -> Iterator[Pause]:
    """The pauses in their order; those that overlap, or follow day upon day, as one."""
    held: Pause | None = None
    for pause in sorted(pauses, key=_beginning):
        if held is None:
            held = pause
        elif held.until is None:
            break
        elif pause.since <= held.until + ONE_DAY:
            held = replace(held, until=None if pause.until is None else max(held.until, pause.until))
        else:
            yield held
            held = pause
    if held is not None:
        yield held


def _beginning(pause: Pause) -> date:
    return pause.since
