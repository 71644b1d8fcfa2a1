"""Who puts facts about somebody on record is not related to them, by what is on record already."""

from typing import Protocol
from uuid import UUID

from app.services.ports.work import UnitOfWork


class About(Protocol):
    """A person with the place where the person lives, or something about one."""

    @property
    def person_id(self) -> UUID:
        """Whom it is about."""
        ...

    @property
    def region(self) -> str:
        """The path of the place."""
        ...


async def require_unrelated(*about: About, uow: UnitOfWork) -> None:
    """Keep whoever lives with one of them, or is reached or paid like one, from what money and power follow from.

    Raises:
        RelationOnRecord: the caller is related to one; colleagues who are not are named.
    """
    for one in about:
        known = await uow.persons.relations(one.person_id, region=one.region)
        known.require_none({uow.actor.id}, by=uow.actor.id, barred=frozenset())
