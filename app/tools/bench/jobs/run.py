"""Runs the whole measurement and prints it: large jobs in both formats, small ones beside them, and a killed worker."""

import asyncio
import json
import os
import sys
from collections.abc import Iterator
from statistics import median
from time import perf_counter

import asyncpg
from rich.console import Console

from app.sandbox.dev import DATABASE
from app.sandbox.installation import SUPERUSER, worker_environment
from app.settings import SHARES
from app.tools.bench.jobs.figure import Figure, table_of
from app.tools.bench.jobs.portal import Portal, Table
from app.tools.bench.jobs.table import Row, as_csv, as_ndjson, rows_of
from app.tools.bench.place import Place, prepared
from app.tools.bench.processes import WorkerProcess, postgres_cpu_seconds, serving, working

ROWS = 100_000
PERSONS = 221_000
"""So many that more than 100,000 of them hold a certificate."""
SMALL = 10
SMALL_JOBS = 10
CHUNKS_BEFORE_DEATH = 20
PORT = 18_653
WIDTH = 110
MEGABYTE = 1_000_000
FAILED = 1
DIFFERENT = "killed worker: results that differ"

AIM_SECONDS, AIM_FIRST_SECONDS, AIM_WAIT_SECONDS = 15, 1, 1
AIM_MEGABYTES = 200
AIM_REPEATED = 1


def run(*, json_output: bool, persons: int | None = None) -> int:
    """Measure all on a fresh database with fsync on; the exit code says whether the results are what they must be."""
    console = Console(stderr=True)
    before, persons = os.getloadavg()[0], persons or PERSONS
    with prepared(persons=persons, port=PORT, console=console) as place:
        os.environ["YIAN_PEOPLE_AN_HOUR"] = str(SHARES["people_an_hour"])  # as in production; a job is not bound by it
        figures = _measured(place, rows_of(persons, count=ROWS), console)
    if json_output:
        sys.stdout.write(json.dumps([figure.to_json() for figure in figures]) + "\n")
    else:
        title = f"Verification of {ROWS:,} certificates as a job: one server, one worker, fsync on"
        caption = f"{os.cpu_count()} processors; load average {before:.2f} before, {os.getloadavg()[0]:.2f} after"
        Console(width=WIDTH).print(table_of(figures, title=title, caption=caption))
    return FAILED if any(figure.value for figure in figures if figure.name == DIFFERENT) else 0


def _measured(place: Place, rows: list[Row], console: Console) -> list[Figure]:
    tables = [Table("CSV", "text/csv", as_csv(rows)), Table("NDJSON", "application/x-ndjson", as_ndjson(rows))]
    small = as_csv(rows[:SMALL]).decode()
    environment = worker_environment(place.database, DATABASE)
    with serving("app.main:create_app", port=PORT, workers=1, log=place.directory / "server.log"):
        portal = Portal(PORT)
        with working(environment, log=place.directory / "worker.log") as worker:
            portal.until_finished(portal.ordered(small))
            alone = _waits(portal, small)
            figures = [figure for table in tables for figure in _large(table, portal, worker, place, console)]
            figures += [Figure("peak memory of the worker", worker.peak_bytes() / MEGABYTE, "MB", AIM_MEGABYTES)]
            figures += _beside(portal, tables[0], small, alone, console)
        figures += _killed(portal, tables[0], place, console)
    return figures


def _large(table: Table, portal: Portal, worker: WorkerProcess, place: Place, console: Console) -> Iterator[Figure]:  # noqa: PLR0917 - five plain facts
    console.print(f"A large job as {table.name} …")
    at, app, postgres = perf_counter(), worker.cpu_seconds(), postgres_cpu_seconds(place.directory)
    job_id = portal.supplied(table)
    handed_in = perf_counter() - at
    first = portal.until_first_results(job_id)
    seconds = first + portal.until_finished(job_id)
    app, postgres = worker.cpu_seconds() - app, postgres_cpu_seconds(place.directory) - postgres
    yield Figure(f"{table.name}: handing in {len(table.content) / MEGABYTE:.1f} MB", handed_in, "s")
    yield Figure(f"{table.name}: until first results", first, "s", AIM_FIRST_SECONDS)
    yield Figure(f"{table.name}: all of the work", seconds, "s", AIM_SECONDS)
    yield Figure(f"{table.name}: rows a second", round(ROWS / seconds), "")
    yield Figure(f"{table.name}: processor time of it all", app + postgres, "s", AIM_SECONDS)
    yield Figure(f"{table.name}: of it in the worker", app, "s")


def _waits(portal: Portal, small: str) -> list[float]:
    """How long small jobs wait for their end, one after the other."""
    return [portal.until_finished(portal.ordered(small)) for _ in range(SMALL_JOBS)]


def _beside(portal: Portal, large: Table, small: str, alone: list[float], console: Console) -> Iterator[Figure]:  # noqa: PLR0917 - five plain facts
    console.print("Small jobs beside a large one …")
    job_id = portal.supplied(large)
    portal.until(job_id, chunks=1)
    beside = _waits(portal, small)
    was_beside = portal.job(job_id)["state"] == "running"
    portal.until_finished(job_id)
    yield Figure(f"{SMALL} rows with nobody else: median wait", median(alone), "s")
    if not was_beside:
        console.print("The large job was over before the small ones were: nothing was measured beside it.")
        return
    yield Figure(f"{SMALL} rows beside a large job: median wait", median(beside), "s", AIM_WAIT_SECONDS)
    yield Figure(f"{SMALL} rows beside a large job: longest wait", max(beside), "s", AIM_WAIT_SECONDS)


def _killed(portal: Portal, table: Table, place: Place, console: Console) -> Iterator[Figure]:  # noqa: PLR0917 - four plain facts
    console.print("A worker that is killed, and the next one …")
    environment = worker_environment(place.database, DATABASE)
    with working(environment, log=place.directory / "undisturbed.log"):
        undisturbed = portal.supplied(table)
        portal.until_finished(undisturbed)
    with working(environment, log=place.directory / "killed.log") as worker:
        job_id = portal.supplied(table)
        portal.until(job_id, chunks=CHUNKS_BEFORE_DEATH)
        worker.kill()
    done, begun = asyncio.run(_checkpoint(place.dsn(SUPERUSER), job_id))
    with working(environment, log=place.directory / "next.log"):
        waited = portal.until(job_id, chunks=done + 1)
        portal.until_finished(job_id)
    expected, found = portal.results(undisturbed).splitlines(), portal.results(job_id).splitlines()
    different = abs(len(expected) - len(found)) + sum(map(bytes.__ne__, expected, found))
    yield Figure("killed worker: chunks done before", done, "chunks")
    yield Figure("killed worker: chunks repeated", begun, "chunks", AIM_REPEATED)
    yield Figure("killed worker: until the next one goes on", waited, "s")
    yield Figure(DIFFERENT, different, "rows", 0)


async def _checkpoint(dsn: str, job_id: str) -> tuple[int, int]:
    """How many chunks are done, and how often the next one was begun."""
    connection = await asyncpg.connect(dsn)
    try:
        row = await connection.fetchrow("SELECT chunks, attempts FROM job WHERE id = $1::uuid", job_id)
    finally:
        await connection.close()
    return row["chunks"], row["attempts"]
