"""Measures the roster of a day, its export, and what is missing in archives, and prints each figure."""

import asyncio
import json
import os
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import asyncpg
from rich.console import Console

from app.adapters.postgres import past_roster
from app.adapters.postgres.queries import archive
from app.adapters.postgres.reach import BEGINNING, within
from app.adapters.postgres.roles import APP
from app.adapters.rulebooks import load_rulebooks
from app.domain.archive import ArchiveOf, Checklist
from app.domain.shared.rulebook import Rulebook
from app.sandbox.dev import DATABASE
from app.sandbox.installation import SUPERUSER, worker_environment
from app.sandbox.seed import COUNTY_PATH
from app.settings import SHARES
from app.tools.bench.archive.county import fill
from app.tools.bench.archive.officer import Officer
from app.tools.bench.jobs.figure import Figure, table_of
from app.tools.bench.place import Place, prepared
from app.tools.bench.processes import postgres_cpu_seconds, serving, working
from app.tools.bench.visits.run import Read, read_of

PERSONS = 221_000
"""So many that more than 100,000 of them hold a certificate and are on the roster."""
PORT = 18_664
WIDTH = 120
MEGABYTE = 1_000_000
AIM_MS = 50.0
WALKED = 500
FAILED = 1


def run(*, json_output: bool, persons: int | None = None) -> int:
    """Measure all on a fresh database; the exit code is 1 when a first page takes longer than it may."""
    console, before = Console(stderr=True), os.getloadavg()[0]
    with prepared(persons=persons or PERSONS, port=PORT, console=console) as place:
        os.environ["YIAN_PEOPLE_AN_HOUR"] = str(SHARES["people_an_hour"])
        console.print("Filling what is on record of a county …")
        people = asyncio.run(fill(place.dsn(SUPERUSER)))
        figures = [*asyncio.run(_read(place)), *_exported(place, console)]
    if json_output:
        sys.stdout.write(json.dumps([figure.to_json() for figure in figures]) + "\n")
    else:
        title = f"{people:,} people on the roster of a county, as its officer reads them"
        caption = f"{os.cpu_count()} processors; load average {before:.2f} before, {os.getloadavg()[0]:.2f} after"
        Console(width=WIDTH).print(table_of(figures, title=title, caption=caption))
    return FAILED if any(figure.holds is False for figure in figures) else 0


def _reads(people: list[UUID], on: date) -> Iterator[tuple[Read, float | None]]:
    checklist = Checklist.of(ArchiveOf.PERSON, Rulebook(load_rulebooks()).at(COUNTY_PATH, on))
    area, grown = within([COUNTY_PATH]), on - timedelta(days=6574)
    wants = checklist.wants(on)
    counted = ([want.what for want in wants], [want.since for want in wants])

    def read(name: str, sql: str, *arguments: object, is_planned_anew: bool = False) -> Read:
        written = sql.format(condition=area.condition) if "{condition}" in sql else sql
        return Read(name=name, area=COUNTY_PATH, sql=written, arguments=arguments, is_planned_anew=is_planned_anew)

    page = (area.value, on, BEGINNING, 51)
    yield read("roster of a day, first page", past_roster.PAGE, *page), AIM_MS
    yield read("roster of a day, a page from the middle", past_roster.PAGE, *page[:2], people[-1], 51), AIM_MS
    earlier = (area.value, on - timedelta(days=60), BEGINNING, 51)
    yield read("roster of an earlier day, reconstructed, first page", past_roster.RECONSTRUCTED, *earlier), AIM_MS
    yield (
        read("archive gaps by name: what there is of 500 people", archive.seen_by_id(checklist.sources), people, on),
        None,
    )
    yield read("archive gaps by name: who 500 people are", archive.PEOPLE, people, grown), None
    sql = archive.alike_in(checklist.sources, condition=area.condition)
    nightly = "archive gaps of the county, counted by night"
    yield read(nightly, sql, area.value, on, grown, *counted, is_planned_anew=True), None
    kept = (area.value, "bench", on - timedelta(days=1), on)
    yield read("archive gaps of the county, as they are told by day", archive.KEPT_COUNTS, *kept), AIM_MS


async def _read(place: Place) -> list[Figure]:
    connection = await asyncpg.connect(place.dsn(APP))
    superuser = await asyncpg.connect(place.dsn(SUPERUSER))
    try:
        rows = await superuser.fetch("SELECT person_id FROM roster ORDER BY person_id LIMIT $1", WALKED)
        people, on = [row["person_id"] for row in rows], await superuser.fetchval("SELECT current_date")
        figures = []
        for read, aim in _reads(people, on):
            timed = await read_of(connection, read, place)
            figures.append(Figure(f"{read.name}: processor time", timed.processor_ms, "ms", aim))
            figures.append(Figure(f"{read.name}: median on the clock", timed.median_ms, "ms"))
    finally:
        await connection.close()
        await superuser.close()
    return figures


def _exported(place: Place, console: Console) -> Iterator[Figure]:
    console.print("Writing the roster out …")
    with (
        serving("app.main:create_app", port=PORT, workers=1, log=place.directory / "server.log"),
        working(worker_environment(place.database, DATABASE), log=place.directory / "worker.log") as worker,
    ):
        officer = Officer(PORT)
        today = asyncio.run(_today(place))
        spent = worker.cpu_seconds() + postgres_cpu_seconds(place.directory)
        job, seconds = officer.exported("652301", str(today))
        spent = worker.cpu_seconds() + postgres_cpu_seconds(place.directory) - spent
        peak = worker.peak_bytes() / MEGABYTE
        worker.kill()  # what it does by night for so many people would keep it from ending in time
        size, reading = officer.downloaded(job["id"])
        rows = job["progress"]["rows"]
        yield Figure("export of the roster: rows", rows, "")
        yield Figure("export of the roster: all of the work", seconds, "s")
        yield Figure("export of the roster: rows a second", round(rows / seconds), "")
        yield Figure("export of the roster: processor time of it all", spent, "s")
        yield Figure("export of the roster: peak memory of the worker", peak, "MB")
        yield Figure(f"reading {size / MEGABYTE:.1f} MB of CSV, page by page", reading, "s")


async def _today(place: Place) -> date:
    connection = await asyncpg.connect(place.dsn(SUPERUSER))
    try:
        today: date = await connection.fetchval("SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date")
    finally:
        await connection.close()
    return today
