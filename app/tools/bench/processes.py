"""Processes of the service: the processor time that they and the database have used so far, and the memory of a worker.

All of it is read from Linux's /proc.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import sleep

import httpx

TICKS = os.sysconf("SC_CLK_TCK")
START_SECONDS = 30
STEP_SECONDS = 0.1
KIBIBYTE = 1024


@dataclass(frozen=True, slots=True)
class ServerProcesses:
    """A uvicorn with its workers, and the file that it logs to."""

    port: int
    pid: int
    log: Path

    def cpu_seconds(self) -> float:
        """Processor time of the server and all its workers."""
        return sum(_cpu_seconds(pid) for pid in _tree(self.pid))


@contextmanager
def serving(application: str, *, port: int, workers: int, log: Path) -> Iterator[ServerProcesses]:
    """Run an application until the block ends. It logs as it always does; that belongs to what a request costs."""
    command = [sys.executable, "-m", "uvicorn", application, "--factory", "--port", str(port)]
    command += ["--workers", str(workers), "--no-access-log", "--log-level", "warning"]
    with log.open("wb") as lines:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=lines)
    try:
        _wait(f"http://127.0.0.1:{port}/livez")
        yield ServerProcesses(port, process.pid, log)
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)


@dataclass(frozen=True, slots=True)
class WorkerProcess:
    """A worker, and the file that it logs to."""

    process: subprocess.Popen[bytes]
    log: Path

    def cpu_seconds(self) -> float:
        """Processor time so far."""
        return _cpu_seconds(self.process.pid)

    def peak_bytes(self) -> int:
        """The most memory that it has had resident at one time."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        (peak,) = (line.split()[1] for line in lines if line.startswith("VmHWM:"))
        return int(peak) * KIBIBYTE

    def kill(self) -> None:
        """End it in the midst of whatever it does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=START_SECONDS)


@contextmanager
def working(environment: Mapping[str, str], *, log: Path) -> Iterator[WorkerProcess]:
    """Run a worker until the block ends, if nothing has ended it before."""
    command = [sys.executable, "-m", "app.cli", "worker"]
    with log.open("wb") as lines:
        process = subprocess.Popen(command, env=os.environ | environment, stdout=lines, stderr=lines)
    try:
        yield WorkerProcess(process, log)
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)


def postgres_cpu_seconds(directory: Path) -> float:
    """Processor time of the PostgreSQL whose data lie under a folder, and of no other; with helpers that have ended."""
    (file,) = directory.glob("postgres-*/postmaster.pid")
    postmaster = int(file.read_text().split()[0])
    return _cpu_seconds_of_ended_children(postmaster) + sum(_cpu_seconds(pid) for pid in _tree(postmaster))


def _wait(url: str) -> None:
    for _ in range(int(START_SECONDS / STEP_SECONDS)):
        try:
            httpx.get(url, timeout=1)
        except httpx.TransportError:
            sleep(STEP_SECONDS)
        else:
            return
    raise TimeoutError(f"The server did not answer within {START_SECONDS} s.")


def _pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _tree(root: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for pid in _pids():
        if (parent := _parent(pid)) is not None:
            children.setdefault(parent, []).append(pid)
    found, open_ones = [], [root]
    while open_ones:
        pid = open_ones.pop()
        found.append(pid)
        open_ones += children.get(pid, [])
    return found


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _parent(pid: int) -> int | None:
    fields = _stat(pid)
    return int(fields[1]) if fields else None


def _cpu_seconds(pid: int) -> float:
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12])) / TICKS if fields else 0.0


def _cpu_seconds_of_ended_children(pid: int) -> float:
    fields = _stat(pid)
    return (int(fields[13]) + int(fields[14])) / TICKS if fields else 0.0
