"""Runs the whole measurement and prints it; processor time comes first, for it depends least on what else runs."""

import asyncio
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from time import sleep

from rich.console import Console

from app.adapters.postgres.roles import OWNER
from app.tools.bench.place import prepared
from app.tools.bench.processes import ServerProcesses, postgres_cpu_seconds, serving
from app.tools.bench.requests import cases
from app.tools.bench.requests.care import crowd_the_catalogue
from app.tools.bench.requests.figure import Figure, statements_since, table_of
from app.tools.bench.requests.load import load

PERSONS = 20_000
WORKERS = 2
CONNECTIONS = 16
CEILING_PORT = 18_651
PORT = 18_652
SUBMISSIONS = 1_500
WIDTH = 140
SETTLE_SECONDS = 1.0
FAILED = 1


@dataclass(frozen=True, slots=True)
class Case:
    """A kind of request that is measured: its name, what is aimed at, and how its requests are made."""

    name: str
    aim: str
    requests: Callable[[], list[bytes]]


def run(*, json_output: bool, persons: int | None = None) -> int:
    """Measure all on a fresh database with fsync on; the exit code says whether every request was answered well."""
    console = Console(stderr=True)
    before, persons = os.getloadavg()[0], persons or PERSONS
    with prepared(persons=persons, port=PORT, console=console) as place:
        crowd_the_catalogue(place.dsn(OWNER))
        figures = _measured(place.directory, console, persons=persons)
    if json_output:
        sys.stdout.write(json.dumps([asdict(figure) | {"cpu_ms": figure.cpu_ms} for figure in figures]) + "\n")
    else:
        title = f"{WORKERS} workers, {CONNECTIONS} connections, {persons:,} people, fsync on"
        caption = f"{os.cpu_count()} processors; load average {before:.2f} before, {os.getloadavg()[0]:.2f} after"
        Console(width=WIDTH).print(table_of(figures, title=title, caption=caption))
    return FAILED if any(figure.failed for figure in figures) else 0


def _measured(directory: Path, console: Console, *, persons: int) -> list[Figure]:
    log = directory / "ceiling.log"
    with serving("app.tools.bench.requests.ceiling:create_app", port=CEILING_PORT, workers=WORKERS, log=log) as bare:
        bound = Case("bare ceiling", "", lambda: cases.ceilings(persons, count=6000))
        ceiling = _measure(bound, bare, directory=directory, console=console)
    log = directory / "server.log"
    with serving("app.main:create_app", port=PORT, workers=WORKERS, log=log) as server:
        asked = _cases(server.port, persons)
        return [ceiling, *(_measure(case, server, directory=directory, console=console) for case in asked)]


def _cases(port: int, persons: int) -> Iterator[Case]:
    opened = cases.open_clients(port)

    def submissions(items: tuple[str, ...], *, first: int) -> Callable[[], list[bytes]]:
        return lambda: cases.submissions(opened, items, first=first, count=SUBMISSIONS)

    def reads(items: tuple[str, ...]) -> Callable[[], list[bytes]]:
        return lambda: cases.reads(cases.submitted_ids(port, opened, len(items), count=500), opened, count=3000)

    three, five = cases.THREE_ITEMS, cases.FIVE_ITEMS
    yield Case("verify a certificate", "≥ 0.6", lambda: cases.verifications(persons, opened, count=6000))
    yield Case("verify a batch of 100", "≤ 2.5 ms", lambda: cases.batches(persons, opened, size=100, count=600))
    yield Case("submit three items", "≤ 10 ms, 12", submissions(three, first=0))
    yield Case("submit five items", "≤ 15 ms, 20", submissions(five, first=SUBMISSIONS))
    yield Case("read three items", "≤ 3 ms", reads(three))
    yield Case("read five items", "≤ 3 ms", reads(five))
    yield Case("work list of 100", "≤ 6 ms", lambda: cases.work_lists(opened, count=400))
    yield Case("match one need, 2,000 services", "≤ 20 ms", lambda: cases.matches(port, count=400))


def _measure(case: Case, server: ServerProcesses, *, directory: Path, console: Console) -> Figure:
    requests = case.requests()
    warm = max(len(requests) // 10, CONNECTIONS)
    asyncio.run(load(server.port, iter(requests[:warm]), connections=CONNECTIONS))
    sleep(SETTLE_SECONDS)
    logged, app, postgres = server.log.stat().st_size, server.cpu_seconds(), postgres_cpu_seconds(directory)
    result = asyncio.run(load(server.port, iter(requests[warm:]), connections=CONNECTIONS))
    app, postgres = server.cpu_seconds() - app, postgres_cpu_seconds(directory) - postgres
    if result.failed:
        console.print(f"{case.name}: {result.failed} failed; the first: {result.first_failure}", markup=False)
    return Figure.of(
        case.name,
        case.aim,
        result,
        app_seconds=app,
        postgres_seconds=postgres,
        statements=statements_since(server.log, logged),
    )
