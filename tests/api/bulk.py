"""Jobs in tests: somebody orders one, and the worker does it here and now."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from pydantic import SecretStr

from app.adapters.instruments import load_instruments
from app.adapters.postgres.database import Database
from app.adapters.postgres.job_queue import PostgresJobQueue
from app.adapters.postgres.roles import WORKER
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.adapters.quotas import Quotas
from app.domain.job import Job
from app.main import real_time
from app.sandbox.magic_numbers import MagicNumbers
from app.services.job.work import Works, work_once
from app.worker import works_with
from tests.acting import World
from tests.working import own_database

CSV, NDJSON = "text/csv", "application/x-ndjson"
WORKS = works_with(MagicNumbers(), load_instruments())


@asynccontextmanager
async def a_worker(installed: Any) -> AsyncIterator[Database]:
    """A way to the database as the worker has it."""
    dsn = SecretStr(installed.server.dsn(WORKER, installed.database))
    async with own_database(installed.settings.model_copy(update={"database_url": dsn}), pool_size=2) as database:
        yield replace(database, quotas=Quotas(None, real_time=real_time))


async def work(database: Database, *, works: Works = WORKS) -> Job | None:
    """One chunk of the job whose turn it is."""
    return await work_once(
        queue=PostgresJobQueue(database), open_work=lambda who: PostgresUnitOfWork(database, who), works=works
    )


async def worked_off(database: Database) -> list[Job]:
    """What was done, chunk by chunk, until nobody waits."""
    done = []
    while job := await work(database):
        done.append(job)
    return done


async def ordered(world: World, who: str = "portal", **changes: Any) -> dict[str, Any]:
    return await world.post(who, "/v1/jobs", {"kind": "certificate_verification", **changes})


async def supplied(
    world: World, content: bytes, *, who: str = "portal", media_type: str = CSV, **changes: Any
) -> dict[str, Any]:
    """A job with its table handed in."""
    job = await ordered(world, who, **changes)
    answer = await world.call(
        who, "PUT", f"/v1/jobs/{job['id']}/input", content=content, headers={"Content-Type": media_type}
    )
    assert answer.status_code == 200, answer.text
    read: dict[str, Any] = answer.json()
    return read
