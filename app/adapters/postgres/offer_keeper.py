"""Where the rules look for what is due, and which offers have run out: looked for in all places."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg

from app.adapters.postgres import gate
from app.adapters.postgres.database import Database
from app.adapters.postgres.transaction import READ_ONLY, transaction
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.domain.shared.authz import Reach
from app.domain.shared.region import contains
from app.services.ports.caller import by_itself
from app.services.ports.clock import Pointer
from app.services.ports.offer import Place

PACKAGES = "package."
NATION = ""
_OF_TEST_CLOCK = "SELECT DISTINCT registration_path FROM person WHERE clock_id = $1"
_LAPSED = """
SELECT o.id, o.region_path, o.clock_id FROM offer o LEFT JOIN clock k ON k.id = o.clock_id
WHERE o.stage IN ('made', 'sent')
  AND o.expires_on
      < ((now() + make_interval(secs => coalesce(k.offset_seconds, 0))) AT TIME ZONE 'Asia/Shanghai')::date
  AND ($1::uuid IS NULL OR o.id > $1) AND ($3::uuid IS NULL OR k.id = $3)
ORDER BY o.id LIMIT $2
"""
_REVISION = "SELECT max(id) FROM rule"


class PostgresOfferKeeper:
    """The offers of a deployment in PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def places(self, *, test_clock_id: UUID | None) -> list[Place]:
        """The places that have a package of their own, the widest of them; of a test clock, those of its people."""
        async with self._looking() as connection:
            if test_clock_id is not None:
                found = {row["registration_path"] for row in await connection.fetch(_OF_TEST_CLOCK, test_clock_id)}
            else:
                reference = await self._database.reference.at(connection, await connection.fetchval(_REVISION))
                found = {rule.region for rule in reference.rulebook if rule.subject.startswith(PACKAGES)}
                if NATION in found:
                    found = {region.path for region in reference.regions if "/" not in region.path}
        return [Place(region=region, test_clock_id=test_clock_id) for region in _widest(found)]

    async def lapsed(self, *, test_clock_id: UUID | None, after: UUID | None, limit: int) -> list[Pointer]:
        """Some open offers whose last day has passed, in the order of their ids."""
        async with self._looking() as connection:
            rows = await connection.fetch(_LAPSED, after, limit, test_clock_id)
        return [Pointer(id=row["id"], region=row["region_path"], test_clock_id=row["clock_id"]) for row in rows]

    def open_work(self, place: Place | Pointer, *, what: str) -> PostgresUnitOfWork:
        """A transaction in which nobody acts, in one place and at the time of one clock."""
        caller = by_itself(what, request_id=f"{what}-{self._database.new_id()}")
        admit = gate.by_itself(region=place.region, test_clock_id=place.test_clock_id)
        return PostgresUnitOfWork(self._database, caller, admit=admit)

    @asynccontextmanager
    async def _looking(self) -> AsyncIterator[asyncpg.Connection]:
        """A transaction that sees which offers are open in all places, and nothing else of people."""
        async with transaction(self._database.pool, READ_ONLY) as connection:
            await gate.step_in(connection, reach=Reach.CLOCKS)
            yield connection


def _widest(regions: Iterable[str]) -> list[str]:
    """The regions that lie in none of the others: nobody is looked at twice."""
    found = sorted(set(regions))
    return [region for region in found if not any(contains(other, region) for other in found if other != region)]
