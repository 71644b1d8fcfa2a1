"""Inspections: rows to aggregates and back, and the records on which a lot may fall."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from app.adapters.postgres.aggregates import Kind, SealedAggregates
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import InspectionRow
from app.domain.inspection import Inspected, Inspection, InspectionStage
from app.domain.shared.access import Principal
from app.domain.shared.quantity import Quantity, Unit

INSPECTIONS = Kind(
    InspectionRow,
    Inspection,
    lambda inspection: {
        "delivery_id": inspection.inspected.delivery_id,
        "stage": inspection.stage,
        "due_on": inspection.due_on,
    },
    fixed=frozenset({"delivery_id", "due_on"}),
)
_DELIVERED = """
SELECT d.id, d.referral_id, d.person_id, d.region_path, d.service_id, d.provider_id, d.delivered_on, d.amount, d.unit,
    r.detail->'done'->0->>'by' AS offered_by
FROM delivery d JOIN referral r ON r.id = d.referral_id JOIN person p ON p.id = d.person_id AND p.clock_id IS NULL
WHERE (d.region_path = $1 OR d.region_path ~>=~ ($1 || '/') AND d.region_path ~<~ ($1 || '0'))
  AND d.delivered_on BETWEEN $2 AND $3
  AND NOT EXISTS (SELECT FROM inspection i WHERE i.delivery_id = d.id)
"""
"""All of a month: a lot is drawn from the whole list."""


class PostgresInspections(SealedAggregates[Inspection]):
    """Inspections in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, INSPECTIONS)

    async def page(
        self, stages: tuple[InspectionStage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[Inspection]:
        """Some of those in the caller's areas."""
        return await self.page_of("stage = ANY ($4)", list(stages), whose=whose, after=after, limit=limit)

    async def delivered_in(self, county: str, first: date, last: date) -> Mapping[UUID, Inspected]:
        """The records of deliveries of some days on which no lot has fallen yet."""
        return {row["id"]: _to_inspected(row) for row in await self._session.rows(_DELIVERED, county, first, last)}


def _to_inspected(row: Any) -> Inspected:
    return Inspected(
        delivery_id=row["id"],
        referral_id=row["referral_id"],
        person_id=row["person_id"],
        region=row["region_path"],
        service_id=row["service_id"],
        provider_id=row["provider_id"],
        offered_by=UUID(row["offered_by"]) if row["offered_by"] else None,
        delivered_on=row["delivered_on"],
        quantity=Quantity(amount=row["amount"], unit=Unit(row["unit"])),
    )
