"""Receipts that were given: each has its own place in the status list."""

from datetime import datetime
from uuid import UUID

from app.adapters.postgres.session import Session

_REGISTER = """
INSERT INTO receipt (id, subject_id, kind, outcome, issued_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
RETURNING status_index
"""


class PostgresReceipts:
    """Receipts in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def register(
        self, *, receipt_id: UUID, subject_id: UUID, kind: str, outcome: str, issued_at: datetime, expires_at: datetime
    ) -> int:
        """Insert at once: the place that the database gives out is signed with the rest."""
        row = await self._session.row(_REGISTER, receipt_id, subject_id, kind, outcome, issued_at, expires_at)
        assert row  # an INSERT that returns nothing has raised
        index: int = row["status_index"]
        return index
