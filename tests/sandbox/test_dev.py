"""`./yian dev`: it starts, tells once that it is ready, stops without a trace, and forgets nothing."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from socket import socket
from typing import Any

import httpx
import psutil
import pytest

pytestmark = pytest.mark.database

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def directory() -> Iterator[Path]:
    """One for all tests: to fill it takes longer than all that they ask."""
    with tempfile.TemporaryDirectory(prefix="yian-test-", dir="/var/tmp") as made:
        Path(made).chmod(0o711)  # root gives way to another account, which passes through
        yield Path(made)


def started(directory: Path, *more: str) -> tuple[subprocess.Popen[str], dict[str, Any]]:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "app.cli",
        "dev",
        "--json",
        "--port",
        str(port),
        "--data-dir",
        str(directory),
        *more,
    ]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("YIAN_")}
    process = subprocess.Popen(
        command, cwd=ROOT, env=clean, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout
    return process, json.loads(process.stdout.readline())


def stopped(process: subprocess.Popen[str], by: signal.Signals = signal.SIGINT) -> list[psutil.Process]:
    """Which of the processes that it had started are left: the server's, the worker's, the database's."""
    began = psutil.Process(process.pid).children(recursive=True)
    (worker,) = (one for one in began if one.cmdline()[-1] == "worker")
    for _ in range(600):
        if worker.net_connections(kind="unix"):
            break  # it has come to the database, and does not end by itself any more
        time.sleep(0.1)
    process.send_signal(by)
    process.communicate(timeout=30)
    return psutil.wait_procs(began, timeout=5)[1]


def test_being_told_to_stop_leaves_nothing_running_and_nothing_lost(directory: Path) -> None:
    process, ready = started(directory)
    person, left = ready["citizen"]["person_id"], []

    for by in (signal.SIGINT, signal.SIGTERM):
        left += stopped(process, by)
        process, again = started(directory)
        officer = {"Authorization": f"Bearer {again['tokens']['township_officer']}"}
        assert httpx.get(f"{again['base_url']}/v1/persons/{person}", headers=officer).status_code == 200, by
    stopped(process)

    assert left == []


def test_the_line_that_says_ready_has_a_token_for_every_role(directory: Path) -> None:
    process, ready = started(directory, "--persons", "20")

    stopped(process)

    assert {"base_url", "openapi_url", "docs_url", "tokens"} <= ready.keys()
    assert {
        "portal",
        "citizen",
        "commissioner",
        "township_officer",
        "county_officer",
        "county_reviewer",
        "county_approver",
        "civil_affairs",
        "evaluator",
        "provider",
        "auditor",
        "admin",
    } <= ready["tokens"].keys()
