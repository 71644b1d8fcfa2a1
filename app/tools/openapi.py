"""The committed description of the API: written from the code, and held to its promises by the tools of openapi/.

A gate whose tool is not on this machine is skipped by name; the equality of the file with the code never is.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from app.api.edge import VERSION, make_edge
from app.api.health import About
from app.api.openapi.document import document_of
from app.api.openapi.published import DOCUMENT

FOLDER = DOCUMENT.parent
RELEASED = FOLDER / "released" / "v1.json"
TOOLS = FOLDER / "node_modules" / ".bin"
INSTALL = "npm ci --ignore-scripts --prefix openapi"
LOWEST_SCORE = 80.0
GATE_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a gate has found; `ok` is None where it could not look."""

    gate: str
    ok: bool | None
    detail: str = ""


def text() -> str:
    """The document as it is committed: the same bytes for the same code."""
    app = make_edge(about=About(version=VERSION, commit="", mode="sandbox"))
    return json.dumps(document_of(app), ensure_ascii=False, indent=2) + "\n"


def export(*, json_output: bool, path: Path = DOCUMENT) -> int:
    """Write the document anew, and say whether that changed it."""
    written = text()
    changed = not path.is_file() or path.read_text("utf-8") != written
    path.write_text(written, "utf-8")
    if json_output:
        sys.stdout.write(json.dumps({"path": str(path), "changed": changed}) + "\n")
    else:
        Console(stderr=True).print(f"{path.name} {'is new' if changed else 'was right already'}.")
    return 0


def check(*, json_output: bool) -> int:
    """Run every gate, also after one has failed; return 0 when none has failed."""
    outcomes = [gate() for gate in GATES]
    if json_output:
        sys.stdout.write(json.dumps([asdict(outcome) for outcome in outcomes], ensure_ascii=False) + "\n")
    else:
        Console().print(_table(outcomes))
        for outcome in outcomes:
            if outcome.ok is False:
                Console(stderr=True).rule(outcome.gate, align="left")
                sys.stderr.write(outcome.detail + "\n")
    return 1 if any(outcome.ok is False for outcome in outcomes) else 0


def is_current() -> Outcome:
    """Whether the committed document is what the code makes of it."""
    same = DOCUMENT.is_file() and DOCUMENT.read_text("utf-8") == text()
    return Outcome("equality", same, "" if same else "Run `./yian openapi export` and commit openapi/v1.json.")


def is_lint_free() -> Outcome:
    """Whether redocly finds nothing under the strict configuration."""
    return _gate("redocly lint", "redocly", "lint", "v1", "--format=stylish", "--max-problems=50")


def scores() -> Outcome:
    """Whether the document is easy enough to use, by redocly's measure."""
    done = _run("redocly", "score", "v1", "--format=json")
    if done is None:
        return _missing("redocly score")
    score = float(json.loads(done.stdout)["agentReadiness"]) if done.returncode == 0 else 0.0
    return Outcome("redocly score", score >= LOWEST_SCORE, f"{score:g} of 100; {LOWEST_SCORE:g} are needed.")


def is_warning_free() -> Outcome:
    """Whether spectral's OpenAPI rules find nothing, warnings included."""
    return _gate("spectral", "spectral", "lint", DOCUMENT.name, "--ruleset=.spectral.yaml", "--fail-severity=warn")


def breaks_nothing() -> Outcome:
    """Whether who used the last released document can use this one."""
    if not RELEASED.is_file():
        return Outcome("redocly diff", None, "Nothing has been released yet.")
    return _gate("redocly diff", "redocly", "diff", str(RELEASED), DOCUMENT.name, "--config=redocly-diff.yaml")


def canary_sings() -> Outcome:
    """Whether the comparison would notice: a document with breaking changes must fail against this one."""
    with tempfile.TemporaryDirectory() as directory:
        broken = Path(directory) / "broken.json"
        for name, harm in CANARIES.items():
            document = json.loads(DOCUMENT.read_text("utf-8"))
            harm(document)
            broken.write_text(json.dumps(document), "utf-8")
            done = _run("redocly", "diff", DOCUMENT.name, str(broken), "--config=redocly-diff.yaml")
            if done is None:
                return _missing("canary diff")
            if done.returncode == 0:
                return Outcome("canary diff", ok=False, detail=f"{name} went unnoticed; look at redocly-diff.yaml.")
    return Outcome("canary diff", ok=True, detail=f"{len(CANARIES)} breaking changes were noticed.")


def suits_typescript() -> Outcome:
    """Whether a client in TypeScript that is made from the document compiles with the sample."""
    made = _run("openapi-typescript")
    if made is None:
        return _missing("typescript client")
    if made.returncode != 0:
        return Outcome("typescript client", ok=False, detail=_tail(made))
    return _gate("typescript client", "tsc", "--project", "samples/tsconfig.json")


def suits_python() -> Outcome:
    """Whether a client in Python that is made from the document type-checks with the sample."""
    generator = shutil.which(
        "openapi-python-client", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    )
    if not generator:
        return Outcome(
            "python client",
            None,
            "Skipped. Install openapi-python-client apart (pipx, uv tool): it needs an older typer.",
        )
    with tempfile.TemporaryDirectory() as directory:
        made = Path(directory) / "yian_client"
        steps = (
            [generator, "generate", "--path", str(DOCUMENT), "--output-path", str(made), "--meta", "none"],
            [
                sys.executable,
                "-m",
                "mypy",
                "--strict",
                "--follow-imports=silent",
                "--no-incremental",
                "--config-file=",
                "samples/client.py",
            ],
        )
        for step in steps:
            done = _done(step, MYPYPATH=directory)
            if done.returncode != 0:
                return Outcome("python client", ok=False, detail=_tail(done))
    return Outcome("python client", ok=True)


GATES: tuple[Callable[[], Outcome], ...] = (
    is_current,
    is_lint_free,
    scores,
    is_warning_free,
    breaks_nothing,
    canary_sings,
    suits_typescript,
    suits_python,
)


def _lose_a_path(document: dict[str, Any]) -> None:
    document["paths"].popitem()


def _lose_a_field(document: dict[str, Any]) -> None:
    document["components"]["schemas"]["CaseRead"]["properties"].pop("stage")


def _ask_for_more(document: dict[str, Any]) -> None:
    document["components"]["schemas"]["ApplicationCreate"]["required"].append("channel")


def _lose_an_answer(document: dict[str, Any]) -> None:
    document["paths"]["/v1/applications"]["post"]["responses"].pop("201")


CANARIES: dict[str, Callable[[dict[str, Any]], None]] = {
    "a path less": _lose_a_path,
    "a field less in an answer": _lose_a_field,
    "a field more that must be sent": _ask_for_more,
    "another status": _lose_an_answer,
}


def _gate(gate: str, tool: str, *arguments: str) -> Outcome:
    done = _run(tool, *arguments)
    if done is None:
        return _missing(gate)
    return Outcome(gate, done.returncode == 0, "" if done.returncode == 0 else _tail(done))


def _run(tool: str, *arguments: str) -> subprocess.CompletedProcess[str] | None:
    """Run a tool in its folder; None where there is no Node or the tool is not installed."""
    if not shutil.which("node") or not (TOOLS / tool).exists():
        return None
    return _done([str(TOOLS / tool), *arguments], REDOCLY_SUPPRESS_UPDATE_NOTICE="true", REDOCLY_TELEMETRY="off")


def _done(command: list[str], **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=FOLDER,
        env={**os.environ, "NO_COLOR": "1", **variables},
        capture_output=True,
        text=True,
        timeout=GATE_SECONDS,
        check=False,
    )


def _missing(gate: str) -> Outcome:
    what = f"Run `{INSTALL}`." if shutil.which("node") else "Node is not on this machine."
    return Outcome(gate, None, f"Skipped. {what}")


def _tail(done: subprocess.CompletedProcess[str]) -> str:
    return "\n".join((done.stdout.strip() or done.stderr.strip()).splitlines()[-40:])


def _table(outcomes: list[Outcome]) -> Table:
    words = {True: "passed", False: "[bold red]failed", None: "skipped"}
    table = Table("gate", "outcome", "detail")
    for outcome in outcomes:
        table.add_row(outcome.gate, words[outcome.ok], "" if outcome.ok is False else outcome.detail)
    return table
