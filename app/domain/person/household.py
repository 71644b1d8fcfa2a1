"""Who lives with whom (共同生活): on record by an officer, for a time, whatever the household register says."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar
from uuid import UUID

from app.domain.shared.errors import AlreadyExists, Unprocessable
from app.domain.shared.events import Event


class Relation(StrEnum):
    """What somebody is to the one around whom a household is on record. Source: GB/T 4761, in one digit."""

    HEAD = "head"
    """本人: the one around whom it is on record."""
    SPOUSE = "spouse"
    CHILD = "child"
    GRANDCHILD = "grandchild"
    PARENT = "parent"
    GRANDPARENT = "grandparent"
    SIBLING = "sibling"
    OTHER = "other"
    UNKNOWN = "unknown"


_PARENTS: Mapping[Relation, frozenset[Relation]] = MappingProxyType(
    {
        Relation.HEAD: frozenset({Relation.PARENT}),
        Relation.SIBLING: frozenset({Relation.PARENT}),
        Relation.CHILD: frozenset({Relation.HEAD, Relation.SPOUSE}),
        Relation.PARENT: frozenset({Relation.GRANDPARENT}),
    }
)


def is_parent(other: Relation, *, of: Relation) -> bool:
    """Say whether one member of a household is a parent of another, as far as their relations tell.

    >>> is_parent(Relation.HEAD, of=Relation.CHILD), is_parent(Relation.HEAD, of=Relation.SIBLING)
    (True, False)
    """
    return other in _PARENTS.get(of, frozenset())


class HouseholdImpossible(Unprocessable):
    """Somebody would live with themself, or from a day that cannot be."""

    code = "household_impossible"
    title = "This household cannot be"


class LivesThere(AlreadyExists):
    """The two live together already, in this relation."""

    code = "lives_there"
    title = "They live together already"


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdJoined(Event):
    """From a day on somebody lives in a household; with whom stays with the household."""

    name: ClassVar[str] = "person.household_joined"

    person_id: UUID
    household_id: UUID
    relation: Relation
    valid_from: date
    recorded_by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Living:
    """That somebody lives in a household for a time. Nobody lives in two on one day.

    Source: the operational definitions under `flag.*`; the household register (户口簿) is another thing.
    """

    person_id: UUID
    household_id: UUID
    relation: Relation
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What a move into a household leaves on record."""

    living: Living
    ended: Living | None
    event: HouseholdJoined


def move_in(living: Living, *, before: Living | None, by: UUID, on: date) -> Joined:
    """Put on record with whom somebody lives from a day on; where the person lived before ends on the eve.

    Raises:
        LivesThere: nothing would change.
        HouseholdImpossible: the day lies in the future, or not after the last change.
    """
    if before is not None and (before.household_id, before.relation) == (living.household_id, living.relation):
        raise LivesThere("The two are on record as living together, in this relation.")
    if living.valid_from > on or (before is not None and living.valid_from <= before.valid_from):
        raise HouseholdImpossible(
            "Give the first day: after the last change that is on record, and not in the future.", pointer="/since"
        )
    ended = None if before is None else replace(before, valid_to=living.valid_from - timedelta(days=1))
    event = HouseholdJoined(
        person_id=living.person_id,
        household_id=living.household_id,
        relation=living.relation,
        valid_from=living.valid_from,
        recorded_by=by,
    )
    return Joined(living=living, ended=ended, event=event)
