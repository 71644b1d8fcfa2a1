"""The whole test suite, in parallel, on real PostgreSQLs that are started for it and removed after it."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from rich.console import Console

ROOT = Path(__file__).parents[2]
SERVER = "YIAN_TEST_SERVER"
"""`host:port` of a server to test on, as its superuser. Not YIAN_DATABASE_URL: the suite makes and drops databases."""
POSTGRES_BIN = "YIAN_TEST_POSTGRES_BIN"
"""Folder of the PostgreSQL programs to test on."""

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def run(arguments: Sequence[str], *, postgres_bin: Path | None, json_output: bool) -> int:
    """Run the suite, or the part that the arguments of pytest name; return pytest's exit code."""
    messages = Console(stderr=True)
    for missing in missing_parts():
        messages.print(f"Skipped for want of it: {missing}")
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as directory:
        report = Path(directory) / "report.xml"
        status = _pytest(
            [*arguments, f"--junit-xml={report}"], _environment(postgres_bin), output=2 if json_output else 1
        )
        if json_output:
            counts = {"ok": status == 0, "seconds": round(time.monotonic() - started, 1), **_counts(report)}
            sys.stdout.write(json.dumps(counts) + "\n")
    return status


def missing_parts() -> list[str]:
    """What the suite can do without, and does without here; each with the line that installs it."""
    missing = []
    if not any(shutil.which(name) for name in CHROMIUM):
        missing.append("Chromium, for the tests of pages (Debian: apt-get install chromium).")
    if not (ROOT / "openapi" / "node_modules").exists():
        missing.append("the linters of the API's description (npm ci --ignore-scripts --prefix openapi).")
    if not (ROOT / "tests" / "browser" / "node_modules").exists():
        missing.append("the browser's remote control (npm ci --ignore-scripts --prefix tests/browser).")
    return missing


def _environment(postgres_bin: Path | None) -> Mapping[str, str]:
    """The environment for the tests, without any setting of this machine's.

    Each process of the tests starts a server of its own: on a shared one, whose transactions are numbered in common,
    they would hold back one another's feeds of events. Modules are compiled once for the many processes that the tests
    start.
    """
    left_out = re.compile("YIAN_|PYTHONDONTWRITEBYTECODE")
    clean = {name: value for name, value in os.environ.items() if not left_out.match(name)}
    given = os.environ.get(SERVER)
    if postgres_bin is not None:
        return clean | {POSTGRES_BIN: str(postgres_bin)}
    return clean | ({SERVER: given} if given else {})


def _pytest(arguments: Sequence[str], environment: Mapping[str, str], *, output: int) -> int:
    """Let pytest finish also when it is interrupted: it tells what it has seen, and ends before the server does."""
    command = [sys.executable, "-m", "pytest", "-n", str(os.cpu_count() or 1), "--dist=worksteal", *arguments]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output) as pytest:
        try:
            return pytest.wait()
        except KeyboardInterrupt:
            pytest.wait()
            raise


def _counts(report: Path) -> dict[str, int]:
    if not report.exists():
        return {}
    suite = ET.parse(report).getroot().find("testsuite")  # noqa: S314 - our own pytest wrote it
    names = ("tests", "failures", "errors", "skipped")
    return {} if suite is None else {name: int(suite.get(name, "0")) for name in names}
