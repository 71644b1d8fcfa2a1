"""Use cases of households: who lives with whom, and the flags of special difficulty that follow from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.domain.flag import Derived
from app.domain.person import HouseholdImpossible, Living, Person, Relation, move_in
from app.domain.shared.transitions import OwnCase
from app.services.facts import derived_flags
from app.services.ports.work import UnitOfWork

SHOWN = ("household",)


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdView:
    """A person's household, as far as the caller may know of its members."""

    of: Person
    members: tuple[Living, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveIn:
    """With whom somebody lives from a day on."""

    with_person: UUID | None
    """None: in a household of one's own, alone until somebody joins."""
    relation: Relation
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagsView:
    """All flags of a person on a day."""

    person_id: UUID
    on: date
    flags: tuple[Derived, ...]


async def get_household(person_id: UUID, *, uow: UnitOfWork) -> HouseholdView:
    """Who lives with a person today."""
    async with uow:
        return await _shown(await uow.persons.get(person_id), uow=uow)


async def record_household(person_id: UUID, move: MoveIn, *, version: int, uow: UnitOfWork) -> HouseholdView:
    """Put on record with whom a person lives; whoever is joined and was in no household is its head from that day.

    Raises:
        NotFound: the caller may know of neither the one nor the other.
        OwnCase: the officer would be concerned, as either of the two or as who lives with one of them.
        LivesThere, HouseholdImpossible: see the domain.
    """
    async with uow:
        person = await uow.persons.get(person_id, version=version)
        await _require_unconcerned([person.id, *filter(None, [move.with_person])], uow=uow)
        household = await _household_of(move, person=person, uow=uow)
        relation = Relation.HEAD if move.with_person is None else move.relation
        await _join(person, household, relation=relation, since=move.since, uow=uow)
        return await _shown(await uow.persons.touch(person), uow=uow)


async def get_flags(person_id: UUID, *, uow: UnitOfWork) -> FlagsView:
    """What follows today from household, certificate and registers, with reasons and versions of rules."""
    async with uow:
        held = await uow.facts.of(person_id, on=uow.today)
        flags = derived_flags(held, rules=uow.rulebook.at(held.person.region, held.on))
        uow.accessed(person_id, disclosed=("flags",))
        return await uow.commit(FlagsView(person_id=person_id, on=held.on, flags=flags))


async def _require_unconcerned(person_ids: Iterable[UUID], *, uow: UnitOfWork) -> None:
    for person_id in person_ids:
        at_home = await uow.households.of(person_id, on=uow.today)
        if any(map(uow.actor.is_concerned, (person_id, *(one.person_id for one in at_home)))):
            raise OwnCase("Nobody records what concerns themselves or their own ward. Another officer must.")


async def _household_of(move: MoveIn, *, person: Person, uow: UnitOfWork) -> UUID:
    if move.with_person is None:
        return uow.new_id()
    if move.with_person == person.id:
        raise HouseholdImpossible(
            "Nobody lives with themself. Name another person, or none.", pointer="/with_person_id"
        )
    other = await uow.persons.get(move.with_person)
    known = await uow.households.living_of(other.id, on=move.since)
    if known is not None:
        return known.household_id
    household = uow.new_id()
    await _join(other, household, relation=Relation.HEAD, since=move.since, uow=uow)
    uow.accessed(other.id, disclosed=SHOWN)
    return household


async def _join(person: Person, household: UUID, *, relation: Relation, since: date, uow: UnitOfWork) -> None:
    living = Living(person_id=person.id, household_id=household, relation=relation, valid_from=since)
    before = await uow.households.living_of(person.id, on=uow.today)
    joined = move_in(living, before=before, by=uow.actor.id, on=uow.today)
    await uow.households.settle(joined)
    uow.record(joined.event, about=person)


async def _shown(person: Person, *, uow: UnitOfWork) -> HouseholdView:
    members = await uow.households.of(person.id, on=uow.today)
    uow.accessed(person.id, disclosed=SHOWN)
    return await uow.commit(HouseholdView(of=person, members=members))
