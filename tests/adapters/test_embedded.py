"""The embedded PostgreSQL: it starts, is private, survives what kills it, and leaves nothing running."""

import asyncio
import os
import shutil
import signal
import socket
import stat
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import asyncpg
import psutil
import pytest

from app.adapters.postgres.embedded import (
    EmbeddedPostgres,
    PostgresUnavailable,
    carried_binaries,
    default_directory,
    embedded_postgres,
    throwaway_postgres,
)

pytestmark = pytest.mark.database

ROOT = Path(__file__).parents[2]
NAMED = os.environ.get("YIAN_TEST_POSTGRES_BIN")
BINARIES = Path(NAMED) if NAMED else None
PATIENCE_SECONDS = 20
IS_IT_ENCRYPTED = struct.pack("!ii", 8, 80877103)
"""The shortest question of PostgreSQL's protocol that is answered: SSLRequest."""

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives way to another user")

# A program that starts a server, says where, and waits to be killed.
PROGRAM = """
import signal, sys
from pathlib import Path
from app.adapters.postgres.embedded import embedded_postgres
binaries = Path(sys.argv[2]) if sys.argv[2] else None
with embedded_postgres(Path(sys.argv[1]), durable=False, binaries=binaries) as server:
    print(server.host, flush=True)
    signal.pause()
"""


@pytest.fixture
def nowhere() -> Iterator[Path]:
    """A folder that is not there yet, where an unprivileged user can reach it also when the tests run as root."""
    parent = Path(tempfile.mkdtemp(prefix="yian-test-", dir="/var/tmp"))
    parent.chmod(0o711)
    yield parent / "sandbox"
    shutil.rmtree(parent)


@pytest.fixture(scope="session")
def made() -> Iterator[Path]:
    """A sandbox's folder that was made once, to be copied."""
    parent = Path(tempfile.mkdtemp(prefix="yian-test-", dir="/var/tmp"))
    parent.chmod(0o711)
    with a_server(parent / "sandbox"):
        pass
    yield parent / "sandbox"
    shutil.rmtree(parent)


@pytest.fixture
def directory(made: Path, nowhere: Path) -> Path:
    """The folder of a sandbox that has been started before."""
    subprocess.run(["cp", "-a", made, nowhere], check=True)
    return nowhere


def a_server(directory: Path) -> AbstractContextManager[EmbeddedPostgres]:
    """A server in a hurry, for what is not about keeping data."""
    return embedded_postgres(directory, durable=False, binaries=BINARIES)


def ask(server: EmbeddedPostgres, question: str) -> Any:
    async def answer() -> Any:
        connection = await asyncpg.connect(server.dsn(database="postgres"))
        try:
            return await connection.fetchval(question)
        finally:
            await connection.close()

    return asyncio.run(answer())


def postmaster_of(directory: Path) -> int:
    (trace,) = directory.glob("postgres-*/postmaster.pid")
    return int(trace.read_text().split()[0])


def a_session(host: str) -> socket.socket:
    """A connection that has been answered and ends when the server does.

    One that a server finds waiting while it stops already is kept until it says something, or a minute has passed.
    """
    session = socket.socket(socket.AF_UNIX)
    session.settimeout(PATIENCE_SECONDS)
    session.connect(f"{host}/.s.PGSQL.5432")
    session.sendall(IS_IT_ENCRYPTED)
    assert session.recv(1) == b"N"
    return session


def a_program(directory: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PROGRAM, str(directory), NAMED or ""]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def said_by(program: subprocess.Popen[str]) -> str:
    assert program.stdout is not None
    return program.stdout.readline().strip()


def test_what_is_written_is_there_at_the_next_start(nowhere: Path) -> None:
    with embedded_postgres(nowhere, binaries=BINARIES) as server:
        ask(server, "CREATE TABLE kept AS SELECT '残疾人证'::text AS word")

    with embedded_postgres(nowhere, binaries=BINARIES) as server:
        assert ask(server, "SELECT word FROM kept") == "残疾人证"


def test_trigrams_are_found_in_chinese_text() -> None:
    with throwaway_postgres(binaries=BINARIES) as server:
        ask(server, "CREATE EXTENSION pg_trgm")

        assert ask(server, "SELECT cardinality(show_trgm('残疾人证'))") == 5


def test_a_sandbox_keeps_every_promise_about_a_crash(directory: Path) -> None:
    with embedded_postgres(directory, binaries=BINARIES) as server:
        for promise in ("fsync", "full_page_writes", "synchronous_commit", "data_checksums"):
            assert ask(server, f"SHOW {promise}") == "on"


def test_a_throwaway_server_hurries_and_leaves_nothing() -> None:
    with throwaway_postgres(binaries=BINARIES) as server:
        place = Path(ask(server, "SHOW data_directory"))

        assert ask(server, "SHOW fsync") == "off"
    assert not place.parent.exists()


def test_the_server_is_reached_through_a_private_folder_only(directory: Path) -> None:
    with a_server(directory) as server:
        assert ask(server, "SHOW listen_addresses") == ""
        assert stat.S_IMODE(Path(server.host).stat().st_mode) == 0o700
        assert len(server.host) < 100
    assert not Path(server.host).exists()


def test_the_terminal_cannot_interrupt_the_server_before_the_program(directory: Path) -> None:
    with a_server(directory):
        assert os.getsid(postmaster_of(directory)) != os.getsid(0)


def test_a_server_that_runs_already_is_shared_and_left_running(directory: Path) -> None:
    with a_server(directory) as first:
        with a_server(directory) as second:
            assert (second.host, second.started_here) == (first.host, False)

        assert ask(first, "SELECT 1") == 1


def test_a_server_ends_in_order_when_its_program_is_killed(directory: Path) -> None:
    with a_program(directory) as program:
        host = said_by(program)
        with a_session(host) as session:
            program.kill()

            assert session.recv(1) == b""

    with a_server(directory) as server:
        assert server.started_here
    assert "not properly shut down" not in next(directory.glob("postgres-*.log")).read_text()


def test_a_server_whose_watcher_was_killed_too_is_ended_by_the_next_start(directory: Path) -> None:
    with a_program(directory) as program:
        said_by(program)
        orphan = postmaster_of(directory)
        (watcher,) = (child for child in psutil.Process(program.pid).children() if child.pid != orphan)
        watcher.kill()
        program.kill()

    with a_server(directory) as server:
        assert server.started_here
        assert postmaster_of(directory) != orphan


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(directory: Path) -> None:
    with embedded_postgres(directory, binaries=BINARIES) as server:
        ask(server, "CREATE TABLE kept AS SELECT 7 AS number")
        os.kill(postmaster_of(directory), signal.SIGKILL)

    with embedded_postgres(directory, binaries=BINARIES) as server:
        assert ask(server, "SELECT number FROM kept") == 7


def test_a_trace_whose_number_now_belongs_to_another_program_does_not_stop_a_start(directory: Path) -> None:
    with a_server(directory):
        cluster = next(directory.glob("postgres-*/PG_VERSION")).parent
    with a_sleeper_of(cluster) as sleeper:
        (cluster / "postmaster.pid").write_text(f"{sleeper.pid}\n{cluster}\n")

        with a_server(directory) as server:
            assert ask(server, "SELECT 1") == 1

        assert sleeper.poll() is None
        sleeper.kill()


def a_sleeper_of(cluster: Path) -> subprocess.Popen[bytes]:
    facts = cluster.stat()
    is_root = os.geteuid() == 0
    return subprocess.Popen(
        ["sleep", "60"],
        user=facts.st_uid if is_root else None,
        group=facts.st_gid if is_root else None,
        extra_groups=[] if is_root else None,
    )


def test_a_data_folder_that_was_never_finished_is_made_again(nowhere: Path) -> None:
    nowhere.mkdir(mode=0o711)
    for major in (15, 18):
        (nowhere / f"postgres-{major}-unfinished" / "base").mkdir(parents=True)

    with a_server(nowhere) as server:
        assert ask(server, "SELECT 1") == 1


def test_a_server_that_cannot_start_says_why(directory: Path) -> None:
    with a_server(directory):
        cluster = next(directory.glob("postgres-*/PG_VERSION")).parent
    (cluster / "global" / "pg_control").unlink()

    with (
        pytest.raises(PostgresUnavailable, match="pg_control"),
        a_server(directory),
    ):
        pass


def test_a_folder_without_programs_is_named(nowhere: Path) -> None:
    with pytest.raises(PostgresUnavailable, match="holds no `postgres`"), embedded_postgres(nowhere, binaries=ROOT):
        pass


def test_a_folder_that_others_can_write_to_is_refused(nowhere: Path) -> None:
    nowhere.mkdir()
    nowhere.chmod(0o777)

    with (
        pytest.raises(PostgresUnavailable, match="can be written to by others"),
        a_server(nowhere),
    ):
        pass


@as_root
def test_root_gives_way_to_nobody(directory: Path) -> None:
    with a_server(directory):
        process = Path(f"/proc/{postmaster_of(directory)}")

        assert process.stat().st_uid == 65534
        assert "Groups:\t \n" in (process / "status").read_text()


@as_root
def test_root_is_told_when_nobody_cannot_reach_the_folder_and_no_permission_changes(nowhere: Path) -> None:
    nowhere.mkdir(mode=0o700)

    with (
        pytest.raises(PostgresUnavailable, match="cannot enter"),
        a_server(nowhere / "inside"),
    ):
        pass

    assert stat.S_IMODE(nowhere.stat().st_mode) == 0o700
    assert list(nowhere.iterdir()) == []


@as_root
def test_programs_that_nobody_can_reach_are_copied_and_their_folder_stays_closed(
    nowhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried = carried_binaries()
    assert carried is not None
    tmp_path.chmod(0o700)
    for part in (carried.parents[1], carried.parents[1].with_suffix(".libs")):
        shutil.copytree(part, tmp_path / part.name)
    monkeypatch.syspath_prepend(tmp_path)

    with embedded_postgres(nowhere) as server:
        assert ask(server, "SELECT 1") == 1

    assert len(list(nowhere.glob("binaries-*"))) == 1
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_a_checkout_has_one_default_folder_that_the_server_can_reach() -> None:
    place = default_directory(ROOT)

    assert place == default_directory(ROOT)
    assert place == ROOT / ".yian" or place.parent == Path("/var/tmp")
