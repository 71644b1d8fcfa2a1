"""The checks that need no database: format, lint, types, import contracts and the quick tests."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[2]
CORES = str(os.cpu_count() or 1)

_TESTS = (
    *("-m", "pytest", "-q", "-m", "not database and not browser and not slow", "--hypothesis-profile=quick"),
    *("-p", "no:cov", "-p", "no:schemathesis", "-p", "no:xdist", "-o", "faulthandler_timeout=0"),
)
"""What no quick test needs is left out: each of thousands would pay for it."""
STEPS: dict[str, tuple[str, ...]] = {
    "rules": (*_TESTS, "tests/domain"),
    "types": ("-m", "mypy"),
    "adapters": (*_TESTS, "tests", "--ignore=tests/domain", "--ignore=tests/api", "--ignore=tests/contract"),
    "interface": (*_TESTS, "tests/api", "tests/contract"),
    "imports": ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
    "format": ("-m", "ruff", "format", "--check", "."),
    "lint": ("-m", "ruff", "check", "."),
}
"""The longest first, so that no core waits. Tests by folder: workers that share a run would each read all of it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one step."""

    step: str
    ok: bool
    seconds: float


def run(*, json_output: bool) -> int:
    """Run every step, side by side, also after one has failed; return 0 when all have passed."""
    messages, started = Console(stderr=True), time.monotonic()
    with ThreadPoolExecutor(int(CORES)) as cores:
        outcomes = [*cores.map(partial(_outcome_of, messages=messages), STEPS)]
    seconds = round(time.monotonic() - started, 1)
    if json_output:
        sys.stdout.write(json.dumps({"ok": all(o.ok for o in outcomes), "steps": [asdict(o) for o in outcomes]}) + "\n")
    else:
        Console().print(_table(outcomes, seconds=seconds))
    return 0 if all(outcome.ok for outcome in outcomes) else 1


def _outcome_of(step: str, *, messages: Console) -> Outcome:
    """Run a step; what it has said is shown when it is done, for others speak at the same time."""
    command, started = [sys.executable, *STEPS[step]], time.monotonic()
    # Modules are compiled once, for each of the processes that run the tests and for the next time.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    messages.rule(step, align="left")
    messages.out(done.stdout.decode(errors="replace"), end="", highlight=False)
    return Outcome(step, ok=done.returncode == 0, seconds=round(time.monotonic() - started, 1))


def _table(outcomes: Sequence[Outcome], *, seconds: float) -> Table:
    table = Table("step", "outcome", "seconds")
    for outcome in outcomes:
        table.add_row(outcome.step, "passed" if outcome.ok else "[bold red]failed", f"{outcome.seconds:.1f}")
    table.add_section()
    table.add_row("all", "", f"{seconds:.1f}")
    return table
