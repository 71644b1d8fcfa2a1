"""What a night finds due: in every place, once, by one worker or by two, and whole or not at all when one is killed."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from typing_extensions import override

from app.adapters.postgres import gate
from app.adapters.postgres.database import Database
from app.adapters.postgres.offer_keeper import PostgresOfferKeeper
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.domain.shared.authz import Reach
from app.services.offering import expire_offers, make_offers, offer_page
from app.services.ports.caller import NOBODY, by_itself
from app.services.ports.clock import Pointer
from app.services.ports.offer import Place
from tests.acting import World
from tests.working import certified, own_database

pytestmark = [pytest.mark.anyio, pytest.mark.database]

COUNTY = "65/6523/652301"
POOR = "UPDATE economic_status SET status = 'subsistence_allowance', source = 'authority' WHERE person_id = $1"
MADE = "SELECT item FROM offer WHERE person_id = $1 ORDER BY item"
DUE = ["CARE-SUNSHINE", "living_subsidy", "nursing_subsidy", "pension_premium"]


@pytest.fixture
async def database(installed: Any) -> AsyncIterator[Database]:
    async with own_database(installed.settings) as opened:
        yield opened


@pytest.fixture
async def entitled(database: Database, world: World, superuser: asyncpg.Connection) -> World:
    await certified(database, world)
    await superuser.execute(POOR, UUID(world.citizen["person_id"]))
    return world


class Killed(PostgresUnitOfWork):
    """One that is killed with all its work done, before anything is durable."""

    @override
    async def commit(self, result: Any) -> Any:
        raise asyncio.CancelledError


class Mortal(PostgresOfferKeeper):
    """A keeper whose worker is killed."""

    @override
    def open_work(self, place: Place | Pointer, *, what: str) -> PostgresUnitOfWork:
        caller = by_itself(what, request_id=what)
        admit = gate.by_itself(region=place.region, test_clock_id=place.test_clock_id)
        return Killed(self._database, caller, admit=admit)


async def clock_of(superuser: asyncpg.Connection, world: World) -> UUID:
    clock: UUID = await superuser.fetchval("SELECT clock_id FROM client WHERE id = $1", UUID(world.opened["client_id"]))
    return clock


async def offered(superuser: asyncpg.Connection, world: World) -> list[str]:
    return [row["item"] for row in await superuser.fetch(MADE, UUID(world.citizen["person_id"]))]


async def test_a_night_makes_what_is_due_and_the_next_one_makes_none(
    database: Database, entitled: World, superuser: asyncpg.Connection
) -> None:
    keeper, clock_id = PostgresOfferKeeper(database), await clock_of(superuser, entitled)

    first = await make_offers(keeper, test_clock_id=clock_id)
    second = await make_offers(keeper, test_clock_id=clock_id)

    assert (first, second) == (len(DUE), 0)
    assert await offered(superuser, entitled) == DUE
    actors = "SELECT DISTINCT actor_id FROM event WHERE name = 'offer.made' AND person_id = $1"
    assert await superuser.fetchval(actors, UUID(entitled.citizen["person_id"])) == NOBODY


async def test_two_workers_make_nothing_twice(
    database: Database, entitled: World, superuser: asyncpg.Connection
) -> None:
    keeper, clock_id = PostgresOfferKeeper(database), await clock_of(superuser, entitled)

    made = await asyncio.gather(*(make_offers(keeper, test_clock_id=clock_id) for _ in range(2)))

    assert sum(made) == len(DUE)
    assert await offered(superuser, entitled) == DUE


async def test_who_comes_while_another_has_the_place_passes_on(database: Database, entitled: World) -> None:
    keeper = PostgresOfferKeeper(database)
    place = Place(region=COUNTY, test_clock_id=None)

    async with keeper.open_work(place, what="make_offers") as there:
        assert await there.offers.take_turn(COUNTY)
        late = await offer_page(None, place=place, uow=keeper.open_work(place, what="make_offers"))

    assert late is None


async def test_one_that_is_killed_has_made_none_and_the_next_makes_all(
    database: Database, entitled: World, superuser: asyncpg.Connection
) -> None:
    clock_id = await clock_of(superuser, entitled)

    with pytest.raises(asyncio.CancelledError):
        await make_offers(Mortal(database), test_clock_id=clock_id)

    assert await offered(superuser, entitled) == []
    assert await make_offers(PostgresOfferKeeper(database), test_clock_id=clock_id) == len(DUE)


async def test_the_places_of_a_deployment_are_those_that_offer_packages(database: Database) -> None:
    places = await PostgresOfferKeeper(database).places(test_clock_id=None)

    regions = [place.region for place in places]
    assert COUNTY in regions
    assert len(regions) == len({*regions})
    assert not any(one != other and one.startswith(f"{other}/") for one in regions for other in regions)


async def test_open_offers_run_out_by_each_ones_own_time(
    database: Database, entitled: World, superuser: asyncpg.Connection
) -> None:
    keeper, clock_id = PostgresOfferKeeper(database), await clock_of(superuser, entitled)
    await make_offers(keeper, test_clock_id=clock_id)

    assert await expire_offers(keeper, test_clock_id=clock_id) == 0
    forward = "UPDATE clock SET offset_seconds = offset_seconds + 31 * 86400 WHERE id = $1"
    await superuser.execute(forward, clock_id)

    assert await expire_offers(keeper, test_clock_id=clock_id) == len(DUE)
    stages = "SELECT DISTINCT stage FROM offer WHERE person_id = $1"
    assert await superuser.fetchval(stages, UUID(entitled.citizen["person_id"])) == "expired"


async def test_who_looks_for_what_has_run_out_sees_open_offers_and_changes_none(
    database: Database, entitled: World, superuser: asyncpg.Connection
) -> None:
    await make_offers(PostgresOfferKeeper(database), test_clock_id=await clock_of(superuser, entitled))

    async with database.pool.acquire() as connection, connection.transaction():
        await gate.step_in(connection, reach=Reach.CLOCKS)
        seen = await connection.fetchval("SELECT count(*) FROM offer")
        changed = await connection.execute("UPDATE offer SET version = version")

    assert seen >= len(DUE)
    assert changed == "UPDATE 0"
