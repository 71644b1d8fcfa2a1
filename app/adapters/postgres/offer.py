"""Offers to people: rows to aggregates and back, and for whom the rules are asked."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from app.adapters.postgres.aggregates import Kind, SealedAggregates
from app.adapters.postgres.reach import BEGINNING
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import OfferRow
from app.domain.offer import Offer, OfferStage
from app.domain.shared.access import Principal

OFFERS = Kind(
    OfferRow,
    Offer,
    lambda offer: {
        "item": offer.item,
        "stage": offer.stage,
        "sent_on": offer.sent_on,
        "expires_on": offer.expires_on,
        "clock_id": offer.clock_id,
    },
    fixed=frozenset({"item", "clock_id"}),
)
_TAKE = "SELECT id FROM offer WHERE id = $1 FOR UPDATE SKIP LOCKED"
_TURN = "SELECT pg_try_advisory_xact_lock(hashtextextended('offers ' || $1, 0)) AS is_ours"
_CANDIDATES = """
SELECT p.id FROM person p
WHERE (p.registration_path = $1 OR p.registration_path ^@ ($1 || '/') OR p.region_path = $1
    OR p.region_path ^@ ($1 || '/'))
  AND p.clock_id IS NOT DISTINCT FROM $2 AND p.id > $3
  AND (EXISTS (SELECT FROM certificate c WHERE c.person_id = p.id)
    OR EXISTS (SELECT FROM need n WHERE n.person_id = p.id AND n.stage = 'confirmed'))
ORDER BY p.id LIMIT $4
"""
_LATEST = """
id IN (SELECT DISTINCT ON (person_id, item) id FROM offer WHERE person_id = ANY ($1) ORDER BY person_id, item, id DESC)
"""
_ASKED_FOR = """
SELECT asked.person_id, array_agg(DISTINCT asked.code) AS codes FROM (
    SELECT i.person_id, i.code FROM application_item i JOIN application a ON a.id = i.application_id
    WHERE i.person_id = ANY ($1) AND (NOT i.is_finished OR (a.submitted_at AT TIME ZONE 'Asia/Shanghai')::date >= $2)
    UNION ALL
    SELECT r.person_id, s.code FROM referral r JOIN service s ON s.id = r.service_id
    WHERE r.person_id = ANY ($1) AND (r.stage IN ('offered', 'accepted', 'delivered', 'paused')
        OR (r.offered_at AT TIME ZONE 'Asia/Shanghai')::date >= $2)
    UNION ALL
    SELECT w.person_id, s.code FROM waiting_entry w JOIN service s ON s.id = w.service_id
    WHERE w.person_id = ANY ($1) AND w.stage = 'waiting'
    UNION ALL
    SELECT p.person_id, s.code FROM plan p
    CROSS JOIN LATERAL jsonb_path_query(p.detail, '$.content.path[*].service_id') planned (id)
    JOIN service s ON s.id = (planned.id #>> '{}')::uuid
    WHERE p.person_id = ANY ($1) AND p.stage IN ('drafted', 'agreed', 'active')
) asked GROUP BY asked.person_id
"""
"""Applied for; asked of a provider or waited for; or in a plan that somebody has drawn up."""


class PostgresOffers(SealedAggregates[Offer]):
    """Offers to people in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, OFFERS)

    async def take(self, key: UUID) -> Offer | None:
        """The offer, held until the transaction ends."""
        if await self._session.row(_TAKE, key) is None:
            return None
        return await self.get(key)

    async def take_turn(self, region: str) -> bool:
        """Whether no other worker is looking there now."""
        row = await self._session.row(_TURN, region)
        return bool(row and row["is_ours"])

    async def candidates(self, region: str, *, clock_id: UUID | None, after: UUID | None, limit: int) -> list[UUID]:
        """Holders of a certificate, in force or not, and whoever has a confirmed need: the rules say what counts."""
        found = await self._session.rows(_CANDIDATES, region, clock_id, after or BEGINNING, limit)
        return [row["id"] for row in found]

    async def latest_of(self, person_ids: Sequence[UUID]) -> dict[tuple[UUID, str], Offer]:
        """The newest of each benefit."""
        return {(offer.person_id, offer.item): offer for offer in await self.select(_LATEST, list(person_ids))}

    async def asked_for(self, person_ids: Sequence[UUID], *, since: date) -> dict[UUID, frozenset[str]]:
        """What is open or was applied for since a day."""
        rows = await self._session.rows(_ASKED_FOR, list(person_ids), since)
        return {row["person_id"]: frozenset(row["codes"]) for row in rows}

    async def page(
        self,
        stages: tuple[OfferStage, ...],
        *,
        person_id: UUID | None,
        whose: Principal,
        after: UUID | None,
        limit: int,
    ) -> list[Offer]:
        """Some of those that the caller may see; whom it is made to sees it once it was sent."""
        condition = "stage = ANY ($4) AND ($5::uuid IS NULL OR person_id = $5) AND ($6::boolean OR sent_on IS NOT NULL)"
        asked = (list(stages), person_id, bool(whose.areas))
        return await self.page_of(condition, *asked, whose=whose, after=after, limit=limit)
