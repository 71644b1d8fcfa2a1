"""Whatever a worker dies of, at whichever statement: the next one repeats a chunk at most, and no trace is seen."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

import asyncpg
import pytest

from app.adapters.postgres.database import Database
from app.adapters.postgres.job_queue import LEASE
from app.domain.shared.errors import Unavailable
from app.main import real_time
from tests.acting import World
from tests.api.bulk import a_worker, supplied, work, worked_off
from tests.faults.mortal import Blow, Fate, MortalPool

Done = TypeVar("Done")
pytestmark = [pytest.mark.anyio, pytest.mark.database]

TABLE = b"number,name\n" + b"".join(b"%d,x\n" % number for number in range(2_010))
CHUNKS = 2
MOST_STATEMENTS = 20
RECORDS = "SELECT count(*) FROM job_result WHERE job_id = $1::uuid"


@pytest.fixture
async def worker(installed: Any) -> AsyncIterator[Database]:
    async with a_worker(installed) as database:
        await worked_off(database)
        yield database


def later(database: Database) -> Database:
    """The same for a worker that comes when the lease of the dead one is over."""
    return replace(database, real_time=lambda: real_time() + LEASE + timedelta(seconds=1))


async def recovered(doing: Callable[[], Awaitable[Done]]) -> Done:
    """What the worker's next rounds do, whatever dead connections they still meet."""
    for _ in range(5):
        with suppress(Unavailable):
            return await doing()
    pytest.fail("the worker does not recover")


async def results_of(world: World, job: dict[str, Any]) -> bytes:
    answer = await world.call("portal", "GET", f"/v1/jobs/{job['id']}/results", params={"limit": 10_000})
    return answer.content


@pytest.mark.parametrize("blow", Blow)
async def test_a_worker_that_dies_repeats_one_chunk_at_most_and_the_results_are_the_same(
    world: World, worker: Database, superuser: asyncpg.Connection, *, blow: Blow
) -> None:
    undisturbed = await supplied(world, TABLE)
    await worked_off(worker)
    expected, fate = await results_of(world, undisturbed), Fate(superuser)
    struck = 0

    for number in range(1, MOST_STATEMENTS):
        job = await supplied(world, TABLE)
        fate.arm(0, blow)
        await recovered(lambda: work(worker))
        fate.arm(number, blow)
        task = asyncio.ensure_future(work(replace(worker, pool=MortalPool(worker.pool, fate))))
        await asyncio.wait({task})
        assert task.cancelled() or task.done()
        struck += bool(fate.struck)
        task.cancelled() or task.exception()
        done = await superuser.fetchval("SELECT chunks FROM job WHERE id = $1::uuid", job["id"])
        await recovered(lambda: worked_off(later(worker)))

        assert done in {1, CHUNKS}
        assert await results_of(world, job) == expected
        assert await superuser.fetchval(RECORDS, job["id"]) == CHUNKS
        if not fate.struck:
            break

    assert struck >= 8


async def test_two_workers_at_one_chunk_do_it_once(
    world: World, worker: Database, superuser: asyncpg.Connection
) -> None:
    job = await supplied(world, TABLE)

    await asyncio.gather(*(worked_off(later(worker)) for _ in range(2)), return_exceptions=True)
    await worked_off(later(worker))

    shown = await world.get("portal", f"/v1/jobs/{job['id']}")
    assert (shown["state"], shown["progress"]["rows"], shown["progress"]["chunks"]) == ("finished", 2_010, CHUNKS)
    assert await superuser.fetchval(RECORDS, job["id"]) == CHUNKS
