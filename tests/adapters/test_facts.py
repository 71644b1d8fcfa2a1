"""The facts that rules ask for: the same for whoever may ask, and nothing of anybody else is shown with them."""

from datetime import date
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.adapters.postgres.database import Database
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.domain.shared.errors import NotFound
from app.services.ports.facts import HeldFacts
from tests.acting import World, open_world
from tests.working import a_caller, certified

pytestmark = [pytest.mark.anyio, pytest.mark.database]

ANOTHER_COUNTY = "65/6523/652302"
ON = date(2026, 12, 1)


async def facts_for(database: Database, world: World, *, who: str, person: UUID) -> HeldFacts:
    async with PostgresUnitOfWork(database, a_caller(world, who, "match_services")) as uow:
        return await uow.facts.of(person, on=ON)


def holders(facts: HeldFacts) -> int:
    """How many of the household hold a certificate in force."""
    assert facts.home is not None
    return (facts.certificate is not None) + sum(other.holds for other in facts.home.others)


async def moved(superuser: asyncpg.Connection, person: UUID, /, **paths: str) -> None:
    """Let the person's residence, or the certificate, lie elsewhere."""
    for table, path in paths.items():
        column = "id" if table == "person" else "person_id"
        await superuser.execute(f"UPDATE {table} SET region_path = $2 WHERE {column} = $1", person, path)


async def test_holders_of_the_household_count_whether_or_not_the_asker_may_know_of_them(
    database: Database, world: World, superuser: asyncpg.Connection
) -> None:
    neighbour = await open_world(world.api)
    mine, theirs = (UUID(one.citizen["person_id"]) for one in (world, neighbour))
    household = uuid4()
    for one, person in ((world, mine), (neighbour, theirs)):
        await certified(database, one)
        member = "INSERT INTO household_member VALUES ($1, $2, '2020-01-01', 'unknown', NULL)"
        await superuser.execute(member, person, household)
    both = holders(await facts_for(database, world, who="county_officer", person=mine))
    await moved(superuser, theirs, person=ANOTHER_COUNTY, certificate=ANOTHER_COUNTY)
    await superuser.execute("UPDATE person SET registration_path = region_path WHERE id = $1", theirs)

    told = {
        who: holders(await facts_for(database, world, who=who, person=mine))
        for who in ("commissioner", "township_officer", "county_officer")
    }

    assert (both, told) == (2, dict.fromkeys(told, 2))
    with pytest.raises(NotFound):
        await facts_for(database, world, who="commissioner", person=theirs)


async def test_a_certificate_of_another_place_is_a_fact_where_the_person_lives(
    database: Database, world: World, superuser: asyncpg.Connection
) -> None:
    person = UUID(world.citizen["person_id"])
    await certified(database, world)
    await moved(superuser, person, certificate=ANOTHER_COUNTY)

    held = await facts_for(database, world, who="commissioner", person=person)

    assert held.certificate is not None
