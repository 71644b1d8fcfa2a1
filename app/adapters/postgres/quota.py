"""Counts of quotas, shared between processes: each writes what it has counted and reads what all have, in one go."""

import asyncio
from collections.abc import Mapping
from struct import calcsize, pack, unpack

import asyncpg
import structlog

from app.adapters.postgres import gate
from app.adapters.postgres.transaction import transaction
from app.adapters.quotas import Quota, Quotas, Tally
from app.domain.shared.errors import DomainError

SHARE_EVERY_SECONDS = 1.0
COLUMNS = 7
"""Of a tally, as it is told."""
_TURN = "SELECT pg_advisory_xact_lock(hashtextextended('quotas', 0))"
"""One after the other: then whoever sees a tally sees all those with smaller ids, too."""
_SHARE = """
WITH asked AS (
    SELECT quota, key, period, ends, since, members, times
    FROM unnest($1::text[], $2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bytea[], $7::bytea[])
        AS counted (quota, key, period, ends, since, members, times)
), told AS (
    INSERT INTO quota_tally (quota, key, period, ends_at, members, times)
    SELECT quota, key, period, to_timestamp(ends), members, times FROM asked
    RETURNING quota, key, period, ends_at, id
)
SELECT told.quota, told.key, told.period, told.ends_at, told.id, others.members, others.times
FROM told JOIN asked USING (quota, key) LEFT JOIN quota_tally AS others
    ON others.key = told.key AND others.quota = told.quota AND others.period = told.period
        AND others.id > asked.since
"""
# Up to `since` lies whatever this process has told before, and its own of now is not seen by the same statement.


async def share(pool: asyncpg.Pool, quotas: Quotas) -> None:
    """Tell the others what was counted here, and take in what they have counted of the same.

    The table is unlogged: nothing waits for the disk, and a crash of the database begins the hour anew. Where nothing
    was counted nothing is asked, unless it is to be seen whether counts can be shared again.
    """
    counted = quotas.take_unshared()
    if not counted and not quotas.is_blind:
        return
    told = [(*tally[:-1], *_packed(tally.times)) for tally in counted]
    columns = list(zip(*told, strict=True)) or [()] * COLUMNS
    async with transaction(pool) as connection:
        await gate.step_in(connection, reach="quotas")
        await connection.execute(_TURN)
        rows = await connection.fetch(_SHARE, *map(list, columns))
    quotas.take_in(
        Tally(Quota(quota), key, window, int(ends_at.timestamp()), since, _unpacked(members or b"", times or b""))
        for quota, key, window, ends_at, since, members, times in rows
    )


def _packed(times: Mapping[int, int]) -> tuple[bytes, bytes]:
    """Members and times, one behind the other: a row for each would cost more than all else that a look-up does."""
    return pack(f"<{len(times)}q", *times), pack(f"<{len(times)}i", *times.values())


def _unpacked(members: bytes, times: bytes) -> Mapping[int, int]:
    count = len(times) // calcsize("<i")
    return dict(zip(unpack(f"<{count}q", members), unpack(f"<{count}i", times), strict=True))


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
