"""Opens two rounds over HTTP, takes a table over into each as a job, and counts the processor time that it costs."""

import asyncio
import json
import os
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time
from typing import Any
from uuid import UUID

import httpx
from rich.console import Console
from uuid_utils.compat import uuid7

from app.adapters.crypto import BlindIndex, FieldCipher
from app.adapters.instruments import INSTRUMENTS, load_instruments
from app.adapters.keys import read_keys
from app.adapters.postgres.database import Database, open_pool
from app.adapters.postgres.job_queue import PostgresJobQueue
from app.adapters.postgres.reference import ReferenceData
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.adapters.quotas import Quotas
from app.adapters.texts import YamlTexts
from app.domain.assessment import Instruments
from app.domain.job import JobKind, JobState
from app.sandbox.dev import DATABASE
from app.sandbox.installation import worker_environment
from app.services.job.table_work import TableWork
from app.services.job.work import Works, work_once
from app.services.survey import SurveyImportWork
from app.tools.bench.holders import holders_among
from app.tools.bench.jobs.figure import Figure, table_of
from app.tools.bench.place import Place, prepared
from app.tools.bench.processes import postgres_cpu_seconds, serving
from app.tools.bench.survey.table import as_csv

ROWS = 20_000
PERSONS = 45_000
"""So many that 20,000 of them hold a certificate."""
PORT = 18_664
WIDTH = 110
TIMEOUT_SECONDS = 60
COUNTY = "652301"
INSTRUMENT = "basic_situation"
DAYS = 60
FAILED = 1
LOST = "rows without a result"
AIM_SECONDS = 60


class Officer:
    """An officer of the county, who opens rounds and hands tables in."""

    def __init__(self, port: int) -> None:
        self._http = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=TIMEOUT_SECONDS)
        token = self._http.post("/v1/sandbox/clients").raise_for_status().json()["tokens"]["county_officer"]
        self._http.headers["Authorization"] = f"Bearer {token}"
        self._orders = 0

    def opened(self) -> dict[str, Any]:
        """A round among all holders of the county."""
        today = date.today()  # noqa: DTZ011 - a round that runs over many days, wherever the machine is
        days = {"opens_on": str(today - timedelta(days=1)), "closes_on": str(today + timedelta(days=DAYS))}
        asked = {"region_code": COUNTY, "population": "holders", "instrument": INSTRUMENT, **days}
        return self._post("/v1/survey-rounds", asked)

    def close(self, opened: dict[str, Any]) -> None:
        """End a round."""
        read = self._http.get(f"/v1/survey-rounds/{opened['id']}").raise_for_status()
        self._post(f"/v1/survey-rounds/{opened['id']}/closure", {}, version=read.headers["ETag"])

    def ordered(self, opened: dict[str, Any], table: bytes, *, is_dry_run: bool) -> str:
        """Order that a table be taken over, hand it in, and say the job's id."""
        job_id: str = self._post(f"/v1/survey-rounds/{opened['id']}/imports", {"dry_run": is_dry_run})["id"]
        headers = {"Content-Type": "text/csv"}
        self._http.put(f"/v1/jobs/{job_id}/input", content=table, headers=headers).raise_for_status()
        return job_id

    def job(self, job_id: str) -> dict[str, Any]:
        """How it stands."""
        read: dict[str, Any] = self._http.get(f"/v1/jobs/{job_id}").raise_for_status().json()
        return read

    def _post(self, path: str, body: dict[str, Any], *, version: str | None = None) -> dict[str, Any]:
        self._orders += 1
        headers = {"Idempotency-Key": f"bench-{self._orders}"} | ({"If-Match": version} if version else {})
        answer: dict[str, Any] = self._http.post(path, json=body, headers=headers).raise_for_status().json()
        return answer


def run(*, json_output: bool, persons: int | None = None) -> int:
    """Measure on a fresh database with fsync on; the exit code is 1 when a row was lost."""
    console = Console(stderr=True)
    before, persons = os.getloadavg()[0], persons or PERSONS
    with prepared(persons=persons, port=PORT, console=console) as place:
        figures = list(_measured(place, persons, console))
    if json_output:
        sys.stdout.write(json.dumps([figure.to_json() for figure in figures]) + "\n")
    else:
        title = "Results of a round of the survey, taken over as a job: whole questionnaires, fsync on"
        caption = f"{os.cpu_count()} processors; load average {before:.2f} before, {os.getloadavg()[0]:.2f} after"
        Console(width=WIDTH).print(table_of(figures, title=title, caption=caption))
    return FAILED if any(figure.value for figure in figures if figure.name.endswith(LOST)) else 0


def _measured(place: Place, persons: int, console: Console) -> Iterator[Figure]:
    holders = list(islice(holders_among(persons), ROWS))
    instruments = load_instruments(INSTRUMENTS)
    instrument = instruments.in_use(INSTRUMENT, on=date.today())  # noqa: DTZ011 - as above
    with serving("app.main:create_app", port=PORT, workers=1, log=place.directory / "server.log"):
        officer = Officer(PORT)
        for name, is_second in (("first round", False), ("second round", True)):
            opened, table = officer.opened(), as_csv(holders, instrument, is_second=is_second)
            for kind, is_dry_run in (("dry run", True), ("taken over", False)):
                console.print(f"{name}, {kind} …")
                job_id = officer.ordered(opened, table, is_dry_run=is_dry_run)
                yield from _worked(f"{name}, {kind}", officer, job_id, place, instruments, len(holders))
            officer.close(opened)


def _worked(  # noqa: PLR0917 - six plain facts
    name: str, officer: Officer, job_id: str, place: Place, instruments: Instruments, rows: int
) -> Iterator[Figure]:
    seconds, app, postgres = asyncio.run(_work(place, job_id, instruments))
    progress = officer.job(job_id)["progress"]
    yield Figure(f"{name}: processor time of {rows:,} rows", round(app + postgres, 2), "s", AIM_SECONDS)
    yield Figure(f"{name}: of it in the worker", round(app, 2), "s")
    yield Figure(f"{name}: by the clock", round(seconds, 2), "s")
    yield Figure(f"{name}: rows with a problem", progress["problems"], "rows")
    yield Figure(f"{name}: {LOST}", rows - progress["rows"], "rows", 0)


async def _work(place: Place, job_id: str, instruments: Instruments) -> tuple[float, float, float]:
    """Do the job as the worker does, with nothing beside it; seconds by the clock, here, and in PostgreSQL."""
    database = await _opened(worker_environment(place.database, DATABASE)["YIAN_DATABASE_URL"])
    try:
        works = {JobKind.SURVEY_IMPORT: TableWork(SurveyImportWork(instruments))}
        at, app, postgres = perf_counter(), process_time(), postgres_cpu_seconds(place.directory)
        await _until_done(database, UUID(job_id), works)
        return perf_counter() - at, process_time() - app, postgres_cpu_seconds(place.directory) - postgres
    finally:
        await database.pool.close()


async def _opened(url: str) -> Database:
    keys = read_keys(Path(os.environ["YIAN_KEYS_FILE"]))
    return Database(
        pool=await open_pool(url, size=2, name="yian-bench"),
        cipher=FieldCipher(keys.fields),
        index=BlindIndex(keys.fields, key_id=keys.index_key_id),
        reference=ReferenceData(),
        real_time=lambda: datetime.now(UTC),
        new_id=uuid7,
        texts=YamlTexts(),
        quotas=Quotas(None, real_time=lambda: datetime.now(UTC)),
        beside_the_register={},
    )


async def _until_done(database: Database, job_id: UUID, works: Works) -> None:
    queue = PostgresJobQueue(database)
    while job := await work_once(queue=queue, open_work=lambda who: PostgresUnitOfWork(database, who), works=works):
        if job.id == job_id and job.state is JobState.FINISHED:
            return
    raise RuntimeError("The job has come to rest before its end.")
