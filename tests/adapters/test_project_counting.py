"""The counting of projects when two come at once: the second waits for the first, and finds what is left then."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from tests.acting import World
from tests.api.care import today
from tests.api.projects import enrolled, opened

pytestmark = [pytest.mark.anyio, pytest.mark.database]
ONE_MORE = """
INSERT INTO beneficiary (id, person_id, region_path, project_id, stage, valid_from, valid_to, amount_fen, has_benefited,
    detail_cipher, version)
SELECT gen_random_uuid(), person_id, region_path, project_id, 'enrolled', $2, $2, amount_fen, true, detail_cipher, 1
FROM beneficiary WHERE id = $1
"""
COPIES_GONE = """
DELETE FROM beneficiary WHERE detail_cipher IN (SELECT detail_cipher FROM beneficiary GROUP BY 1 HAVING count(*) > 1)
"""
"""What is sealed for one row is opened for no other."""
WAITS = "SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = $1"


@pytest.fixture
async def two(
    superuser_dsn: Callable[[str], str], superuser: asyncpg.Connection
) -> AsyncIterator[tuple[asyncpg.Connection, asyncpg.Connection]]:
    """Two connections of which each has begun."""
    connections = [await asyncpg.connect(superuser_dsn("postgres")) for _ in range(2)]
    for connection in connections:
        await connection.execute("BEGIN")
        await connection.execute("SELECT set_config('yian.reach', 'cases', true)")
    yield connections[0], connections[1]
    for connection in connections:
        await connection.close()
    async with superuser.transaction():
        await superuser.execute("SELECT set_config('yian.reach', 'cases', true)")
        await superuser.execute(COPIES_GONE)


async def waiting(second: asyncpg.Connection, superuser: asyncpg.Connection, sql: str, *said: Any) -> asyncio.Task[Any]:
    """A statement of the second that waits for the first."""
    task = asyncio.create_task(second.execute(sql, *said))
    while not await superuser.fetchval(WAITS, second.get_server_pid()):
        await asyncio.sleep(0)
        assert not task.done(), task
    return task


async def a_project_with_one(world: World, **changes: Any) -> tuple[UUID, UUID, date]:
    """A project, an entry of yesterday, and today."""
    day = await today(world)
    project = await opened(world, **changes)
    entry = await enrolled(
        world, project, valid_to=str(day - timedelta(days=1)), valid_from=str(day - timedelta(days=1))
    )
    return UUID(project["id"]), UUID(entry["id"]), day


async def test_the_last_place_is_taken_once_and_is_there_again_when_the_first_takes_it_back(
    world: World, superuser: asyncpg.Connection, two: tuple[asyncpg.Connection, asyncpg.Connection]
) -> None:
    for changes in ({"quota": 2}, {"budget_fen": 200_000}):
        for ending in ("COMMIT", "ROLLBACK"):
            project, entry, day = await a_project_with_one(world, **changes)
            first, second = two
            await first.execute(ONE_MORE, entry, day)
            task = await waiting(second, superuser, ONE_MORE, entry, day + timedelta(days=1))

            await first.execute(ending)

            if ending == "COMMIT":
                with pytest.raises(asyncpg.CheckViolationError):
                    await task
                await second.execute("ROLLBACK")
            else:
                await task
                await second.execute("COMMIT")
            held = await superuser.fetchval("SELECT places_held FROM project_account WHERE project_id = $1", project)
            assert held == 2, (changes, ending)
            for connection in two:
                await connection.execute("BEGIN")
                await connection.execute("SELECT set_config('yian.reach', 'cases', true)")


async def test_whoever_comes_while_a_project_is_closed_waits_and_is_not_taken_in(
    world: World, superuser: asyncpg.Connection, two: tuple[asyncpg.Connection, asyncpg.Connection]
) -> None:
    project, entry, day = await a_project_with_one(world)
    first, second = two
    await first.execute("UPDATE project SET stage = 'closed' WHERE id = $1", project)
    task = await waiting(second, superuser, ONE_MORE, entry, day)

    await first.execute("COMMIT")

    with pytest.raises(asyncpg.CheckViolationError, match="the project is not open"):
        await task


async def test_what_is_counted_is_what_is_there_after_all_kinds_of_steps(
    world: World, superuser: asyncpg.Connection
) -> None:
    project, entry, _ = await a_project_with_one(world)
    other = await enrolled(world, {"id": str(project)}, amount_fen=40_000)
    leaving = {"reason": "died", "text": "本人去世。", "has_benefited": True, "spent_fen": 30_000}
    await world.step("township_officer", f"/v1/beneficiaries/{entry}", "end", leaving)
    waiting = await superuser.fetchval("SELECT held_fen FROM project_account WHERE project_id = $1", project)
    await world.step("county_officer", f"/v1/beneficiaries/{entry}", "spending-confirmation")

    counted = await superuser.fetchrow(
        "SELECT places_held, held_fen FROM project_account WHERE project_id = $1", project
    )
    there = await superuser.fetchrow(
        "SELECT count(*) FILTER (WHERE stage = 'enrolled'), "
        "sum(CASE stage WHEN 'enrolled' THEN amount_fen WHEN 'ended' THEN spent_fen ELSE 0 END)::bigint "
        "FROM beneficiary WHERE project_id = $1",
        project,
    )

    assert waiting == 140_000
    assert tuple(counted or ()) == tuple(there or ()) == (1, 70_000)
    assert other["stage"] == "enrolled"


async def test_a_place_that_is_taken_while_a_project_shrinks_is_not_taken_away(
    world: World, superuser: asyncpg.Connection, two: tuple[asyncpg.Connection, asyncpg.Connection]
) -> None:
    project, entry, day = await a_project_with_one(world)
    path, less = f"/v1/projects/{project}", {"budget_fen": 1_000_000, "quota": 1, "text": "名额调减。"}
    asked = await world.step("county_officer", path, "change", less)
    first, _ = two
    await first.execute(ONE_MORE, entry, day)

    allowing = asyncio.create_task(world.try_step("county_approver", path, "change-approval"))
    while not await superuser.fetchval(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query ~ '^\\s*UPDATE project'"
    ):
        await asyncio.sleep(0)
        assert not allowing.done(), allowing
    await first.execute("COMMIT")

    refused = await allowing
    assert (asked["change"]["stage"], refused.json()["code"]) == ("asked", "project_resources_committed")
    assert (await world.get("county_officer", path))["quota"] == 10
