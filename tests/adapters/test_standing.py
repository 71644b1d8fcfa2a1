"""A receipt that is made in the instant of its withdrawal does not survive it: one of the two sees the other."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.adapters.postgres.standing import ALONE, BESIDE_OTHERS
from tests.acting import World
from tests.api.test_certificate_business import applied, cancelled, certified
from tests.api.test_certificate_standing import LOST, latest_decision
from tests.api.test_verification_receipt import the_certificate, verified

pytestmark = [pytest.mark.anyio, pytest.mark.database]

WAITING = """
SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
WHERE l.locktype = 'advisory' AND NOT l.granted AND d.datname = current_database()
"""
FROZEN = "UPDATE certificate_version SET status = 'frozen' WHERE certificate_id = $1 AND is_current"


@pytest.fixture
async def other(superuser_dsn: Any) -> AsyncIterator[asyncpg.Connection]:
    """A second transaction at the same moment."""
    connection = await asyncpg.connect(superuser_dsn("postgres"))
    await connection.execute("BEGIN")
    yield connection
    await connection.close()


async def until_somebody_waits(connection: asyncpg.Connection) -> None:
    async with asyncio.timeout(20):
        while not await connection.fetchval(WAITING):
            continue


async def test_who_asks_while_it_is_being_changed_waits_and_is_told_how_it_stands_then(
    world: World, superuser: asyncpg.Connection, other: asyncpg.Connection
) -> None:
    certificate = UUID(await certified(world))
    await other.fetchval(ALONE, certificate)
    await other.execute(FROZEN, certificate)

    asked = asyncio.create_task(verified(world, the_certificate(world)))
    await until_somebody_waits(superuser)
    await other.execute("COMMIT")

    assert [one["outcome"] for one in await asked] == ["frozen"]


async def test_who_changes_it_while_a_receipt_is_being_made_waits_and_withdraws_that_one_too(
    world: World, superuser: asyncpg.Connection, other: asyncpg.Connection
) -> None:
    certificate, receipt = UUID(await certified(world)), uuid4()
    await other.execute(BESIDE_OTHERS, [certificate])
    await other.execute(
        "INSERT INTO receipt (id, subject_id, kind, outcome, issued_at, expires_at) "
        "VALUES ($1, $2, 'certificate_verification', 'in_force', now(), now() + interval '90 days')",
        receipt,
        certificate,
    )

    freezing = asyncio.create_task(world.step("county_approver", f"/v1/certificates/{certificate}", "freeze", LOST))
    await until_somebody_waits(superuser)
    await other.execute("COMMIT")
    await freezing

    assert await superuser.fetchval("SELECT withdrawn_at IS NOT NULL FROM receipt WHERE id = $1", receipt)


async def test_who_asks_for_the_receipt_of_a_decision_while_it_is_overtaken_waits_and_gets_none(
    world: World, superuser: asyncpg.Connection, other: asyncpg.Connection
) -> None:
    await certified(world)
    granted = await latest_decision(world, "granted")
    await other.fetchval(ALONE, UUID(granted["id"]))
    await other.execute("UPDATE decision SET replaces = id WHERE id = $1", UUID(granted["id"]))

    asked = asyncio.create_task(world.call("citizen", "POST", f"/v1/decisions/{granted['id']}/receipt"))
    await until_somebody_waits(superuser)
    await other.execute("COMMIT")

    assert (await asked).json()["code"] == "decision_overtaken"


async def test_who_overtakes_a_decision_while_a_receipt_of_it_is_being_made_waits_and_withdraws_that_one_too(
    world: World, superuser: asyncpg.Connection, other: asyncpg.Connection
) -> None:
    await certified(world)
    granted, receipt = UUID((await latest_decision(world, "granted"))["id"]), uuid4()
    await other.execute(BESIDE_OTHERS, [granted])
    await other.execute(
        "INSERT INTO receipt (id, subject_id, kind, outcome, issued_at, expires_at) "
        "VALUES ($1, $2, 'decision_certificate', 'granted', now(), now() + interval '10 years')",
        receipt,
        granted,
    )

    cancelling = asyncio.create_task(cancelled(world, await applied(world, "cancellation")))
    await until_somebody_waits(superuser)
    await other.execute("COMMIT")
    await cancelling

    assert await superuser.fetchval("SELECT withdrawn_at IS NOT NULL FROM receipt WHERE id = $1", receipt)
