"""Registers of others in tests: rows as federations exchange them, imported here and now."""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import httpx

from app.adapters.postgres.database import Database
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.domain.job import WORKS, JobKind
from app.domain.shared.authz import Scope
from app.services.job.work import caller_of, do_chunk
from tests.acting import World
from tests.api.bulk import WORKS as WORK
from tests.working import a_caller

COLUMNS = tuple(column.code for column in WORKS[JobKind.REGISTER_IMPORT].columns)
TABLE_OF_A_REGISTER = "姓名,身份证号,残疾人证号,户籍地区划代码,发证日期\n样本云,1,1,652301,20240131\n"
OF_OFFICERS = frozenset({Scope.CERTIFICATES_READ, Scope.CERTIFICATES_WRITE, Scope.JOBS_READ, Scope.JOBS_WRITE})


def a_row(world: World, **changes: str) -> dict[str, str]:
    """This world's citizen with a physical disability of the second grade, as another register has it."""
    citizen = world.citizen["citizen_number"]
    row = {"name": world.citizen["name"], "citizen_number": citizen, "number": f"{citizen}42"}
    return row | {"registration_code": "652301104201", "issued_on": "20240131"} | changes


def as_table(rows: Iterable[dict[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


async def imported(world: World, rows: Iterable[dict[str, str]], *, dry_run: bool = False) -> list[dict[str, Any]]:
    """The results of an import that was ordered, approved by a second person, and done."""
    table = {"text": as_table(rows)}
    job = await run_dry(world, table)
    if not dry_run:
        job = await approved(world, await world.post("county_officer", "/v1/register-imports", {"input": table}))
        await done_here(world, UUID(job["id"]))
    answer = await world.call("county_officer", "GET", f"/v1/jobs/{job['id']}/results", params={"limit": 10_000})
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


async def run_dry(world: World, table: dict[str, str]) -> dict[str, Any]:
    """A table that was compared with the register to its end, by which nothing has changed."""
    job = await world.post("county_officer", "/v1/register-imports", {"dry_run": True, "input": table})
    await done_here(world, UUID(job["id"]))
    return job


async def waiting(world: World, text: str = TABLE_OF_A_REGISTER) -> dict[str, Any]:
    """An import that was asked for after its dry run, and waits for a second person."""
    await run_dry(world, {"text": text})
    return await world.post("county_officer", "/v1/register-imports", {"input": {"text": text}})


async def approved(world: World, job: dict[str, Any]) -> dict[str, Any]:
    """The same job, once an approver has let it in."""
    assert job["state"] == "awaiting_approval"
    await world.step("county_approver", f"/v1/register-imports/{job['id']}", "approval")
    return job


async def done_here(world: World, job_id: UUID) -> None:
    """All chunks of an officer's job, by the very database that the application has."""
    database = database_of(world)
    asking = a_caller(world, "county_officer", "get_job", scopes=OF_OFFICERS)
    async with PostgresUnitOfWork(database, asking) as uow:
        job = await uow.jobs.get(job_id)
    while job.finished_at is None:
        job = await do_chunk(job, uow=PostgresUnitOfWork(database, caller_of(job)), works=WORK)


def database_of(world: World) -> Database:
    transport = world.api._transport
    assert isinstance(transport, httpx.ASGITransport)
    database: Database = transport.app.state.database  # type: ignore[attr-defined]
    return database
