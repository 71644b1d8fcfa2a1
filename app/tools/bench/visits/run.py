"""Reads the lists of a county as their callers do, behind the walls, and prints each plan with its times."""

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any
from uuid import UUID

import asyncpg
from rich.console import Console
from rich.table import Table

from app.adapters.postgres import gate, past_roster, roster
from app.adapters.postgres.queries import gap
from app.adapters.postgres.reach import BEGINNING, within
from app.adapters.postgres.roles import APP
from app.domain.shared.authz import Reach
from app.tools.bench.place import Place, prepared
from app.tools.bench.processes import postgres_cpu_seconds
from app.tools.bench.visits.county import COMMISSIONER, COUNTY, VILLAGE, fill

PEOPLE, ROUNDS, AIM_MS = 100_000, 30, 50.0
PORT = 18_662
WIDTH = 160
FAILED = 1
ON = date(2026, 11, 26)
EVER_AFTER = date(2199, 12, 31)
"""A day on which whoever stands on the roster still does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One list: what is read, from which area, and with what."""

    name: str
    area: str
    sql: str
    arguments: Sequence[Any]
    is_planned_anew: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """How long a list took, and by which plan."""

    name: str
    rows: int
    median_ms: float
    slowest_ms: float
    processor_ms: float
    """Processor time in PostgreSQL: the clock says more on a machine that does something else at the same time."""
    plan: str

    @property
    def holds(self) -> bool:
        """Whether it is within its aim."""
        return self.processor_ms <= AIM_MS

    def to_json(self) -> dict[str, Any]:
        """The figure for programs."""
        return asdict(self) | {"aim_ms": AIM_MS, "holds": self.holds}


def run(*, json_output: bool, persons: int | None = None) -> int:
    """Measure all lists; the exit code is 1 when one of them takes longer than it may."""
    console = Console(stderr=True)
    with prepared(persons=1, port=PORT, console=console) as place:
        console.print("Filling the roster of a county …")
        asyncio.run(fill(place.dsn("postgres"), persons or PEOPLE))
        timed = asyncio.run(_measured(place))
    if json_output:
        sys.stdout.write("".join(json.dumps(one.to_json()) + "\n" for one in timed))
    else:
        shown = Console(width=WIDTH)
        for one in timed:
            shown.print(f"[bold]{one.name}[/bold]\n{one.plan}\n", highlight=False)
        shown.print(_table(timed))
    return 0 if all(one.holds for one in timed) else FAILED


def _reads() -> tuple[Read, ...]:
    county, village = within([COUNTY]), within([VILLAGE])
    soon, commissioner = ON + timedelta(days=30), UUID(COMMISSIONER)
    return (
        Read(
            name="visit queue of a commissioner", area=VILLAGE, sql=roster.QUEUE, arguments=(commissioner, ON, soon, 50)
        ),
        Read(
            name="visit queue, read from the county",
            area=COUNTY,
            sql=roster.QUEUE,
            arguments=(commissioner, ON, soon, 50),
        ),
        Read(
            name="gap report of the county, counts",
            area=COUNTY,
            sql=gap.GAP_COUNTS.format(condition=county.condition),
            arguments=(county.value, ON),
            is_planned_anew=True,
        ),
        Read(
            name="gap list of the county, first page by name",
            area=COUNTY,
            sql=gap.GAPS.format(condition=county.condition),
            arguments=(county.value, ON, BEGINNING, 51),
            is_planned_anew=True,
        ),
        Read(
            name="roster of the county, a page from the middle",
            area=COUNTY,
            sql=roster.PAGE.format(condition=county.condition, standing="true"),
            arguments=(county.value, None, ON, UUID(int=1_050_000), 51),
        ),
        Read(
            name="roster of a village, first page",
            area=VILLAGE,
            sql=roster.PAGE.format(condition=village.condition, standing="true"),
            arguments=(village.value, None, ON, BEGINNING, 51),
        ),
        Read(
            name="roster of the county on a day, first page",
            area=COUNTY,
            sql=past_roster.PAGE.format(condition=county.condition),
            arguments=(county.value, EVER_AFTER, BEGINNING, 51),
        ),
        Read(
            name="roster of a village on a day, first page",
            area=VILLAGE,
            sql=past_roster.PAGE.format(condition=village.condition),
            arguments=(village.value, EVER_AFTER, BEGINNING, 51),
        ),
    )


async def _measured(place: Place) -> list[Timed]:
    connection = await asyncpg.connect(place.dsn(APP))
    try:
        return [await read_of(connection, read, place) for read in _reads()]
    finally:
        await connection.close()


async def read_of(connection: asyncpg.Connection, read: Read, place: Place) -> Timed:
    """Within one transaction, as the caller of an area, after one reading that warms up."""
    async with connection.transaction(readonly=True):
        await gate.step_in(connection, reach=Reach.CASES, areas=f'{{"{read.area}/"}}', today=str(ON))
        if read.is_planned_anew:
            await connection.execute(gap.PLANNED_ANEW)
        statement = await connection.prepare(read.sql)
        found = await statement.fetch(*read.arguments)
        taken, before = [], postgres_cpu_seconds(place.directory)
        for _ in range(ROUNDS):
            started = time.perf_counter()
            await statement.fetch(*read.arguments)
            taken.append((time.perf_counter() - started) * 1000)
        spent = postgres_cpu_seconds(place.directory) - before
        explained = await connection.fetch(f"EXPLAIN (ANALYZE, BUFFERS) {read.sql}", *read.arguments)
    plan = "\n".join(row[0] for row in explained)
    return Timed(
        name=read.name,
        rows=len(found),
        median_ms=round(median(taken), 2),
        slowest_ms=round(max(taken), 2),
        processor_ms=round(spent * 1000 / ROUNDS, 2),
        plan=plan,
    )


def _table(timed: Sequence[Timed]) -> Table:
    table = Table("list", title=f"{ROUNDS} readings each, behind the walls")
    for heading in ("rows", "median ms", "slowest ms", "processor ms", "aim", "holds"):
        table.add_column(heading, justify="right")
    for one in timed:
        figures = (
            f"{one.rows:,}",
            f"{one.median_ms:.2f}",
            f"{one.slowest_ms:.2f}",
            f"{one.processor_ms:.2f}",
            f"≤ {AIM_MS:g}",
        )
        table.add_row(one.name, *figures, "yes" if one.holds else "NO")
    return table
