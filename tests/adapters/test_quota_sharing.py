"""Processes share what they count, through tables that nothing else sees."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.adapters.postgres.database import Database, open_pool
from app.adapters.postgres.quota import share
from app.adapters.postgres.roles import APP, WORKER
from app.adapters.postgres.upkeep import keep_up
from app.adapters.quotas import MAY_BE_BLIND, Quotas
from app.domain.shared.errors import Unavailable
from app.services.ports.quota import TooManyRequests
from tests.adapters.test_quotas import Clock, quotas

pytestmark = [pytest.mark.anyio, pytest.mark.database]


@pytest.fixture
def client() -> UUID:
    return uuid4()


@pytest.fixture
def processes() -> tuple[Quotas, Quotas]:
    """Two that mean the same hour."""
    limited = {"numbers_an_hour": 4, "same_number_an_hour": 4, "people_an_hour": 4, "client_requests_a_minute": 4}
    return quotas(Clock(), **limited), quotas(Clock(), **limited)


async def test_what_processes_count_of_the_same_is_counted_together(
    database: Database, processes: tuple[Quotas, Quotas], client: UUID
) -> None:
    for process in processes:
        process.looked_up(client, b"the-same")
        process.looked_up(client, b"the-same")
    await share(database.pool, processes[0])
    await share(database.pool, processes[1])

    with pytest.raises(TooManyRequests):
        processes[1].looked_up(client, b"the-same")


async def test_a_person_whom_two_processes_have_shown_is_one(
    database: Database, processes: tuple[Quotas, Quotas], client: UUID
) -> None:
    people = [uuid4() for _ in range(4)]
    for process in processes:
        process.shown(client, people[:3])
        await share(database.pool, process)

    processes[1].shown(client, people)
    await share(database.pool, processes[1])
    with pytest.raises(TooManyRequests):
        processes[1].shown(client, [uuid4()])


async def test_requests_of_all_processes_use_one_share_up(
    database: Database, processes: tuple[Quotas, Quotas], client: UUID
) -> None:
    for _ in range(2):
        for process in processes:
            process.request(client_id=client, account_id=uuid4())
    for process in processes:
        await share(database.pool, process)

    with pytest.raises(TooManyRequests):
        processes[1].request(client_id=client, account_id=uuid4())


async def test_what_was_told_before_is_not_counted_again(
    database: Database, processes: tuple[Quotas, Quotas], client: UUID
) -> None:
    one, other = processes
    for _ in range(2):
        one.looked_up(client, b"the-same")
    await share(database.pool, one)
    for digest in (b"the-same", b"not-that"):
        other.looked_up(client, digest)
        await share(database.pool, other)

    other.looked_up(client, b"the-same")  # the fourth of all

    with pytest.raises(TooManyRequests):
        other.looked_up(client, b"the-same")


async def test_many_processes_share_at_once_without_undoing_one_another(
    database: Database, processes: tuple[Quotas, Quotas]
) -> None:
    clients = [uuid4() for _ in range(50)]
    for turn in range(4):
        for process in processes:
            for client in clients if turn % 2 else reversed(clients):
                process.looked_up(client, bytes([turn] * 8))
        await asyncio.gather(*(share(database.pool, process) for process in processes))

    with pytest.raises(TooManyRequests):
        processes[0].looked_up(clients[0], b"another-one")


async def test_a_process_that_cannot_share_is_not_told_otherwise_by_a_second_without_requests(
    database: Database, superuser_dsn: Callable[[str], str], client: UUID
) -> None:
    clock = Clock()
    process, closed = quotas(clock), await open_pool(superuser_dsn(APP), size=1, name="yian")
    await closed.close()
    process.cannot_share()
    with suppress(Unavailable):
        await share(closed, process)
    clock.now += MAY_BE_BLIND + timedelta(seconds=1)
    with pytest.raises(Unavailable):
        process.looked_up(client, b"somebody")

    await share(database.pool, process)

    process.looked_up(client, b"somebody")


async def test_nobody_but_who_shares_counts_sees_who_has_asked_how_much(
    database: Database, processes: tuple[Quotas, Quotas], superuser_dsn: Callable[[str], str]
) -> None:
    processes[0].looked_up(uuid4(), b"somebody")
    await share(database.pool, processes[0])
    connection: asyncpg.Connection = await asyncpg.connect(superuser_dsn(APP))
    try:
        assert await connection.fetch("SELECT * FROM quota_tally") == []
    finally:
        await connection.close()


async def test_counts_of_hours_that_are_over_are_removed(
    installed: Any, superuser: asyncpg.Connection, database: Database, *, processes: tuple[Quotas, Quotas], client: UUID
) -> None:
    processes[0].looked_up(client, b"somebody")
    await share(database.pool, processes[0])
    now = datetime.now(UTC)
    await superuser.execute("UPDATE quota_tally SET ends_at = $2 WHERE key = $1", client, now - timedelta(minutes=1))
    worker = await asyncpg.create_pool(installed.server.dsn(WORKER, installed.database), min_size=1, max_size=1)

    async with worker:
        await keep_up(worker, at=now)

    assert await superuser.fetchval("SELECT count(*) FROM quota_tally WHERE key = $1", client) == 0
