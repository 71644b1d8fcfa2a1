"""Use case of moves of the household registration: the place that it leaves puts on record where it has gone."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from app.domain.person import Person
from app.domain.shared.access import has_function
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.transitions import NotYourFunction
from app.services.ports.work import UnitOfWork
from app.services.relation import require_unrelated


async def record_registration_move(
    person_id: UUID, *, version: int, region_code: str, moved_on: date, uow: UnitOfWork
) -> Person:
    """Put on record that the registration has moved; from now on the offices of the new place know of the person.

    Raises:
        NotYourFunction: the place that it leaves is not the caller's.
        RegionNotFound: there is no such place.
        MoveImpossible, OwnCase: see the domain.
        RelationOnRecord: the officer is related to the person.
    """
    async with uow:
        person = await uow.persons.get(person_id, version=version)
        if not has_function(uow.actor, OPERATIONS["record_registration_move"].roles, region=person.registration_region):
            raise NotYourFunction("Only the place that the registration leaves records the move. Pass it on.")
        moved, event = person.move_registration(
            uow.regions.by_code(region_code).path, moved_on=moved_on, by=uow.actor, on=uow.today
        )
        await require_unrelated(person, uow=uow)
        saved = await uow.persons.move_registration(moved)
        # It is told where the person was registered: the new place learns of it with the person.
        uow.record(event, about=replace(saved, region=person.registration_region))
        uow.accessed(person.id, disclosed=("registration",))
        return await uow.commit(saved)
