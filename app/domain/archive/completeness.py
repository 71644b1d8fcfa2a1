"""How complete an archive is: item by item what is there, what is missing, and who brings it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self
from uuid import UUID

from app.domain.archive.checklist import Checklist, ChecklistItem, Want


class ItemState(StrEnum):
    """How one item stands."""

    HELD = "held"
    """已有"""
    MISSING = "missing"
    """缺失"""
    LATER = "later"
    """尚未到期: a later step of the case, or a later month, brings it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the service sees of something that counts."""

    what: str
    on: date
    """The day that it is of."""
    id: UUID | None = None
    """The document or the record, where it is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One item of an archive."""

    item: ChecklistItem
    state: ItemState
    held: tuple[Seen, ...] = ()
    """What of it is there: everything that counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """How complete an archive is: so many of so many."""

    checklist: str
    """The rule by which it was looked at, with its version."""
    items: tuple[Standing, ...]

    @property
    def missing(self) -> tuple[ChecklistItem, ...]:
        """What must be there and is not."""
        return tuple(standing.item for standing in self.items if standing.state is ItemState.MISSING)

    @property
    def held(self) -> int:
        """How many of those that must be there are."""
        return sum(standing.state is ItemState.HELD for standing in self.items)

    @property
    def required(self) -> int:
        """How many must be there by now. What is there already before it must be, counts for both."""
        return sum(standing.state is not ItemState.LATER for standing in self.items)

    def closed(self) -> Self:
        """The same of a case to which nothing happens any more: what it has never come to, it does not lack."""
        return replace(self, items=tuple(one for one in self.items if one.state is not ItemState.LATER))


def counting(checklist: Checklist, seen: Mapping[str, Seen], *, on: date) -> dict[Want, Seen]:
    """What is seen of all that would count, and is not too old for it."""
    wants = checklist.wants(on)
    return {want: seen[want.what] for want in wants if want.what in seen and seen[want.what].on >= want.since}


def completeness(
    checklist: Checklist,
    seen: Mapping[Want, Seen],
    *,
    on: date,
    traits: Collection[str] = (),
    steps: Collection[str] = (),
    year: int = 0,
) -> Completeness:
    """Lay what is seen beside what belongs into the archive on a day; items for somebody else are left out.

    Source: R37 of the operational requirements: 档案 complete and in order.
    """
    standings = tuple(
        _standing(item, seen, on=on, is_due=item.is_due(steps, year=year, on=on))
        for item in checklist.items
        if item.is_for(traits)
    )
    return Completeness(checklist=checklist.reference, items=standings)


def _standing(item: ChecklistItem, seen: Mapping[Want, Seen], *, on: date, is_due: bool) -> Standing:
    held = tuple(seen[want] for want in item.wants(on) if want in seen)
    missing = ItemState.MISSING if is_due else ItemState.LATER
    return Standing(item=item, state=ItemState.HELD if held else missing, held=held)
