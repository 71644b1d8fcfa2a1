"""Receipts that were given: each has its number, and may be withdrawn once."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from app.adapters.postgres.session import Session
from app.adapters.postgres.standing import ALONE, BESIDE_OTHERS
from app.domain.shared.errors import NotFound
from app.services.ports.receipt import Receipt

_REGISTER = """
INSERT INTO receipt (id, subject_id, kind, outcome, issued_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
RETURNING status_index
"""
_OF_SUBJECT = """
SELECT id, kind, outcome, issued_at, expires_at, status_index FROM receipt
WHERE subject_id = $1 AND kind = $2 ORDER BY id DESC LIMIT 1
"""
_IS_WITHDRAWN = "SELECT true FROM receipt WHERE id = $1 AND withdrawn_at IS NOT NULL"
_WITHDRAW = """
UPDATE receipt SET withdrawn_at = $2 WHERE subject_id = $1 AND withdrawn_at IS NULL AND ($3::text IS NULL OR kind = $3)
"""


class PostgresReceipts:
    """Receipts in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def register(self, receipt: Receipt, *, subject_id: UUID) -> Receipt:
        """Insert at once: the number that the database gives out is signed with the rest."""
        row = await self._session.row(
            _REGISTER, receipt.id, subject_id, receipt.kind, receipt.outcome, receipt.issued_at, receipt.expires_at
        )
        assert row  # an INSERT that returns nothing has raised
        return replace(receipt, number=row["status_index"])

    async def await_turn(self, subject_id: UUID) -> None:
        """Let nobody withdraw what is about a thing from here on, once whoever does so now is done."""
        await self._session.row(BESIDE_OTHERS, [subject_id])

    async def of(self, subject_id: UUID, *, kind: str) -> Receipt:
        """The receipt of a kind about a thing."""
        row = await self._session.row(_OF_SUBJECT, subject_id, kind)
        if row is None:
            raise NotFound("There is no receipt of it. Check the id.")
        return Receipt(
            id=row["id"],
            kind=row["kind"],
            outcome=row["outcome"],
            checked_at=row["issued_at"],
            issued_at=row["issued_at"],
            expires_at=row["expires_at"],
            number=row["status_index"],
        )

    async def is_withdrawn(self, receipt_id: UUID) -> bool:
        """Say whether it was withdrawn."""
        return await self._session.row(_IS_WITHDRAWN, receipt_id) is not None

    def withdraw(self, subject_id: UUID, *, at: datetime, kind: str | None = None) -> None:
        """Withdraw all that there are about a thing, or those of a kind, with all else that the unit of work writes."""
        self._session.beforehand(ALONE, subject_id)
        self._session.finally_run(_WITHDRAW, subject_id, at, kind)
