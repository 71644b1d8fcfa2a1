"""Visits at home: rows to aggregates and back."""

from collections.abc import Collection
from uuid import UUID

from app.adapters.postgres.aggregates import FOLLOWS, Kind, SealedAggregates
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import HomeVisitRow
from app.domain.home_visit import HomeVisit
from app.domain.shared.access import Principal

HOME_VISITS = Kind(
    HomeVisitRow,
    HomeVisit,
    lambda visit: {
        "seen_on": visit.seen_on,
        "found_dead_on": visit.found_dead_on,
        "next_due_on": visit.next_due_on,
        "is_in_conflict": visit.is_in_conflict,
    },
    says=FOLLOWS,
)
_CLOSE = "SELECT close_persons() AS close"
_TAKE = "SELECT id FROM home_visit WHERE id = ANY ($1) ORDER BY id FOR UPDATE"


class PostgresHomeVisits(SealedAggregates[HomeVisit]):
    """Visits at home in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, HOME_VISITS)

    async def close_to_caller(self) -> frozenset[UUID]:
        """Whom the caller is close to, and whose visits are for others."""
        row = await self._session.row(_CLOSE)
        return frozenset(row["close"]) if row else frozenset()

    async def take_many(self, keys: Collection[UUID]) -> dict[UUID, HomeVisit]:
        """Those that there are, in the order of their ids, so that two batches never wait for one another."""
        await self._session.rows(_TAKE, list(keys))
        return {visit.id: visit for visit in await self.select("id = ANY ($1)", list(keys))}

    async def page(
        self, *, person_id: UUID | None, whose: Principal, after: UUID | None, limit: int
    ) -> list[HomeVisit]:
        """Some of those in the caller's areas."""
        condition = "($4::uuid IS NULL OR person_id = $4)"
        return await self.page_of(condition, person_id, whose=whose, after=after, limit=limit)
