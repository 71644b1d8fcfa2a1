"""Groups that leave nobody out (一个不能少): proposed by area or by category, adopted by a named human."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.shared.identity import Category
from app.domain.shared.region import contains


class GroupKind(StrEnum):
    """By what people are grouped."""

    AREA = "area"
    """按区域"""
    CATEGORY = "category"
    """按残疾类别"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How many people of one category are on the roster of one place; None for those without a certificate."""

    region: str
    category: Category | None
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupDraft:
    """A group: everybody of an area, or everybody of a category there. Whoever moves in belongs to it at once."""

    kind: GroupKind
    region: str
    category: Category | None
    people: int

    def covers(self, cell: Cell) -> bool:
        """Say whether the people of a cell belong to it."""
        return contains(self.region, cell.region) and self.category in {None, cell.category}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Groups that together cover everybody of an area."""

    groups: tuple[GroupDraft, ...]

    @property
    def digest(self) -> str:
        """What an adopter names, so that just this is adopted and nothing that has changed since."""
        said = "\n".join(f"{one.kind} {one.region} {one.category or ''} {one.people}" for one in self.groups)
        return hashlib.sha256(said.encode()).hexdigest()


def propose(cells: Iterable[Cell], *, by: GroupKind, within: str, least: int) -> Proposal:
    """Groups of at least so many, of places as small as that allows; what is too small joins the place above.

    What is still too small in the whole area, or of no category, is in one group of the area: nobody is left out.
    """
    listed = tuple(cells)
    kept: list[GroupDraft] = []
    rest: Counter[str] = Counter()
    for category in sorted({cell.category for cell in listed if cell.category} if by is GroupKind.CATEGORY else set()):
        found, left = _gathered({c.region: c.people for c in listed if c.category is category}, within, least)
        kept += [_of_category(category, region, people) for region, people in found.items()]
        rest.update(left)
    for cell in listed:
        if by is GroupKind.AREA or cell.category is None:
            rest[cell.region] += cell.people
    found, left = _gathered(rest, within, least)
    over = sum(left.values())
    kept += [_of_area(region, people) for region, people in found.items()]
    kept += [_of_area(within, over)] if over else []
    return Proposal(groups=tuple(sorted(kept, key=_place)))


def uncovered(cells: Iterable[Cell], groups: Iterable[GroupDraft]) -> tuple[Cell, ...]:
    """The cells whose people belong to no group."""
    known = tuple(groups)
    return tuple(cell for cell in cells if not any(group.covers(cell) for group in known))


def _gathered(people: Mapping[str, int], within: str, least: int) -> tuple[dict[str, int], dict[str, int]]:
    """The places that hold enough, the small ones gathered in the place above; and who is too few even in `within`."""
    found: dict[str, int] = {}
    open_places = Counter(people)
    while deeper := [region for region in open_places if region != within]:
        lowest = max(deeper, key=lambda region: (region.count("/"), region))
        count = open_places.pop(lowest)
        if count >= least:
            found[lowest] = count
        elif count:
            open_places[lowest.rpartition("/")[0]] += count
    if open_places[within] >= least:
        found[within] = open_places.pop(within)
    return found, {region: count for region, count in open_places.items() if count}


def _of_area(region: str, people: int) -> GroupDraft:
    return GroupDraft(kind=GroupKind.AREA, region=region, category=None, people=people)


def _of_category(category: Category, region: str, people: int) -> GroupDraft:
    return GroupDraft(kind=GroupKind.CATEGORY, region=region, category=category, people=people)


def _place(group: GroupDraft) -> tuple[str, str, int]:
    return group.region, group.kind, group.category or 0
