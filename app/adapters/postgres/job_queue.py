"""Whose turn it is: PostgreSQL is the queue. A turn is a chunk, and whoever has waited longest for one is next."""

from datetime import timedelta

import asyncpg

from app.adapters.postgres.database import Database
from app.adapters.postgres.job import COLUMNS, to_job
from app.adapters.postgres.transaction import transaction
from app.domain.job import PauseReason
from app.services.ports.job import Leased

LEASE = timedelta(seconds=30)
"""How long a worker has for a chunk before another may begin it anew. Only one of them can commit it."""
_AS_QUEUE = """
SELECT set_config('yian.reach', 'jobs', true), set_config('yian.actor', '00000000-0000-0000-0000-000000000000', true)
"""
_NEXT = f"""
UPDATE job SET leased_until = $2, attempts = attempts + 1
WHERE id = (
    SELECT id FROM job WHERE state IN ('queued', 'running') AND (leased_until IS NULL OR leased_until < $1)
    ORDER BY served_at NULLS FIRST, id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING {COLUMNS}, attempts
"""
_PAUSE = """
UPDATE job SET state = 'paused', reason = $2, leased_until = NULL, attempts = 0
WHERE id = $1 AND state IN ('queued', 'running')
"""
_RELEASE = "UPDATE job SET leased_until = NULL, served_at = $2 WHERE id = $1"


class PostgresJobQueue:
    """The queue as the worker sees it: every job that waits, and no content of any."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def lease(self) -> Leased | None:
        """The job that has waited longest for its turn; a new one has waited longest of all."""
        at = self._database.real_time()
        row = await self._run(_NEXT, at, at + LEASE)
        return Leased(to_job(row), row["attempts"]) if row else None

    async def pause(self, leased: Leased, reason: PauseReason) -> None:
        """Let a job rest that cannot go on."""
        await self._run(_PAUSE, leased.job.id, reason)

    async def release(self, leased: Leased) -> None:
        """Give the turn back; whoever else waits is next."""
        await self._run(_RELEASE, leased.job.id, self._database.real_time())

    async def _run(self, sql: str, *arguments: object) -> asyncpg.Record | None:
        async with transaction(self._database.pool) as connection:
            await connection.execute(_AS_QUEUE)
            return await connection.fetchrow(sql, *arguments)
