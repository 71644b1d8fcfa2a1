"""Use cases of moves of the home: the place that is left records it, and responsibility goes along at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from app.domain.person import (
    FactSource,
    HouseholdParted,
    Living,
    Person,
    ResidenceMove,
    ResidenceMoved,
    ResidentArrived,
    move_out,
    require_of_household,
)
from app.domain.roster import hand_on
from app.domain.shared.access import has_function
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.transitions import NotYourFunction, OwnCase
from app.services.ports.residence import Relocation
from app.services.ports.work import UnitOfWork

SHOWN = ("residence",)
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """Where somebody has moved to, when, who has moved along, and how that is known."""

    region_code: str
    moved_on: date
    source: FactSource
    along: tuple[UUID, ...] = ()
    """Those of the household who move along; whoever is not named stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Somebody at the new home, whether anybody answers there, and who has moved along."""

    of: Person
    commissioner_id: UUID | None
    along: tuple["Moved", ...] = ()

    @property
    def id(self) -> UUID:
        """The person's id."""
        return self.of.id

    @property
    def version(self) -> int:
        """The person's version."""
        return self.of.version

    @property
    def has_commissioner(self) -> bool:
        """Whether anybody answers there."""
        return self.commissioner_id is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Going:
    """Somebody who moves, as the person was and will be; nothing of it is written yet."""

    before: Person
    after: Person
    move: ResidenceMove
    event: ResidenceMoved


async def record_residence_move(person_id: UUID, moving: Moving, *, version: int, uow: UnitOfWork) -> Moved:
    """Put on record that somebody has moved house, alone or with others of the household.

    The new place knows of all of them from now on, and answers. Whoever stays lives without them from that day on.

    Raises:
        NotYourFunction: the place that one of them leaves is not the caller's.
        RegionNotFound: there is no such place today.
        NotFound: the caller may not know of one who is named.
        OwnCase: the officer would be concerned, by one who moves or by whoever lives with them.
        MoveImpossible, PersonIsDead, NotOfTheHousehold, HouseholdImpossible: see the domain.
    """
    async with uow:
        person = await uow.persons.get(person_id, version=version)
        household = await uow.households.of(person_id, on=uow.today)
        going = [await _going(person, moving, uow=uow)]
        require_of_household(moving.along, household=household, whose=person_id)
        if any(uow.actor.is_concerned(one.person_id) for one in household):
            raise OwnCase("Nobody records what concerns themselves or their own ward. Another officer must.")
        for number, other_id in enumerate(moving.along):
            other = await uow.persons.get(other_id)
            going.append(await _going(other, moving, named_at=f"/with_person_ids/{number}", uow=uow))
        await _part(household, going, uow=uow)
        first = await _carried_out(going[0], beside=None, uow=uow)
        along = [await _carried_out(one, beside=first.commissioner_id, uow=uow) for one in going[1:]]
        return await uow.commit(replace(first, along=tuple(along)))


async def list_residence_moves(person_id: UUID, *, uow: UnitOfWork) -> tuple[ResidenceMove, ...]:
    """Where somebody has moved from and to, as far as it concerns the caller's places; the latest first.

    Raises:
        NotFound: there is no such person that this caller may know of.
    """
    async with uow:
        person = await uow.persons.get(person_id)
        moves = tuple(await uow.residences.of_person(person.id, limit=MOST_SHOWN))
        uow.accessed(person_id, disclosed=SHOWN)
        return await uow.commit(moves)


async def _going(person: Person, moving: Moving, *, uow: UnitOfWork, named_at: str | None = None) -> _Going:
    if not has_function(uow.actor, OPERATIONS["record_residence_move"].roles, region=person.region):
        raise NotYourFunction("Only the place that the person leaves records the move. Pass it on.", pointer=named_at)
    after, move, event = person.move_residence(
        uow.regions.by_code(moving.region_code, on=uow.today).path,
        moved_on=moving.moved_on,
        source=moving.source,
        by=uow.actor,
        on=uow.today,
        is_dead=await uow.residences.is_known_dead(person.id),
        named_at=named_at,
    )
    return _Going(before=person, after=after, move=move, event=event)


async def _part(household: Collection[Living], going: Sequence[_Going], *, uow: UnitOfWork) -> None:
    """End that those who go live with those who stay, and tell it of both, while the old place sees all of them."""
    persons = {one.before.id: one.before for one in going}
    move = going[0].move
    if not await uow.households.has_others(move.person_id, besides=tuple(persons), on=uow.today):
        return
    parted = move_out(
        household, persons.keys(), household_id=uow.new_id(), since=move.moved_on, by=uow.actor.id, on=uow.today
    )
    for joined in parted:
        await uow.households.settle(joined)
        uow.record(joined.event, about=persons[joined.living.person_id])
    for living in household:
        if living.person_id not in persons:
            event = HouseholdParted(
                person_id=living.person_id,
                household_id=living.household_id,
                parted_on=move.moved_on,
                recorded_by=uow.actor.id,
            )
            uow.record(event, about=replace(await uow.persons.get(living.person_id), region=move.left))


async def _carried_out(going: _Going, *, beside: UUID | None, uow: UnitOfWork) -> Moved:
    person_id, move = going.after.id, going.move
    serving = await uow.residences.serving(move.region, person_id=person_id, on=uow.today)
    handed_on = hand_on(serving, beside=beside)
    saved = await uow.residences.move(going.after, Relocation(id=uow.new_id(), move=move, handed_on=handed_on))
    arrived = ResidentArrived(
        person_id=person_id,
        moved_on=move.moved_on,
        commissioner_id=handed_on.commissioner_id,
        recorded_by=uow.actor.id,
    )
    uow.record(going.event, about=replace(saved, region=move.left))
    uow.record(arrived, about=saved)
    uow.accessed(person_id, disclosed=SHOWN)
    return Moved(of=saved, commissioner_id=handed_on.commissioner_id)
