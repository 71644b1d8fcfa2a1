"""Housekeeping by the worker's own role: old keys go, young ones stay, and a lost database is not the worker's end."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import asyncpg
import pytest

from app.adapters.jwt import MAX_LEEWAY_SECONDS
from app.adapters.postgres.database import open_pool
from app.adapters.postgres.roles import WORKER
from app.adapters.postgres.upkeep import JOBS_KEPT, KEYS_KEPT, keep_up
from app.domain.shared.errors import Unavailable
from tests.acting import World
from tests.api.bulk import supplied
from tests.api.flow import submitted
from tests.api.probes import a_draft

pytestmark = [pytest.mark.anyio, pytest.mark.database]
KEYS = "SELECT count(*) FROM idempotency_key WHERE actor_id = $1"


@pytest.fixture
async def pool(superuser_dsn: Callable[[str], str]) -> AsyncIterator[asyncpg.Pool]:
    opened = await open_pool(superuser_dsn(WORKER), size=1, name="yian-worker")
    yield opened
    await opened.close()


async def test_a_key_is_kept_as_long_as_somebody_may_repeat_it(
    pool: asyncpg.Pool, world: World, superuser: asyncpg.Connection
) -> None:
    await submitted(world)
    portal = world.account("portal")
    now = datetime.now(UTC)

    await keep_up(pool, at=now)
    kept = await superuser.fetchval(KEYS, portal)
    await superuser.execute(
        "UPDATE idempotency_key SET created_at = $2 WHERE actor_id = $1", portal, now - KEYS_KEPT - timedelta(days=1)
    )
    await keep_up(pool, at=now)

    assert kept > 0
    assert await superuser.fetchval(KEYS, portal) == 0


async def test_what_was_handed_in_and_what_came_out_goes_when_its_owner_has_had_time_to_fetch_it(
    pool: asyncpg.Pool, world: World, superuser: asyncpg.Connection
) -> None:
    old, young = await supplied(world, b"number,name\n1,x\n"), await supplied(world, b"number,name\n1,x\n")
    now = datetime.now(UTC)
    await world.post("portal", f"/v1/jobs/{old['id']}/cancellation")
    await superuser.execute(
        "UPDATE job SET finished_at = $2 WHERE id = $1::uuid", old["id"], now - JOBS_KEPT - timedelta(days=1)
    )

    await keep_up(pool, at=now)

    of_both = [old["id"], young["id"]]
    assert await superuser.fetchval("SELECT array_agg(id::text) FROM job WHERE id = ANY ($1::uuid[])", of_both) == [
        young["id"]
    ]
    assert await superuser.fetchval("SELECT count(*) FROM job_input WHERE job_id = ANY ($1::uuid[])", of_both) == 1


async def test_what_may_not_be_honoured_again_is_known_for_as_long_as_a_slow_clock_would_honour_it(
    pool: asyncpg.Pool, superuser: asyncpg.Connection
) -> None:
    expires_at, token_id = datetime.now(UTC), str(uuid4())
    await superuser.execute("INSERT INTO revocation VALUES ($1, $2)", token_id, expires_at)
    left = []

    for seconds in (MAX_LEEWAY_SECONDS, MAX_LEEWAY_SECONDS + 1):
        await keep_up(pool, at=expires_at + timedelta(seconds=seconds))
        left.append(await superuser.fetchval("SELECT count(*) FROM revocation WHERE token_id = $1", token_id))

    assert left == [1, 0]


async def test_a_draft_that_nobody_has_touched_goes_when_its_last_day_has_passed_everywhere(
    pool: asyncpg.Pool, world: World, superuser: asyncpg.Connection
) -> None:
    draft = await world.post("portal", "/v1/application-drafts", a_draft(world))
    last_day = datetime.fromisoformat(draft["expires_on"]).replace(tzinfo=UTC)
    left = []

    for days in (0, 1, 2):
        await keep_up(pool, at=last_day + timedelta(days=days))
        left.append(await superuser.fetchval("SELECT count(*) FROM draft WHERE id = $1", draft["id"]))

    assert left == [1, 1, 0]


async def test_a_database_that_is_away_is_told_as_such(pool: asyncpg.Pool) -> None:
    await pool.close()

    with pytest.raises(Unavailable):
        await keep_up(pool, at=datetime.now(UTC))
