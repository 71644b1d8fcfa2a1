"""Test clocks in PostgreSQL."""

from uuid import UUID

from app.adapters.postgres.session import Session

_ADVANCE = "UPDATE clock SET offset_seconds = offset_seconds + $2 WHERE id = $1"


class PostgresClocks:
    """Test clocks: business time is real time and an offset."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def advance(self, clock_id: UUID, *, seconds: int) -> None:
        """Move a clock forward."""
        await self._session.rows(_ADVANCE, clock_id, seconds)
