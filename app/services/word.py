"""Whose word a command brings: the person's own, a guardian's, or one that a portal or an officer hands on."""

from uuid import UUID

from app.domain.shared.access import Role
from app.domain.shared.voice import Voice, Word, word_of
from app.services.ports.work import UnitOfWork


async def word_given(person_id: UUID, *, region: str, said_by: Voice | None, uow: UnitOfWork) -> Word:
    """The word that the caller brings; who may act for a person is looked up where somebody claims to.

    Raises:
        NotThePerson, NotYourFunction, WordMissing: see the domain.
    """
    guardians = await uow.facts.guardians_of(person_id, on=uow.today) if uow.actor.has(Role.CITIZEN) else ()
    return word_of(uow.actor, person_id=person_id, region=region, guardians=guardians, said_by=said_by)
