"""Consents: rows to aggregates and back, and what rests on them."""

from datetime import date
from typing import Any
from uuid import UUID

from app.adapters.postgres.aggregates import Kind, PostgresAggregates
from app.adapters.postgres.parties import IS_CURRENT, TODAY
from app.adapters.postgres.reach import BEGINNING, within
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import ConsentRow
from app.domain.consent import Consent, Reliance
from app.domain.shared.access import Principal

CONSENTS = Kind(
    ConsentRow,
    Consent,
    lambda consent: {
        "receiver_id": consent.receiver_id,
        "purpose": consent.purpose,
        "stage": consent.stage,
        "valid_from": consent.valid_from,
        "valid_to": consent.valid_to,
    },
    fixed=frozenset({"receiver_id", "purpose", "valid_from", "valid_to"}),
)
_MEETING = """
person_id = $1 AND receiver_id = $2 AND purpose = $3 AND stage = 'given' AND valid_from <= $5 AND $4 <= valid_to
ORDER BY valid_from LIMIT 1
"""
_RELIED_ON = f"""
SELECT p.consent_purpose, c.detail::text AS detail, c.version, c.person_id
FROM (SELECT person_id, party_id, consent_purpose FROM party
      WHERE party_id = ANY ($1::uuid[]) AND person_id = $2 AND role = 'provider' AND {IS_CURRENT}
        AND (person_to IS NULL OR {TODAY} <= person_to)) p
LEFT JOIN consent c ON c.person_id = p.person_id AND c.receiver_id = p.party_id AND c.purpose = p.consent_purpose
    AND c.stage = 'given' AND {TODAY} BETWEEN c.valid_from AND c.valid_to
LIMIT 100
"""
_BY_PARTY = "(person_id = ANY ($1::uuid[]) OR receiver_id = ANY ($1::uuid[]))"


class PostgresConsents(PostgresAggregates[Consent]):
    """Consents in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, CONSENTS)

    async def meeting(
        self, person_id: UUID, *, receiver_id: UUID, purpose: str, first: date, last: date
    ) -> Consent | None:
        """One that was not taken back, for the same receiver and purpose, and for one of these days."""
        found = await self.select(_MEETING, person_id, receiver_id, purpose, first, last)
        return found[0] if found else None

    async def relied_on(self, person_id: UUID, *, by: Principal) -> tuple[Reliance, ...]:
        """By what the caller's organisations, as providers, are shown the person today."""
        rows = await self._session.rows(_RELIED_ON, list(by.parties), person_id)
        return tuple(_to_reliance(row) for row in rows)

    async def page(self, person_id: UUID, *, whose: Principal, after: UUID | None, limit: int) -> list[Consent]:
        """Some of a person's: of the caller's areas, of the caller, or given to the caller's organisations."""
        condition, value = _BY_PARTY, list(whose.parties)
        if whose.areas:
            area = within(whose.areas)
            condition, value = area.condition, area.value
        ordered = f"{condition} AND person_id = $4 AND id > $2 ORDER BY id LIMIT $3"
        return await self.select(ordered, value, after or BEGINNING, limit, person_id)


def _to_reliance(row: Any) -> Reliance:
    consent = CONSENTS.to_aggregate(row) if row["detail"] is not None else None
    return Reliance(purpose=row["consent_purpose"], consent=consent)
