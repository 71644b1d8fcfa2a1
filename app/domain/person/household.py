"""Who lives with whom (共同生活): on record by an officer, for a time, whatever the household register says."""

from collections.abc import Collection, Iterable, Mapping
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


class NotOfTheHousehold(Unprocessable):
    """Somebody is said to move along who does not live with the person, as far as is on record."""

    code = "not_of_the_household"
    title = "They do not live together"


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
class HouseholdParted(Event):
    """From a day on somebody lives without those of the household who have moved away; it is told of who stays."""

    name: ClassVar[str] = "person.household_parted"

    person_id: UUID
    household_id: UUID
    parted_on: date
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


def require_of_household(named: Iterable[UUID], *, household: Iterable[Living], whose: UUID) -> None:
    """Hold those who are said to move along with somebody to who lives there today.

    Raises:
        NotOfTheHousehold: somebody else is named, or the person, or the same one twice.
    """
    at_home = {one.person_id for one in household} - {whose}
    for place, person_id in enumerate(named):
        if person_id not in at_home:
            raise NotOfTheHousehold(
                "Name those who are on record as living with the person today, each once. Read the household first.",
                pointer=f"/with_person_ids/{place}",
            )
        at_home.remove(person_id)


def lacks_head(household: Collection[Living]) -> bool:
    """Say whether some who live together do so around nobody: relations then tell of somebody who is not there.

    Who it is, is said by an officer who has asked them; no rule names one out of those who are left. Whoever lives
    alone needs none. `keep_heads(uuid)` of the database says the same, of all who live there.

    Source: GB/T 4761: relations are those to the one around whom a household is on record.
    """
    return len(household) > 1 and all(one.relation is not Relation.HEAD for one in household)


def move_out(
    household: Iterable[Living], going: Collection[UUID], *, household_id: UUID, since: date, by: UUID, on: date
) -> tuple[Joined, ...]:
    """Part those of a household who move away together from who stays: they live in one of their own from that day on.

    Relations stay what they were; whoever goes alone is the one around whom the new household is on record.

    Raises:
        HouseholdImpossible: they are on record as living together only since that day, or a later one.
    """
    before = [one for one in household if one.person_id in going]
    if any(one.valid_from >= since for one in before):
        raise HouseholdImpossible(
            "They are on record as living together since the day of the move, or a later one. Name who moves along, or "
            "put on record first with whom the person lives.",
            pointer="/moved_on",
        )
    is_alone = len(before) == 1
    after = [
        Living(
            person_id=one.person_id,
            household_id=household_id,
            relation=Relation.HEAD if is_alone else one.relation,
            valid_from=since,
        )
        for one in before
    ]
    return tuple(move_in(living, before=one, by=by, on=on) for living, one in zip(after, before, strict=True))
