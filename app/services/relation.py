"""Who puts facts about somebody on record is not related to them, by what is on record already."""

from app.domain.person import Person
from app.services.ports.work import UnitOfWork


async def require_unrelated(*persons: Person, uow: UnitOfWork) -> None:
    """Keep whoever lives with one of them, or is reached or paid like one, from what money and power follow from.

    Raises:
        RelationOnRecord: the caller is related to one; colleagues who are not are named.
    """
    for person in persons:
        known = await uow.persons.relations(person)
        known.require_none({uow.actor.id}, by=uow.actor.id, barred=frozenset())
