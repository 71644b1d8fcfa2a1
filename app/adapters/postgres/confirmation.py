"""Confirmations: rows to aggregates and back; whose word is asked for, and for whom, is sealed."""

from uuid import UUID

from app.adapters.postgres.aggregates import Kind, SealedAggregates
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import ConfirmationRow
from app.domain.confirmation import Confirmation, ConfirmationStage
from app.domain.shared.access import Principal
from app.domain.shared.errors import NotFound

CONFIRMATIONS = Kind(
    ConfirmationRow,
    Confirmation,
    lambda confirmation: {"case_id": confirmation.case_id, "stage": confirmation.stage},
    fixed=frozenset({"case_id"}),
)
MOST = 100
"""Of one application: an item has one at most."""
_CARRY_OUT = "SELECT carry_out_confirmation($1) AS is_open"


class PostgresConfirmations(SealedAggregates[Confirmation]):
    """Confirmations in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, CONFIRMATIONS)

    async def of_application(self, application_id: UUID) -> list[Confirmation]:
        """All of an application, the oldest first."""
        return await self.select("application_id = $1 ORDER BY id LIMIT $2", application_id, MOST)

    async def open_of(self, case_id: UUID) -> Confirmation | None:
        """The one of a case that still may be given."""
        found = await self.select("case_id = $1 AND stage IN ('asked', 'lapsed')", case_id)
        return found[0] if found else None

    async def page(
        self, stages: tuple[ConfirmationStage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[Confirmation]:
        """Some of those in the caller's areas, or of those that the caller is asked for or applies by."""
        return await self.page_of("stage = ANY ($4)", list(stages), whose=whose, after=after, limit=limit)

    async def carry_out(self, confirmation_id: UUID) -> None:
        """Go on in the place of the case. The database lets nobody but who was asked, and only with the word."""
        row = await self._session.row(_CARRY_OUT, confirmation_id)
        assert row  # a function answers
        if not row["is_open"]:
            raise NotFound("There is no such confirmation. Check the id.")
