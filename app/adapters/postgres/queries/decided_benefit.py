"""Decisions on benefits with the facts and the proposal that they were made upon, for a look at other rules."""

from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from app.adapters.postgres.session import Session
from app.domain.benefit import Decided, Proposal
from app.domain.decision import Content
from app.domain.entitlement import Facts
from app.domain.shared.identity import Sex
from app.services.ports.grant import DecidedBenefit

_PAGE = """
SELECT d.id, d.case_id, d.person_id, d.region_path, d.item, d.decided_on, d.decided_at, d.content_cipher,
       b.detail -> 'proposal' AS proposal, p.sex
FROM benefit_case b
JOIN LATERAL (
    SELECT * FROM decision d WHERE d.case_id = b.id AND d.outcome IN ('granted', 'refused') ORDER BY d.id DESC LIMIT 1
) d ON true
JOIN person p ON p.id = b.person_id
WHERE ($1::text IS NULL OR b.code = $1) AND starts_with(b.region_path || '/', $2 || '/')
  AND ($3::uuid IS NULL OR b.id > $3) AND b.stage IN ('granted', 'refused')
ORDER BY b.id LIMIT $4
"""
_CONTENT = TypeAdapter(Content)
_PROPOSAL = TypeAdapter(Proposal)


class PostgresDecidedBenefits:
    """Decisions on benefits in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def page(self, item: str | None, region: str, *, after: UUID | None, limit: int) -> list[DecidedBenefit]:
        """Some of a place; facts are opened, names and numbers are not."""
        rows = await self._session.rows(_PAGE, item, region, after, limit)
        return [self._to_decided(row) for row in rows]

    def _to_decided(self, row: Any) -> DecidedBenefit:
        cipher = self._session.cipher
        content = _CONTENT.validate_json(
            cipher.decrypt(row["content_cipher"], table="decision", column="content", row=row["id"])
        )
        stated = {fact.code: fact.value for fact in content.facts}
        decided = Decided(
            case_id=row["case_id"],
            item=row["item"],
            region=row["region_path"],
            sex=Sex(row["sex"]),
            decided_on=row["decided_on"],
            facts=Facts.restated(stated, on=row["decided_on"]),
            proposal=_PROPOSAL.validate_python(row["proposal"]),
        )
        return DecidedBenefit(decided=decided, person_id=row["person_id"], decided_at=row["decided_at"])
