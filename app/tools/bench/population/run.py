"""Counts for every service of the catalogue of how many people of a county it is met, not met and not known.

Each rule is measured as it is, and once more as one that also asks of projects.
"""

import asyncio
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from time import perf_counter

import asyncpg
from rich.console import Console
from rich.table import Table

from app.adapters.postgres import gate
from app.adapters.postgres.population import counting
from app.adapters.postgres.roles import APP
from app.adapters.rulebooks import load_rulebooks
from app.domain.assessment import NeedRules
from app.domain.entitlement import Entitlement, entitlements
from app.domain.shared.authz import Reach
from app.domain.shared.rulebook import Rulebook, RulesInForce
from app.sandbox.installation import SUPERUSER
from app.sandbox.seed import COUNTY_PATH, villages
from app.tools.bench.place import Place, prepared
from app.tools.bench.population.people import make
from app.tools.bench.processes import postgres_cpu_seconds
from app.tools.bench.projects import asking_of_projects

PERSONS, SEEDED, PORT = 1_000_000, 1_000, 18_654
DAY = date(2026, 11, 26)
AIM_OF_ALL, AIM_OF_ONE = 20.0, 1.0
TRIES = 3
"""The least of so many is told: whatever else the machine does only adds."""
WIDTH = 110
FAILED = 1


@dataclass(frozen=True, slots=True)
class Took:
    """How long one statement took over everybody, and what it found."""

    rules: str
    people: int
    met: int
    known: int
    seconds: float
    cpu_seconds: float
    """Of the server: what the clock would say on one processor with nothing else to do."""
    aim_seconds: float


def run(*, json_output: bool, persons: int | None = None) -> int:
    """Measure on a fresh database, within the walls of the county; the exit code is 1 when an aim is missed."""
    console = Console(stderr=True)
    rules = Rulebook(load_rulebooks()).at(COUNTY_PATH, DAY)
    with prepared(persons=SEEDED, port=PORT, console=console) as place:
        took = asyncio.run(_measured(place, rules, persons=persons or PERSONS))
    if json_output:
        sys.stdout.write(json.dumps([asdict(one) for one in took]) + "\n")
    else:
        Console(width=WIDTH).print(_table(took))
    return FAILED if any(one.cpu_seconds > one.aim_seconds for one in took) else 0


async def _measured(place: Place, in_force: RulesInForce, *, persons: int) -> list[Took]:
    rules, needs = tuple(entitlements(in_force).values()), list(NeedRules.of(in_force).types)
    superuser = await asyncpg.connect(place.dsn(SUPERUSER))
    codes = [one.code for one in rules]
    await make(superuser, persons, villages=list(villages()), needs=needs, services=codes, on=DAY)
    await superuser.close()
    reader = await asyncpg.connect(place.dsn(APP))
    try:
        async with reader.transaction(readonly=True):
            await gate.step_in(reader, reach=Reach.CASES, areas=f'{{"{COUNTY_PATH}/"}}', today=str(DAY))
            asking = [asking_of_projects(one) for one in rules]
            together = [await _counted(reader, some, place=place) for some in (rules, asking)]
            return [*together, *[await _counted(reader, [one], place=place) for one in (*rules, *asking)]]
    finally:
        await reader.close()


async def _counted(reader: asyncpg.Connection, rules: Sequence[Entitlement], *, place: Place) -> Took:
    sql, values = counting(rules, on=DAY)
    costs = []
    for _ in range(TRIES):
        began, cpu = perf_counter(), postgres_cpu_seconds(place.directory)
        (row,) = await reader.fetch(sql, COUNTY_PATH, None, *values)
        costs.append((postgres_cpu_seconds(place.directory) - cpu, perf_counter() - began))
    cpu, seconds = min(costs)
    met, known = (sum(row[f"{name}{number}"] for number in range(len(rules))) for name in ("met", "known"))
    of_all = f"all {len(rules)} services {rules[0].code.partition(' ')[2]}".rstrip()
    name, aim = (rules[0].code, AIM_OF_ONE) if len(rules) == 1 else (of_all, AIM_OF_ALL)
    return Took(name, row["people"], met, known, seconds, cpu, aim)


def _table(took: Sequence[Took]) -> Table:
    table = Table(
        "rules",
        title=f"What rules say of {took[0].people:,} stored people, as one statement",
        caption=f"{os.cpu_count()} processors; load average {os.getloadavg()[0]:.2f} after; the least of {TRIES} runs",
    )
    for heading in ("met", "known", "s on the clock", "s of processor", "aim"):
        table.add_column(heading, justify="right")
    for one in took:
        took_so_long = (f"{one.seconds:.2f}", f"{one.cpu_seconds:.2f}", f"≤ {one.aim_seconds:.0f}")
        table.add_row(one.rules, f"{one.met:,}", f"{one.known:,}", *took_so_long)
    return table
