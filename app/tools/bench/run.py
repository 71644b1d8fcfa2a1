"""Runs the whole measurement and prints it; processor time comes first, for it depends least on what else runs."""

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median, quantiles
from time import sleep

from rich.console import Console
from rich.table import Table

from app.adapters.keys import read_keys
from app.adapters.postgres.embedded import embedded_postgres
from app.adapters.postgres.roles import OWNER
from app.sandbox import seed
from app.sandbox.dev import DATABASE
from app.sandbox.installation import environment, keys_file, prepare_database
from app.tools.bench import cases
from app.tools.bench.load import Load, load
from app.tools.bench.processes import ServerProcesses, postgres_cpu_seconds, serving

PERSONS = 20_000
WORKERS = 2
CONNECTIONS = 16
CEILING_PORT = 18_651
PORT = 18_652
SETTLE_SECONDS = 1.0
FAILED = 1


@dataclass(frozen=True, slots=True)
class Figure:
    """What one kind of request costs."""

    name: str
    requests: int
    failed: int
    app_ms: float
    postgres_ms: float
    per_second: float
    median_ms: float
    p99_ms: float

    @property
    def cpu_ms(self) -> float:
        """Processor time in the application and in PostgreSQL together."""
        return self.app_ms + self.postgres_ms


def run(*, json_output: bool) -> int:
    """Measure all on a fresh database with fsync on; the exit code says whether every request was answered well."""
    console = Console(stderr=True)
    with tempfile.TemporaryDirectory(prefix="yian-bench-", dir="/var/tmp") as directory:
        figures = _measured(Path(directory), console)
    if json_output:
        sys.stdout.write(json.dumps([asdict(figure) | {"cpu_ms": figure.cpu_ms} for figure in figures]) + "\n")
    else:
        Console().print(_table(figures))
    return FAILED if any(figure.failed for figure in figures) else 0


def _measured(directory: Path, console: Console) -> list[Figure]:
    directory.chmod(0o711)  # an unprivileged account of the database passes through
    with embedded_postgres(directory) as database:
        console.print("Preparing a fresh database …")
        prepare_database(database, DATABASE)
        keys = keys_file(directory)
        seed.run(database.dsn(OWNER, DATABASE), read_keys(keys), persons=PERSONS, console=console)
        os.environ |= environment(database, DATABASE, keys=keys, public_url=f"http://127.0.0.1:{PORT}")
        with serving("app.tools.bench.ceiling:create_app", port=CEILING_PORT, workers=WORKERS, ready="/ready") as bare:
            ceiling = _measure(
                "bare ceiling", bare, cases.ceilings(PERSONS, count=6000), directory=directory, console=console
            )
        with serving("app.main:create_app", port=PORT, workers=WORKERS, ready="/livez") as server:
            return [ceiling, *_of_server(server, directory=directory, console=console)]


def _of_server(server: ServerProcesses, *, directory: Path, console: Console) -> Iterator[Figure]:
    opened = cases.open_client(server.port)
    asked: list[tuple[str, Callable[[], list[bytes]]]] = [
        ("verify a certificate", lambda: cases.verifications(PERSONS, opened, count=6000)),
        ("submit an application", lambda: cases.submissions(opened, count=1500)),
        (
            "read an application",
            lambda: cases.reads(cases.submitted_ids(server.port, opened, count=500), opened, count=3000),
        ),
        ("work list of 100", lambda: cases.work_lists(opened, count=400)),
    ]
    for name, requests in asked:
        yield _measure(name, server, requests(), directory=directory, console=console)


def _measure(name: str, server: ServerProcesses, requests: list[bytes], *, directory: Path, console: Console) -> Figure:
    warm = max(len(requests) // 10, CONNECTIONS)
    asyncio.run(load(server.port, iter(requests[:warm]), connections=CONNECTIONS))
    sleep(SETTLE_SECONDS)
    app_before, postgres_before = server.cpu_seconds(), postgres_cpu_seconds(directory)
    result = asyncio.run(load(server.port, iter(requests[warm:]), connections=CONNECTIONS))
    app, postgres = server.cpu_seconds() - app_before, postgres_cpu_seconds(directory) - postgres_before
    if result.failed:
        console.print(f"{name}: {result.failed} failed; the first: {result.first_failure}", markup=False)
    return _figure(name, result, app=app, postgres=postgres)


def _figure(name: str, result: Load, *, app: float, postgres: float) -> Figure:
    count = len(result.seconds)
    return Figure(
        name=name,
        requests=count,
        failed=result.failed,
        app_ms=app / count * 1000,
        postgres_ms=postgres / count * 1000,
        per_second=count / result.elapsed_seconds,
        median_ms=median(result.seconds) * 1000,
        p99_ms=quantiles(result.seconds, n=100)[-1] * 1000,
    )


def _table(figures: list[Figure]) -> Table:
    table = Table(title=f"{WORKERS} workers, {CONNECTIONS} connections, {PERSONS:,} people, fsync on")
    for heading in ("request", "CPU ms", "app", "PostgreSQL", "ceiling ÷ it", "a second", "median ms", "p99 ms"):
        table.add_column(heading, justify="left" if heading == "request" else "right")
    ceiling = figures[0].cpu_ms
    for figure in figures:
        table.add_row(
            figure.name,
            f"{figure.cpu_ms:.2f}",
            f"{figure.app_ms:.2f}",
            f"{figure.postgres_ms:.2f}",
            f"{ceiling / figure.cpu_ms:.2f}",
            f"{figure.per_second:,.0f}",
            f"{figure.median_ms:.1f}",
            f"{figure.p99_ms:.1f}",
        )
    return table
