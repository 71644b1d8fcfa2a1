"""Use cases of moves of the home: the place that is left records it, and responsibility goes along at once."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from app.domain.person import FactSource, Person, ResidenceMove, ResidentArrived
from app.domain.roster import hand_on
from app.domain.shared.access import has_function
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.transitions import NotYourFunction
from app.services.ports.residence import Relocation
from app.services.ports.work import UnitOfWork

SHOWN = ("residence",)
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """Where somebody has moved to, when, and how that is known."""

    region_code: str
    moved_on: date
    source: FactSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Somebody at the new home, and whether anybody answers there."""

    of: Person
    has_commissioner: bool

    @property
    def id(self) -> UUID:
        """The person's id."""
        return self.of.id

    @property
    def version(self) -> int:
        """The person's version."""
        return self.of.version


async def record_residence_move(person_id: UUID, moving: Moving, *, version: int, uow: UnitOfWork) -> Moved:
    """Put on record that somebody has moved house; the new place knows of the person from now on, and answers.

    Raises:
        NotYourFunction: the place that is left is not the caller's.
        RegionNotFound: there is no such place today.
        MoveImpossible, PersonIsDead, OwnCase: see the domain.
    """
    async with uow:
        person = await uow.persons.get(person_id, version=version)
        if not has_function(uow.actor, OPERATIONS["record_residence_move"].roles, region=person.region):
            raise NotYourFunction("Only the place that the person leaves records the move. Pass it on.")
        place = uow.regions.by_code(moving.region_code, on=uow.today).path
        moved, move, event = person.move_residence(
            place,
            moved_on=moving.moved_on,
            source=moving.source,
            by=uow.actor,
            on=uow.today,
            is_dead=await uow.residences.is_known_dead(person_id),
        )
        handed_on = hand_on(await uow.residences.serving(place, person_id=person_id, on=uow.today))
        relocation = Relocation(id=uow.new_id(), move=move, handed_on=handed_on)
        saved = await uow.residences.move(moved, relocation)
        arrived = ResidentArrived(
            person_id=person_id,
            moved_on=move.moved_on,
            commissioner_id=handed_on.commissioner_id,
            recorded_by=uow.actor.id,
        )
        uow.record(event, about=replace(saved, region=person.region))
        uow.record(arrived, about=saved)
        uow.accessed(person_id, disclosed=SHOWN)
        return await uow.commit(Moved(of=saved, has_commissioner=handed_on.commissioner_id is not None))


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
