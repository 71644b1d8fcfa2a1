"""Which clocks have run out or were reckoned by an old calendar, and which deliveries are new, in all places."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg

from app.adapters.postgres import gate
from app.adapters.postgres.database import Database
from app.adapters.postgres.transaction import READ_ONLY, transaction
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.domain.shared.authz import Reach
from app.services.ports.caller import by_itself
from app.services.ports.clock import Pointer

_DUE = """
SELECT id, region_path, clock_id FROM case_clock
WHERE state = 'running' AND clock_id IS NULL AND due_on < (now() AT TIME ZONE 'Asia/Shanghai')::date
  AND ($1::uuid IS NULL OR id > $1)
ORDER BY id LIMIT $2
"""
_DUE_BY_TEST_CLOCKS = """
SELECT c.id, c.region_path, c.clock_id FROM clock k JOIN case_clock c ON c.clock_id = k.id
WHERE c.state = 'running'
  AND c.due_on < ((now() + make_interval(secs => k.offset_seconds)) AT TIME ZONE 'Asia/Shanghai')::date
  AND ($1::uuid IS NULL OR c.id > $1) AND ($3::uuid IS NULL OR k.id = $3)
ORDER BY c.id LIMIT $2
"""
_UNANSWERED = """
SELECT r.id, r.region_path, p.clock_id
FROM referral r LEFT JOIN person p ON p.id = r.person_id LEFT JOIN clock k ON k.id = p.clock_id
WHERE r.stage = 'offered'
  AND (r.detail ->> 'expires_on')::date
      < ((now() + make_interval(secs => coalesce(k.offset_seconds, 0))) AT TIME ZONE 'Asia/Shanghai')::date
  AND ($1::uuid IS NULL OR r.id > $1) AND ($3::uuid IS NULL OR k.id = $3)
ORDER BY r.id LIMIT $2
"""
_OVERDUE_NEEDS = """
SELECT r.id, r.region_path, p.clock_id
FROM need_report r LEFT JOIN person p ON p.id = r.person_id LEFT JOIN clock k ON k.id = p.clock_id
WHERE r.stage = 'at_township'
  AND r.due_on < ((now() + make_interval(secs => coalesce(k.offset_seconds, 0))) AT TIME ZONE 'Asia/Shanghai')::date
  AND ($1::uuid IS NULL OR r.id > $1) AND ($3::uuid IS NULL OR k.id = $3)
ORDER BY r.id LIMIT $2
"""
_OVERDUE_HARM = """
SELECT r.id, r.region_path, p.clock_id
FROM harm_report r LEFT JOIN person p ON p.id = r.person_id LEFT JOIN clock k ON k.id = p.clock_id
WHERE r.stage = 'reported' AND r.raised_at IS NULL
  AND r.receive_by < now() + make_interval(secs => coalesce(k.offset_seconds, 0))
  AND ($1::uuid IS NULL OR r.id > $1) AND ($3::uuid IS NULL OR k.id = $3)
ORDER BY r.id LIMIT $2
"""
_OVERDUE_COMPLAINTS = """
SELECT r.id, r.region_path, p.clock_id
FROM complaint r LEFT JOIN person p ON p.id = r.person_id LEFT JOIN clock k ON k.id = p.clock_id
WHERE r.rises_after
      < ((now() + make_interval(secs => coalesce(k.offset_seconds, 0))) AT TIME ZONE 'Asia/Shanghai')::date
  AND ($1::uuid IS NULL OR r.id > $1) AND ($3::uuid IS NULL OR k.id = $3)
ORDER BY r.id LIMIT $2
"""
_UNCHECKED = """
SELECT d.referral_id AS id, left(d.region_path, 14) AS region_path, min(p.clock_id::text)::uuid AS clock_id
FROM delivery d LEFT JOIN person p ON p.id = d.person_id
WHERE NOT d.is_checked AND ($1::uuid IS NULL OR d.referral_id > $1) AND ($3::uuid IS NULL OR p.clock_id = $3)
GROUP BY d.referral_id, left(d.region_path, 14) ORDER BY d.referral_id LIMIT $2
"""
"""In the county: one worker may be in two of its places at once."""
_EDITIONS = "SELECT DISTINCT region_path, edition FROM case_clock WHERE state IN ('running', 'paused')"
_OUTDATED = """
SELECT c.id, c.region_path, c.clock_id FROM unnest($3::text[], $4::text[]) AS old (region_path, edition)
JOIN case_clock c USING (region_path, edition)
WHERE c.state IN ('running', 'paused') AND ($1::uuid IS NULL OR c.id > $1)
ORDER BY c.id LIMIT $2
"""
_REVISION = "SELECT max(id) FROM rule"


class PostgresClockKeeper:
    """The clocks of a deployment in PostgreSQL, and what else runs out by itself."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(self, *, test_clock_id: UUID | None, after: UUID | None, limit: int) -> list[Pointer]:
        """Some clocks whose last day has passed, in the order of their ids; with a test clock, those of its client."""
        async with self._looking() as connection:
            found = await connection.fetch(_DUE_BY_TEST_CLOCKS, after, limit, test_clock_id)
            if test_clock_id is None:
                found += await connection.fetch(_DUE, after, limit)
        return sorted(map(_pointer, found), key=_id)[:limit]

    async def unanswered(self, *, test_clock_id: UUID | None, after: UUID | None, limit: int) -> list[Pointer]:
        """Some offers to providers whose last day to answer has passed, in the order of their ids."""
        async with self._looking() as connection:
            return list(map(_pointer, await connection.fetch(_UNANSWERED, after, limit, test_clock_id)))

    async def overdue_needs(self, *, test_clock_id: UUID | None, after: UUID | None, limit: int) -> list[Pointer]:
        """Some reports of needs that a township has not answered in its days, in the order of their ids."""
        async with self._looking() as connection:
            return list(map(_pointer, await connection.fetch(_OVERDUE_NEEDS, after, limit, test_clock_id)))

    async def overdue_harm(self, *, test_clock_id: UUID | None, after: UUID | None, limit: int) -> list[Pointer]:
        """Some reports of harm that nobody has taken in and that have not risen yet, in the order of their ids."""
        async with self._looking() as connection:
            return list(map(_pointer, await connection.fetch(_OVERDUE_HARM, after, limit, test_clock_id)))

    async def overdue_complaints(self, *, test_clock_id: UUID | None, after: UUID | None, limit: int) -> list[Pointer]:
        """Some complaints that nobody has taken in or answered in time, in the order of their ids."""
        async with self._looking() as connection:
            return list(map(_pointer, await connection.fetch(_OVERDUE_COMPLAINTS, after, limit, test_clock_id)))

    async def unchecked(self, *, test_clock_id: UUID | None, after: UUID | None, limit: int) -> list[Pointer]:
        """Some referrals with deliveries that nobody has held to the others, in the order of their ids."""
        async with self._looking() as connection:
            return list(map(_pointer, await connection.fetch(_UNCHECKED, after, limit, test_clock_id)))

    async def outdated(self, *, after: UUID | None, limit: int) -> list[Pointer]:
        """Some open clocks that were reckoned by another edition of the calendar than that of today."""
        async with self._looking() as connection:
            reference = await self._database.reference.at(connection, await connection.fetchval(_REVISION))
            held = await connection.fetch(_EDITIONS)
            old = [row for row in held if row["edition"] != reference.calendar(row["region_path"]).edition]
            if not old:
                return []
            regions, editions = [row["region_path"] for row in old], [row["edition"] for row in old]
            return list(map(_pointer, await connection.fetch(_OUTDATED, after, limit, regions, editions)))

    def open_work(self, pointer: Pointer, *, what: str) -> PostgresUnitOfWork:
        """A transaction in which nobody acts, in the place and at the time of a clock."""
        caller = by_itself(what, request_id=f"{what}-{self._database.new_id()}")
        admit = gate.by_itself(region=pointer.region, test_clock_id=pointer.test_clock_id)
        return PostgresUnitOfWork(self._database, caller, admit=admit)

    @asynccontextmanager
    async def _looking(self) -> AsyncIterator[asyncpg.Connection]:
        """A transaction that sees the clocks and the offers of all places, and nothing else of the cases."""
        async with transaction(self._database.pool, READ_ONLY) as connection:
            await gate.step_in(connection, reach=Reach.CLOCKS)
            yield connection


def _pointer(row: asyncpg.Record) -> Pointer:
    return Pointer(id=row["id"], region=row["region_path"], test_clock_id=row["clock_id"])


def _id(pointer: Pointer) -> UUID:
    return pointer.id
