"""The places of services: what providers say of them. What referrals hold is counted by the database itself."""

from uuid import UUID

from app.adapters.postgres.catalogue import REAL_TIME
from app.adapters.postgres.session import Session
from app.domain.capacity import Places

_HELD = "SELECT held FROM service_place WHERE service_id = $1 AND clock_id = $2 FOR UPDATE"
_STATE = """
INSERT INTO service_place AS there (service_id, clock_id, unit, maximum, elsewhere, stated_on, stated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (service_id, clock_id) DO UPDATE
    SET unit = $3, maximum = $4, elsewhere = $5, stated_on = $6, stated_at = $7
"""


class PostgresServicePlaces:
    """The places of services in PostgreSQL."""

    def __init__(self, session: Session, *, clock_id: UUID | None) -> None:
        self._session = session
        self._clock_id = clock_id or REAL_TIME

    async def held(self, service_id: UUID) -> int:
        """How many referrals hold; nobody takes or frees one before this transaction ends."""
        row = await self._session.row(_HELD, service_id, self._clock_id)
        return row["held"] if row else 0

    def state(self, service_id: UUID, places: Places) -> None:
        """Put on record what a provider says, in the place of what it said before."""
        self._session.finally_run(
            _STATE,
            service_id,
            self._clock_id,
            places.unit.value,
            places.maximum,
            places.elsewhere,
            places.as_of,
            places.updated_at,
        )
