"""The folder with a server's data: made once, and known to be in use or not."""

import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.adapters.postgres.embedded.account import Account
from app.adapters.postgres.embedded.binaries import Binaries
from app.adapters.postgres.embedded.refusal import PostgresUnavailable

ORPHAN_SECONDS = 30.0
POLL_SECONDS = 0.05
LOG_BYTES = 10 * 1024 * 1024
COMPLETE_LINES = 8


@dataclass(frozen=True, slots=True)
class Postmaster:
    """What a running server writes into its folder about itself."""

    pid: int
    sockets: str
    is_ready: bool


@dataclass(frozen=True, slots=True)
class Cluster:
    """One data folder, the programs that serve it, and the account that they run under."""

    directory: Path
    programs: Binaries
    account: Account

    @property
    def log(self) -> Path:
        """Where the server writes what it has to say; it lies beside the data, not in it."""
        return self.directory.with_suffix(".log")

    def make(self, *, durable: bool) -> None:
        """Make the data folder if it is not there. It gets its name when it is complete; a break leaves none."""
        with suppress(FileNotFoundError):
            if self.log.stat().st_size > LOG_BYTES:
                self.log.unlink()
        if self.directory.exists():
            return
        fresh = self.directory.with_name(f"{self.directory.name}-unfinished")
        shutil.rmtree(fresh, ignore_errors=True)
        command: list[str | Path] = [self.programs.directory / "initdb", "--pgdata", self.account.own(fresh)]
        command += ["--username=postgres", "--auth-local=trust", "--auth-host=reject", "--data-checksums"]
        command += [*self.programs.locale, "--no-instructions", *([] if durable else ["--no-sync"])]
        status, said = self.account.run(command)
        if status != 0:
            raise PostgresUnavailable(f"The database could not be made in {fresh}: {said}")
        fresh.rename(self.directory)

    def postmaster(self) -> Postmaster | None:
        """The server that runs on this folder; what a killed one left behind does not count."""
        try:
            lines = (self.directory / "postmaster.pid").read_text().splitlines()
            pid = int(lines[0])
        except (OSError, ValueError, IndexError):
            return None
        if str(self.directory) not in command_of(pid):
            return None
        # The folder of the socket stands in the fifth line, the state in the eighth, and it is written last.
        sockets, state = (lines[4], lines[7].strip()) if len(lines) == COMPLETE_LINES else ("", "starting")
        return Postmaster(pid, sockets, is_ready=state == "ready")

    def end_orphan(self) -> None:
        """Stop the server of a program that was killed together with its watcher, and clear a misleading trace of one.

        The caller holds the folder's lock. The server itself copes with a trace whose process is gone; only where the
        number now belongs to another program would it refuse to start.
        """
        deadline = time.monotonic() + ORPHAN_SECONDS
        while (orphan := self.postmaster()) is not None:
            with suppress(ProcessLookupError):
                os.kill(orphan.pid, signal.SIGINT)
            if time.monotonic() > deadline:
                raise PostgresUnavailable(
                    f"An older server (process {orphan.pid}) does not stop. End it and try again."
                )
            time.sleep(POLL_SECONDS)
            if self.postmaster() is None and orphan.sockets:
                self.account.run(["rmdir", orphan.sockets])
        trace = self.directory / "postmaster.pid"
        with suppress(OSError, ValueError, IndexError):
            if command_of(int(trace.read_text().splitlines()[0])):
                trace.unlink()


def command_of(pid: int) -> str:
    """The command line of a process; empty when there is no such process."""
    if Path("/proc/self/cmdline").exists():
        with suppress(OSError):
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        return ""
    answer = subprocess.run(["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, check=False)
    return answer.stdout.decode(errors="replace").strip()
