"""Whatever a worker dies of, at whichever statement: the next one repeats a chunk at most, and no trace is seen."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeVar

import asyncpg
import pytest

from app.adapters.postgres.database import Database
from app.adapters.postgres.job_queue import LEASE
from app.domain.shared.errors import Unavailable
from app.domain.shared.identity import CitizenNumber
from app.main import real_time
from tests.acting import World
from tests.api.bulk import a_worker, supplied, work, worked_off
from tests.api.registers import approved, waiting
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


REGISTERED = "SELECT count(*) FROM certificate WHERE region_path LIKE '65/6523/652301/652301105%'"
MANY = 2_010


def a_register(batch: int) -> str:
    """Rows about people whom nobody knows, more than a chunk of them; each batch is of others."""
    born_on = (date(1900, 1, 1) + timedelta(days=7 * batch + number // 900) for number in range(MANY))
    citizens = [
        CitizenNumber.of(region="990301", born_on=born, sequence=1 + number % 900)
        for number, born in enumerate(born_on)
    ]
    lines = (f"样来客,{one.value},{one.value}41,652301105,20240131" for one in citizens)
    return "\n".join(["姓名,身份证号,残疾人证号,户籍地区划代码,发证日期", *lines]) + "\n"


@pytest.mark.parametrize(("batch", "at"), [(0, 4), (1, 6), (2, 8), (3, 10)])
async def test_a_worker_that_dies_over_a_register_takes_each_certificate_over_once(
    world: World, worker: Database, superuser: asyncpg.Connection, *, batch: int, at: int
) -> None:
    before, fate = await superuser.fetchval(REGISTERED), Fate(superuser)
    job = await approved(world, await waiting(world, a_register(batch)))
    fate.arm(at, Blow.BACKEND_DIES_AFTER)

    with suppress(Unavailable):
        await work(replace(worker, pool=MortalPool(worker.pool, fate)))
    await recovered(lambda: worked_off(later(worker)))

    shown = await world.get("county_officer", f"/v1/jobs/{job['id']}")
    assert fate.struck
    assert (shown["state"], shown["progress"]["rows"], shown["progress"]["problems"]) == ("finished", MANY, 0)
    assert await superuser.fetchval(REGISTERED) == before + MANY
    assert await superuser.fetchval(RECORDS, job["id"]) == CHUNKS


async def test_two_workers_at_one_chunk_do_it_once(
    world: World, worker: Database, superuser: asyncpg.Connection
) -> None:
    job = await supplied(world, TABLE)

    await asyncio.gather(*(worked_off(later(worker)) for _ in range(2)), return_exceptions=True)
    await worked_off(later(worker))

    shown = await world.get("portal", f"/v1/jobs/{job['id']}")
    assert (shown["state"], shown["progress"]["rows"], shown["progress"]["chunks"]) == ("finished", 2_010, CHUNKS)
    assert await superuser.fetchval(RECORDS, job["id"]) == CHUNKS
