"""Counts of quotas, shared between processes: each writes what it has counted and reads what all have, in one go."""

import asyncio
from dataclasses import astuple

import asyncpg
import structlog

from app.adapters.postgres import gate
from app.adapters.postgres.errors import translated
from app.adapters.quotas import Count, Quota, Quotas
from app.domain.shared.errors import DomainError

SHARE_EVERY_SECONDS = 1.0
_SHARE = """
WITH told AS (
    SELECT quota, key, member, period, to_timestamp(ends) AS ends_at, count
    FROM unnest($1::text[], $2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[], $6::integer[])
        AS counted (quota, key, member, period, ends, count)
    ORDER BY quota, key, member
), added AS (
    INSERT INTO quota_count AS known (quota, key, member, period, ends_at, count) SELECT * FROM told
    ON CONFLICT (quota, key, period, member) DO UPDATE SET count = known.count + excluded.count
    RETURNING quota, key, member, period, ends_at, count, xmax = 0 AS is_new
), breadth AS (
    INSERT INTO quota_breadth AS known (quota, key, period, ends_at, members)
    SELECT quota, key, period, ends_at, count(*) FILTER (WHERE is_new) FROM added
    GROUP BY quota, key, period, ends_at ORDER BY quota, key
    ON CONFLICT (quota, key, period) DO UPDATE SET members = known.members + excluded.members
    RETURNING quota, key, period, members
)
SELECT added.quota, added.key, added.member, added.period, extract(epoch FROM added.ends_at)::bigint AS ends,
    added.count, breadth.members
FROM added JOIN breadth USING (quota, key, period)
"""
# In one order for all: two processes that wait for each other's rows would undo one another.


async def share(pool: asyncpg.Pool, quotas: Quotas) -> None:
    """Tell the others what was counted here, and take in what they have counted of the same.

    The tables are unlogged: nothing waits for the disk, and a crash of the database begins the hour anew.
    """
    counted = quotas.take_unshared()
    if not counted:
        quotas.take_in(())
        return
    columns = zip(*map(astuple, counted), strict=True)
    with translated():
        async with pool.acquire(timeout=5) as connection, connection.transaction():
            await gate.step_in(connection, reach="quotas")
            rows = await connection.fetch(_SHARE, *map(list, columns))
    quotas.take_in(
        (Count(Quota(quota), key, member, window, ends_at, count), members)
        for quota, key, member, window, ends_at, count, members in rows
    )


async def keep_sharing(pool: asyncpg.Pool, quotas: Quotas, *, every_seconds: float = SHARE_EVERY_SECONDS) -> None:
    """Share for ever; what cannot be shared is lost, and look-ups are closed when that goes on."""
    log = structlog.get_logger()
    while True:
        await asyncio.sleep(every_seconds)
        try:
            await share(pool, quotas)
        except (DomainError, asyncpg.PostgresError) as failure:
            quotas.cannot_share()
            log.warning("counts not shared", reason=type(failure).__name__)
