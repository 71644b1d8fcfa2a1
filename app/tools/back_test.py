"""`./yian rules backtest`: what the rules of a folder would have said to the decisions of a place."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

from rich.console import Console
from rich.table import Table

from app.adapters.back_tests import keep, sign
from app.adapters.postgres import gate
from app.adapters.postgres.database import Database
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.adapters.rulebooks import digest_of, read_rulebooks
from app.domain.benefit import Difference, changes
from app.domain.shared.region import path_of
from app.domain.shared.rulebook import Rulebook
from app.services.back_test import Change, Replay, back_test
from app.services.ports.caller import by_itself

DONE, FAILED = 0, 1
Opened: TypeAlias = Callable[[], Awaitable[Database]]
"""Opens the database whose decisions are replayed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Of which decisions it is asked, as of which day, and who asks."""

    region: str
    item: str | None
    on: date
    by: str


def sign_report(report: Path, rulebooks: Path, *, by: str, on: date) -> int:
    """Put a second person's signature beside the rulebooks, for each rule that the report has tested."""
    content = report.read_bytes()
    try:
        signatures = list(sign(json.loads(content), report_sha256=sha256(content).hexdigest(), by=by, on=on))
    except ValueError as refusal:
        sys.stderr.write(f"{refusal}\n")
        return FAILED
    for signed in signatures:
        sys.stdout.write(f"{keep(signed, rulebooks)}\n")
    return DONE


def run(rulebooks: Path, question: Question, *, opened: Opened, json_output: bool) -> int:
    """Print the back-test; the exit code is 1 when the rules of before do not lead to what is stored."""
    rules = read_rulebooks(rulebooks)
    change = Change(
        rulebook=Rulebook(rules), in_force_on=question.on, region=path_of(question.region), item=question.item
    )
    replay = asyncio.run(_replayed(change, opened))
    if json_output:
        tested = {rule.reference: digest_of([rule]) for rule in changes(rules)}
        sys.stdout.write(json.dumps(_figures(replay, question) | {"changes": tested}, default=str) + "\n")
    else:
        _print(replay)
    return FAILED if replay.not_reproduced else DONE


async def _replayed(change: Change, opened: Opened) -> Replay:
    database = await opened()
    caller = by_itself("back_test", request_id="back-test")
    admit = gate.by_itself(region=change.region, test_clock_id=None)
    try:
        return await back_test(change, work=lambda: PostgresUnitOfWork(database, caller, admit=admit))
    finally:
        await database.pool.close()


def _figures(replay: Replay, question: Question) -> dict[str, object]:
    test = replay.test
    return {
        "made_by": question.by,
        "region": question.region,
        "in_force_on": question.on,
        "whole": asdict(test.whole),
        "flips": [asdict(flip) for flip in test.flips],
        "by_group": {
            dimension: {group: asdict(one) for group, one in groups.items()}
            for dimension, groups in test.by_group.items()
        },
        "not_reproduced": replay.not_reproduced,
    }


def _print(replay: Replay) -> None:
    console, test = Console(), replay.test
    table = Table("group", "decisions", "gained", "lost", "more to pay (fen)", title="What the changed rules would say")
    _add(table, "all", test.whole)
    for dimension, groups in test.by_group.items():
        for group, one in sorted(groups.items()):
            _add(table, f"{dimension} {group}", one)
    console.print(table)
    for flip in test.flips:
        console.print(f"{flip.case_id}: {flip.before} → {flip.after} ({', '.join(flip.reasons)})")
    if replay.not_reproduced:
        console.print(
            f"[red]Not reproduced by their own rules: {len(replay.not_reproduced)}. This proves nothing.[/red]"
        )


def _add(table: Table, name: str, one: Difference) -> None:
    table.add_row(name, str(one.cases), str(one.gained), str(one.lost), f"{one.cost_fen:+,}")
