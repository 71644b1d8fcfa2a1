"""What the worker does each night for questions about all: it lays what is known of people side by side.

The same hands gather the facts of one person and of all, so that one reading cannot drift from the other.
"""

from uuid import UUID

from app.services.facts import known
from app.services.ports.offer import OfferKeeper, Place
from app.services.ports.population import KnownPerson
from app.services.ports.work import UnitOfWork

PEOPLE_AT_ONCE = 500


async def keep_facts(keeper: OfferKeeper, *, test_clock_id: UUID | None = None) -> int:
    """Go through the people of all places where something is offered; of how many the facts were put down.

    With a test clock: through the people of its sandbox client alone.
    """
    kept = 0
    for place in await keeper.places(test_clock_id=test_clock_id):
        after: UUID | None = None
        while people := await keep_page(after, place=place, uow=keeper.open_work(place, what="keep_facts")):
            kept, after = kept + len(people), people[-1]
    return kept


async def keep_page(after: UUID | None, *, place: Place, uow: UnitOfWork) -> list[UUID]:
    """Put down the facts of so many people, in place of those of the night before."""
    async with uow:
        people = await uow.population.people(
            place.region, clock_id=place.test_clock_id, after=after, limit=PEOPLE_AT_ONCE
        )
        held = await uow.facts.of_many(people, on=uow.today)
        await uow.population.keep(
            [
                KnownPerson(
                    person_id=one.person.id, facts=known(one, rules=uow.rulebook.at(one.person.region, uow.today))
                )
                for one in held
            ],
            clock_id=place.test_clock_id,
        )
        return await uow.commit(people)
