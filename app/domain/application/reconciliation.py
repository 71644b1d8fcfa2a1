"""A day's list compared: what a platform believes to have sent, beside what is here, so that nothing is lost."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from app.domain.application.status import PublicStatus
from app.domain.shared.errors import Unprocessable


class ListUnclear(Unprocessable):
    """A list names an application twice, or one that lies outside of the part of the day that it says it is."""

    code = "list_unclear"
    title = "The list does not say what it covers"


class Differing(StrEnum):
    """In what the two sides differ."""

    DAY = "submitted_on"
    STATUS = "status"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An application as the platform has it: its number and, if it likes, how it stands and what was sent."""

    source_number: str
    status: PublicStatus | None = None
    digest: str | None = None
    """SHA-256 of the body that was sent, in hexadecimal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An application as it is here."""

    id: UUID
    person_id: UUID
    source_number: str
    submitted_on: date
    status: PublicStatus
    digest: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPart:
    """A day, or a part of it in the order of the platform's numbers: those above `after` and up to `until`."""

    on: date
    after: str | None = None
    until: str | None = None

    def holds(self, source_number: str) -> bool:
        """Say whether a number lies in the part.

        >>> DayPart(on=date(2026, 11, 23), after="A-1", until="A-3").holds("A-3")
        True
        """
        is_above = self.after is None or source_number > self.after
        return is_above and (self.until is None or source_number <= self.until)


@dataclass(frozen=True, slots=True)
class Difference:
    """An application that both sides know, and do not know alike."""

    kept: Kept
    differing: tuple[Differing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """What comes of comparing: all that agrees is only counted."""

    part: DayPart
    agreed: int
    different: tuple[Difference, ...]
    unknown: tuple[str, ...]
    """Numbers that have never arrived here: send those applications again, under the same numbers."""
    not_listed: tuple[Kept, ...]
    """Applications of the day that are here and not on the list."""


def reconciled(listed: Iterable[Listed], kept: Iterable[Kept], *, part: DayPart) -> Reconciliation:
    """Compare a list with what is here; what the list does not say is not compared.

    Raises:
        ListUnclear: a number stands in the list twice, or outside of the part of the day.
    """
    listed = tuple(listed)
    _require_clear(listed, part)
    here = {one.source_number: one for one in kept}
    both = [(one, here[one.source_number]) for one in listed if one.source_number in here]
    different = tuple(
        Difference(there, differing) for one, there in both if (differing := tuple(_differing(one, there, on=part.on)))
    )
    named = {one.source_number for one in listed}
    return Reconciliation(
        part=part,
        agreed=len(both) - len(different),
        different=different,
        unknown=tuple(sorted(named - here.keys())),
        not_listed=tuple(
            here[number]
            for number in sorted(here.keys() - named)
            if here[number].submitted_on == part.on and part.holds(number)
        ),
    )


def _require_clear(listed: tuple[Listed, ...], part: DayPart) -> None:
    counted = Counter(one.source_number for one in listed)
    if twice := sorted(number for number, times in counted.items() if times > 1):
        raise ListUnclear(f"These numbers stand in the list twice: {', '.join(twice[:10])}.", pointer="/applications")
    if beyond := sorted(number for number in counted if not part.holds(number)):
        raise ListUnclear(
            f"These numbers lie outside of `after` and `until`: {', '.join(beyond[:10])}.", pointer="/applications"
        )


def _differing(one: Listed, there: Kept, *, on: date) -> Iterator[Differing]:
    if there.submitted_on != on:
        yield Differing.DAY
    if one.status is not None and one.status is not there.status:
        yield Differing.STATUS
    if one.digest is not None and one.digest != there.digest:
        yield Differing.DIGEST
