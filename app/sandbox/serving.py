"""A sandbox in a process of its own, for as long as a block runs."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import socket

ROOT = Path(__file__).parents[2]
STOP_SECONDS = 30


class SandboxFailed(Exception):
    """The sandbox did not start."""


@contextmanager
def sandbox_server(directory: Path) -> Iterator[str]:
    """Run `./yian dev` on a free port over a folder, and give its address.

    Raises:
        SandboxFailed: it ended before it was ready; what it said stands on the standard error.
    """
    directory.chmod(0o711)  # root's database runs as another account, which passes through
    command = [sys.executable, "-m", "app.cli", "dev", "--json", "--port", str(_free_port())]
    command += ["--data-dir", str(directory)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own command
    try:
        assert process.stdout  # a pipe was asked for
        line = process.stdout.readline()
        if not line:
            raise SandboxFailed("The sandbox did not start. What it said stands above.")
        ready: dict[str, str] = json.loads(line)
        yield ready["base_url"]
    finally:
        process.terminate()
        process.wait(timeout=STOP_SECONDS)


def _free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
