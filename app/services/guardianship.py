"""Use cases of guardianships: an officer who has seen the proof puts on record who acts for a person, how long."""

from datetime import date
from uuid import UUID

from app.domain.person import Guardianship, GuardianshipRules, Person
from app.services.ports.work import UnitOfWork
from app.services.relation import require_unrelated

SHOWN = ("household",)


async def get_guardianships(person_id: UUID, *, uow: UnitOfWork) -> Person:
    """Who acts for a person, and who did."""
    async with uow:
        person = await uow.persons.get(person_id)
        uow.accessed(person.id, disclosed=SHOWN)
        return await uow.commit(person)


async def record_guardianship(person_id: UUID, link: Guardianship, *, version: int, uow: UnitOfWork) -> Person:
    """Put on record who acts for the person; from today on, that person does so with a token of their own.

    Raises:
        NotFound: the caller may know of neither the one nor the other.
        GuardianshipUnproved, GuardianshipImpossible, GuardianshipExists, OwnCase: see the domain.
        RelationOnRecord: the officer is related to one of the two.
    """
    async with uow:
        person = await uow.persons.get(person_id, version=version)
        guardian = await uow.persons.get(link.guardian_id)
        rules = GuardianshipRules.of(uow.rulebook.at(person.region, uow.today))
        known, event = person.record_guardianship(link, by=uow.actor, on=uow.today, rules=rules)
        await require_unrelated(person, guardian, uow=uow)
        uow.persons.add_guardianship(person.id, known.guardians[-1])
        saved = await uow.persons.touch(known)
        uow.record(event, about=saved)
        uow.accessed(person.id, guardian.id, disclosed=SHOWN)
        return await uow.commit(saved)


async def end_guardianship(
    person_id: UUID, guardian_id: UUID, *, last_day: date | None, version: int, uow: UnitOfWork
) -> Person:
    """Let nobody act for the person after a day; yesterday, where it must end at once.

    Raises:
        RelationOnRecord: the officer is related to one of the two.
        GuardianshipNotFound, GuardianshipImpossible, OwnCase: see the domain.
    """
    async with uow:
        person = await uow.persons.get(person_id, version=version)
        known, ended, event = person.end_guardianship(
            guardian_id, last_day=last_day or uow.today, by=uow.actor, on=uow.today
        )
        guardian = await uow.persons.get_many([guardian_id])
        await require_unrelated(person, *guardian.values(), uow=uow)
        await uow.persons.end_guardianship(person.id, ended)
        saved = await uow.persons.touch(known)
        uow.record(event, about=saved)
        uow.accessed(person.id, guardian_id, disclosed=SHOWN)
        return await uow.commit(saved)
