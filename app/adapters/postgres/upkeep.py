"""Housekeeping in the database: what has had its time is removed in small portions."""

from datetime import datetime, timedelta

import asyncpg

from app.adapters.jwt import MAX_LEEWAY_SECONDS
from app.adapters.postgres import gate
from app.adapters.postgres.transaction import transaction

KEYS_KEPT = timedelta(days=30)
JOBS_KEPT = timedelta(days=30)
"""What was handed in and what came out is personal data: it goes when its owner has had time to fetch it."""
AT_ONCE = 1_000
_KEYS = """
DELETE FROM idempotency_key WHERE (actor_id, client_id, key) IN
    (SELECT actor_id, client_id, key FROM idempotency_key WHERE created_at < $1 ORDER BY created_at LIMIT $2)
"""
_REVOCATIONS = """
DELETE FROM revocation WHERE token_id IN
    (SELECT token_id FROM revocation WHERE expires_at < $1 ORDER BY expires_at LIMIT $2)
"""
_JOBS = """
DELETE FROM job WHERE id IN
    (SELECT id FROM job WHERE finished_at < $1 OR (state = 'awaiting_input' AND created_at < $1) LIMIT $2)
"""
HONOURED_AFTER = timedelta(seconds=MAX_LEEWAY_SECONDS)
"""So long after its end a token is honoured, and a client's proof: whatever may not come again is known until then."""
JOBS_AT_ONCE = 20
_DRAFTS = "DELETE FROM draft WHERE id IN (SELECT id FROM draft WHERE expires_on < $1 ORDER BY expires_on LIMIT $2)"
A_DAY = timedelta(days=1)
"""The last day of a draft is a legal day, which ends later in some places than where this clock hangs."""
_TALLIES = "DELETE FROM quota_tally WHERE ends_at < $1"


async def keep_up(pool: asyncpg.Pool, *, at: datetime) -> int:
    """Remove keys that nobody repeats any more, expired revocations and drafts, jobs of long ago, and old counts.

    Row-level security shows a key to nobody but its owner; upkeep says that it is upkeep, in its own transaction.
    """
    async with transaction(pool) as connection:
        await gate.step_in(connection, reach="upkeep")
        keys = await connection.execute(_KEYS, at - KEYS_KEPT, AT_ONCE)
        revocations = await connection.execute(_REVOCATIONS, at - HONOURED_AFTER, AT_ONCE)
        jobs = await connection.execute(_JOBS, at - JOBS_KEPT, JOBS_AT_ONCE)
        drafts = await connection.execute(_DRAFTS, (at - A_DAY).date(), AT_ONCE)
        await connection.execute(_TALLIES, at)  # all at once: nothing waits for them, and they are a day's worth
    return sum(int(done.rpartition(" ")[2]) for done in (keys, revocations, jobs, drafts))
