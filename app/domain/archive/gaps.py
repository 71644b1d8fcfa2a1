"""How many archives of a place lack what: counted over people who are alike, so that nobody is named."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.archive.checklist import Checklist, ChecklistItem, Want
from app.domain.archive.completeness import ItemState, Seen, completeness


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """So many people of one place for whom the same items are, and of whom the same is there."""

    region: str
    traits: frozenset[str]
    held: frozenset[Want]
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCount:
    """Of one item in one place: how many archives it belongs into, and how many lack it."""

    item: ChecklistItem
    required: int
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCount:
    """Of one place: how many archives there are, how many are complete, and what the others lack."""

    region: str
    people: int
    complete: int
    items: tuple[ItemCount, ...]


def together(checklist: Checklist, counts: Iterable[PlaceCount]) -> tuple[PlaceCount, ...]:
    """The counts of places as one for each region that they name: villages as their township."""
    people, complete = Counter[str](), Counter[str]()
    required, missing = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for count in counts:
        people[count.region] += count.people
        complete[count.region] += count.complete
        for one in count.items:
            required[count.region, one.item.code] += one.required
            missing[count.region, one.item.code] += one.missing
    return _placed(checklist, people=people, complete=complete, required=required, missing=missing)


def count_missing(checklist: Checklist, alike: Iterable[Alike], *, on: date) -> tuple[PlaceCount, ...]:
    """Count, place by place, whose archives lack what; the same function decides as for one person.

    Source: R37 of the operational requirements: a report of missing items.
    """
    people, complete = Counter[str](), Counter[str]()
    required, missing = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for group in alike:
        seen = {want: Seen(what=want.what, on=on) for want in group.held}
        whole = completeness(checklist, seen, on=on, traits=group.traits)
        people[group.region] += group.people
        complete[group.region] += 0 if whole.missing else group.people
        for standing in whole.items:
            place = group.region, standing.item.code
            required[place] += group.people
            missing[place] += group.people if standing.state is ItemState.MISSING else 0
    return _placed(checklist, people=people, complete=complete, required=required, missing=missing)


def _placed(
    checklist: Checklist,
    *,
    people: Mapping[str, int],
    complete: Mapping[str, int],
    required: Mapping[tuple[str, str], int],
    missing: Mapping[tuple[str, str], int],
) -> tuple[PlaceCount, ...]:
    return tuple(
        PlaceCount(
            region=region,
            people=people[region],
            complete=complete[region],
            items=tuple(
                ItemCount(item=item, required=required[region, item.code], missing=missing[region, item.code])
                for item in checklist.items
                if required[region, item.code]
            ),
        )
        for region in sorted(people)
    )
