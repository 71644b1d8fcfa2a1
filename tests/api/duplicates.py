"""Twins in tests: somebody is registered once more, and the worker compares here and now."""

from typing import Any

from app.adapters.names import ChineseNames
from app.adapters.postgres.duplicate_keeper import PostgresDuplicateKeeper
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.domain.shared.authz import Scope
from app.domain.shared.identity import CitizenNumber
from app.services.duplicate import find_duplicates
from tests.acting import World
from tests.api.registers import database_of
from tests.working import a_caller

NAMES = ChineseNames()
READING = frozenset({Scope.PERSONS_READ})


async def compared_here(world: World) -> int:
    """How many pairs are found among the people of this world who came or changed."""
    database = database_of(world)
    asking = a_caller(world, "county_officer", "list_person_duplicates", scopes=READING)
    async with PostgresUnitOfWork(database, asking) as uow:
        clock_id = uow.clock_id
    return await find_duplicates(PostgresDuplicateKeeper(database), names=NAMES, test_clock_id=clock_id)


async def a_twin(world: World, **changes: Any) -> str:
    """This world's citizen, registered once more without a number and with a blank in the name; the id."""
    citizen = await world.get("township_officer", f"/v1/persons/{world.citizen['person_id']}")
    name = world.citizen["name"]
    twin = {"name": f"{name[0]} {name[1:]}", "birth_date": citizen["birth_date"], "sex": citizen["sex"]}
    registered = await world.post("commissioner", "/v1/persons", twin | {"region_code": "652301104201"} | changes)
    return str(registered["id"])


def another_number(world: World) -> str:
    """The citizen's, as it would be if it had been given in another region."""
    number = CitizenNumber(world.citizen["citizen_number"])
    return CitizenNumber.of(region="990996", born_on=number.born_on, sequence=int(number.value[14:17])).value


async def a_duplicate(world: World, **changes: Any) -> str:
    """The id of the pair of this world's citizen and a twin."""
    twin = await a_twin(world, **changes)
    await compared_here(world)
    return str((await the_pair_of(world, twin))["id"])


async def the_pair_of(world: World, person_id: str) -> dict[str, Any]:
    """The pair of one record, as an officer lists it."""
    query: dict[str, Any] = {"stage": "open", "limit": 100}
    while True:
        page = await world.get("county_officer", "/v1/person-duplicates", **query)
        for pair in page["items"]:
            if person_id in {pair["person_id"], pair["other_id"]}:
                found: dict[str, Any] = pair
                return found
        assert page["next_cursor"], "no such pair"
        query["cursor"] = page["next_cursor"]
