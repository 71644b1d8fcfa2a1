"""The walls of waiting lists and of places: who sees a row, and who may say how many places there are."""

from collections.abc import AsyncIterator, Callable
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.adapters.postgres import gate
from app.adapters.postgres.roles import APP
from tests.acting import World
from tests.api.test_waiting import a_full_service, waits

pytestmark = [pytest.mark.anyio, pytest.mark.database]
HERE, ELSEWHERE = "{65/6523/652301/}", "{65/6523/652324/}"
SAID = "UPDATE service_place SET elsewhere = 0 WHERE service_id = $1 AND maximum IS NOT NULL RETURNING 1"


@pytest.fixture
async def connection(superuser_dsn: Callable[[str], str]) -> AsyncIterator[asyncpg.Connection]:
    opened = await asyncpg.connect(superuser_dsn(APP))
    await opened.execute("BEGIN")
    yield opened
    await opened.close()


async def step_in(connection: asyncpg.Connection, *, areas: str = "{}", parties: str = "{}") -> None:
    await gate.step_in(connection, reach="cases", areas=areas, parties=parties, subject=str(uuid4()))


async def test_a_list_is_shown_to_its_place_and_the_person_and_to_no_provider(
    connection: asyncpg.Connection, world: World
) -> None:
    need, service = await a_full_service(world)
    entry = UUID((await waits(world, need, service))["id"])
    seen = []
    for areas, parties in (
        (HERE, "{}"),
        ("{}", f"{{{world.citizen['person_id']}}}"),
        (ELSEWHERE, "{}"),
        ("{}", f"{{{service['organisation_id']}}}"),
    ):
        await step_in(connection, areas=areas, parties=parties)
        seen.append(await connection.fetchval("SELECT true FROM waiting_entry WHERE id = $1", entry))

    assert seen == [True, True, None, None]


async def test_the_service_carries_no_entry_to_another_need_or_list(
    connection: asyncpg.Connection, world: World
) -> None:
    need, service = await a_full_service(world)
    await waits(world, need, service)
    await step_in(connection, areas=HERE)

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute("UPDATE waiting_entry SET need_id = $1", uuid4())


async def test_only_the_organisation_that_offers_a_service_says_its_places_and_counts_none_itself(
    connection: asyncpg.Connection, world: World
) -> None:
    _, service = await a_full_service(world)
    said = []
    for parties in (f"{{{uuid4()}}}", f"{{{service['organisation_id']}}}"):
        await step_in(connection, parties=parties)
        said.append(bool(await connection.fetch(SAID, UUID(service["id"]))))

    assert said == [False, True]
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute("UPDATE service_place SET held = 0")
