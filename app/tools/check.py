"""The checks that need no database: format, lint, types, import contracts and the quick tests."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[2]
CORES = str(os.cpu_count() or 1)

STEPS: dict[str, tuple[str, ...]] = {
    "format": ("-m", "ruff", "format", "--check", "."),
    "lint": ("-m", "ruff", "check", "."),
    "types": ("-m", "mypy"),
    "imports": ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
    "tests": ("-m", "pytest", "-q", "-m", "not database and not browser and not slow", "-n", CORES),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one step."""

    step: str
    ok: bool
    seconds: float


def run(*, json_output: bool) -> int:
    """Run every step, also after one has failed; return 0 when all have passed."""
    messages = Console(stderr=True)
    outcomes = [_outcome_of(step, command, messages=messages) for step, command in STEPS.items()]
    if json_output:
        sys.stdout.write(json.dumps({"ok": all(o.ok for o in outcomes), "steps": [asdict(o) for o in outcomes]}) + "\n")
    else:
        Console().print(_table(outcomes))
    return 0 if all(outcome.ok for outcome in outcomes) else 1


def _outcome_of(step: str, command: Sequence[str], *, messages: Console) -> Outcome:
    messages.rule(step, align="left")
    started = time.monotonic()
    done = subprocess.run([sys.executable, *command], cwd=ROOT, stdout=sys.stderr, check=False)
    return Outcome(step, ok=done.returncode == 0, seconds=round(time.monotonic() - started, 1))


def _table(outcomes: Sequence[Outcome]) -> Table:
    table = Table("step", "outcome", "seconds")
    for outcome in outcomes:
        table.add_row(outcome.step, "passed" if outcome.ok else "[bold red]failed", f"{outcome.seconds:.1f}")
    table.add_section()
    table.add_row("all", "", f"{sum(outcome.seconds for outcome in outcomes):.1f}")
    return table
