"""Records of deliveries and what does not fit in them: rows to values and back."""

from uuid import UUID

from app.adapters.postgres.aggregates import FOLLOWS, Kind, SealedAggregates
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import DeliveryFindingRow, DeliveryRow
from app.domain.delivery_finding import DeliveryFinding, DeliveryFindingKind, DeliveryFindingStage, Overlap
from app.domain.referral import Delivery, Referral
from app.domain.shared.access import Principal
from app.services.ports.delivery import Unchecked

FINDINGS = Kind(
    DeliveryFindingRow,
    DeliveryFinding,
    lambda finding: {"referral_id": finding.referral_id, "kind": finding.kind, "stage": finding.stage},
    fixed=frozenset({"referral_id", "kind"}),
    says=FOLLOWS,
)
MOST = 1000
"""Of one check: a referral has at most so many records, and a record overlaps with a handful."""
_UNCHECKED = """
SELECT id, delivered_on FROM delivery WHERE referral_id = $1 AND NOT is_checked ORDER BY id LIMIT $2
FOR UPDATE SKIP LOCKED
"""
_OVERLAPS = """
SELECT d.id, o.id AS other_id, o.person_id = d.person_id AS is_same_person
FROM delivery d JOIN delivery o ON o.id <> d.id AND o.starts_at < d.ends_at AND d.starts_at < o.ends_at
  AND o.starts_at > d.starts_at - interval '1 day'
  AND (o.person_id = d.person_id OR o.provider_id = d.provider_id AND o.worker = d.worker)
WHERE d.id = ANY ($1::uuid[]) ORDER BY d.id, o.id LIMIT $2
"""
_CHECKED = "UPDATE delivery SET is_checked = true WHERE id = ANY ($1::uuid[]) RETURNING id"
_OPEN_KINDS = "SELECT DISTINCT kind FROM delivery_finding WHERE referral_id = $1 AND stage = 'open' LIMIT $2"


class PostgresDeliveries:
    """Records of deliveries in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, delivery: Delivery, *, of: Referral) -> None:
        """Put one on record."""
        self._session.add(
            DeliveryRow,
            id=delivery.id,
            referral_id=of.id,
            person_id=of.person_id,
            region_path=of.region,
            service_id=of.service_id,
            provider_id=of.provider_id,
            delivered_on=delivery.on,
            amount=delivery.quantity.amount,
            unit=delivery.quantity.unit,
            starts_at=delivery.starts_at,
            ends_at=delivery.ends_at,
            worker=delivery.worker,
            is_checked=False,
        )

    async def take_unchecked(self, referral_id: UUID) -> list[Unchecked]:
        """Those of a referral that are to be checked, held against other workers."""
        rows = await self._session.rows(_UNCHECKED, referral_id, MOST)
        return [Unchecked(row["id"], row["delivered_on"]) for row in rows]

    async def overlaps_of(self, delivery_ids: list[UUID]) -> list[Overlap]:
        """What overlaps with these in time."""
        rows = await self._session.rows(_OVERLAPS, delivery_ids, MOST)
        return [
            Overlap(delivery_id=row["id"], other_id=row["other_id"], is_same_person=row["is_same_person"])
            for row in rows
        ]

    async def checked(self, delivery_ids: list[UUID]) -> None:
        """Put down that they were held to the others."""
        await self._session.rows(_CHECKED, delivery_ids)


class PostgresDeliveryFindings(SealedAggregates[DeliveryFinding]):
    """Findings in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, FINDINGS)

    async def open_kinds_of(self, referral_id: UUID) -> frozenset[DeliveryFindingKind]:
        """What somebody is still to look at in a referral."""
        rows = await self._session.rows(_OPEN_KINDS, referral_id, len(DeliveryFindingKind))
        return frozenset(DeliveryFindingKind(row["kind"]) for row in rows)

    async def page(
        self,
        stages: tuple[DeliveryFindingStage, ...],
        kinds: tuple[DeliveryFindingKind, ...],
        *,
        whose: Principal,
        after: UUID | None,
        limit: int,
    ) -> list[DeliveryFinding]:
        """Some of those in the caller's areas, in the order of their ids."""
        wanted = "stage = ANY ($4) AND kind = ANY ($5)"
        return await self.page_of(wanted, list(stages), list(kinds), whose=whose, after=after, limit=limit)
