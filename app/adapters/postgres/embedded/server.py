"""Starts a server on a data folder, watches over it, and stops it."""

import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.adapters.postgres.embedded.account import Account, claim, server_account, socket_directory
from app.adapters.postgres.embedded.binaries import binaries_for
from app.adapters.postgres.embedded.cluster import Cluster
from app.adapters.postgres.embedded.refusal import PostgresUnavailable

PORT = 5432
"""Only a part of the socket's file name; nothing listens on a network port."""
START_SECONDS = 60.0
STOP_SECONDS = 30.0
KILL_SECONDS = 5.0
POLL_SECONDS = 0.01

# What a small machine can spare, and nothing of a statement's values in the log.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "max_wal_size": "512MB",
    "huge_pages": "off",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_error_statement": "panic",
}
THROWAWAY_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}

# Standard input ends when the program that started us is gone, however it went; a word means that it took leave.
WATCHER = """
read -r word && exit
read -r pid <"$1/postmaster.pid" && kill -INT "$pid"
tries=0
while kill -0 "$pid" && [ "$tries" -lt 300 ]; do sleep 0.1; tries=$((tries + 1)); done
rmdir "$2"
"""


@dataclass(frozen=True, slots=True)
class EmbeddedPostgres:
    """A running server: the folder of its socket, and whether this program started it or found it running."""

    host: str
    major: int
    started_here: bool
    port: int = PORT

    def dsn(self, role: str = "postgres", database: str = "yian") -> str:
        """The URL for a role and a database. The private folder is the lock on the door; there is no password."""
        return f"postgresql://{role}@/{database}?host={self.host}&port={self.port}"


@contextmanager
def embedded_postgres(
    data_directory: Path, *, durable: bool = True, binaries: Path | None = None
) -> Iterator[EmbeddedPostgres]:
    """Run the server of a sandbox's folder, which is made when it is not there; stop it at the end.

    A server that another program runs on the same folder is shared, and left to that program.
    `durable=False` gives up every promise about a crash, for tests. `binaries` names another PostgreSQL's programs.

    Raises:
        PostgresUnavailable: with what is wrong and how to mend it.
    """
    account = server_account()
    directory = claim(data_directory, account)
    programs = binaries_for(account, directory=directory, named=binaries)
    cluster = Cluster(directory / f"postgres-{programs.major}", programs, account)
    with (directory / "postgres.lock").open("ab") as lock:
        if shared := _shared(cluster, lock):
            yield shared
            return
        cluster.end_orphan()
        cluster.make(durable=durable)
        with _sockets(account) as sockets, _watched(cluster, sockets), _running(cluster, sockets, durable=durable):
            yield EmbeddedPostgres(str(sockets), programs.major, started_here=True)


@contextmanager
def throwaway_postgres(*, binaries: Path | None = None) -> Iterator[EmbeddedPostgres]:
    """Run a fresh server for tests, and remove all of it at the end."""
    directory = Path(tempfile.mkdtemp(prefix="yian-throwaway-", dir="/var/tmp"))
    try:
        if os.geteuid() == 0:
            directory.chmod(0o711)
        with embedded_postgres(directory, durable=False, binaries=binaries) as server:
            yield server
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _shared(cluster: Cluster, lock: BinaryIO) -> EmbeddedPostgres | None:
    """The server that another program runs here, once it is ready; None as soon as the folder is ours to use."""
    deadline = time.monotonic() + START_SECONDS
    while not _locked(lock):
        found = cluster.postmaster()
        if found is not None and found.is_ready:
            return EmbeddedPostgres(found.sockets, cluster.programs.major, started_here=False)
        if time.monotonic() > deadline:
            raise PostgresUnavailable(
                f"Another program holds {cluster.directory.parent}, and its database does not become ready. "
                "End that program, or choose another folder with --data-dir."
            )
        time.sleep(POLL_SECONDS)
    return None


def _locked(file: BinaryIO) -> bool:
    """Take the lock if it is free; the system lets go of it when its holder dies."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _sockets(account: Account) -> Iterator[Path]:
    directory = socket_directory(account)
    try:
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)


@contextmanager
def _watched(cluster: Cluster, sockets: Path) -> Iterator[None]:
    command: list[str | Path] = ["/bin/sh", "-c", WATCHER, "yian-watcher", cluster.directory, sockets]
    with cluster.account.start(command, stdin=subprocess.PIPE, output=subprocess.DEVNULL) as watcher:
        try:
            yield
        finally:
            watcher.communicate(b"stopped\n")


@contextmanager
def _running(cluster: Cluster, sockets: Path, *, durable: bool) -> Iterator[None]:
    settings = SETTINGS | ({} if durable else THROWAWAY_SETTINGS)
    command: list[str | Path] = [cluster.programs.directory / "postgres", "-D", cluster.directory, "-k", sockets]
    command += [f"--{name}={value}" for name, value in settings.items()]
    server = _start(cluster, command)
    try:
        yield
    finally:
        _stop(server)


def _start(cluster: Cluster, command: list[str | Path]) -> subprocess.Popen[bytes]:
    """Start the server and wait until it takes connections."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        with _private(cluster.log) as log:
            beginning = log.tell()
            server = cluster.account.start(command, stdin=subprocess.DEVNULL, output=log.fileno())
        while server.poll() is None and time.monotonic() < deadline:
            found = cluster.postmaster()
            if found is not None and found.pid == server.pid and found.is_ready:
                return server
            time.sleep(POLL_SECONDS)
        said = _last_words(cluster.log, beginning)
        # Sessions of a server that was killed take a moment to notice it.
        if "shared memory block" not in said or time.monotonic() > deadline:
            _stop(server)
            raise PostgresUnavailable(f"PostgreSQL does not start: {said} See {cluster.log}.")
        time.sleep(10 * POLL_SECONDS)


def _private(log: Path) -> BinaryIO:
    return os.fdopen(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab")


def _last_words(log: Path, beginning: int) -> str:
    with log.open("rb") as file:
        file.seek(beginning)
        lines = file.read().decode(errors="replace").splitlines() or ["it says nothing."]
    return next((line.partition("FATAL:")[2].strip() for line in lines if "FATAL:" in line), lines[-1])


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End sessions and write everything down; a server that does not is made to recover at the next start."""
    for demand, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, KILL_SECONDS), (signal.SIGKILL, None)):
        with suppress(subprocess.TimeoutExpired):
            server.send_signal(demand)
            server.wait(seconds)
            return
