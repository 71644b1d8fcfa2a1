"""Corrections: rows to aggregates and back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.adapters.postgres.aggregates import Kind, SealedAggregates
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import CorrectionRow
from app.domain.correction import Correction

CORRECTIONS = Kind(
    CorrectionRow, Correction, lambda correction: {"case_id": correction.case_id, "stage": correction.stage}
)
MOST = 100
"""Of one application: an item has one at most, or one more after a review."""


class PostgresCorrections(SealedAggregates[Correction]):
    """Corrections in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, CORRECTIONS)

    async def of_application(self, application_id: UUID) -> list[Correction]:
        """All of an application, the oldest first."""
        return await self.select("application_id = $1 ORDER BY id LIMIT $2", application_id, MOST)

    async def open_of(self, case_id: UUID) -> Correction | None:
        """The one of a case that still may be answered."""
        found = await self.select("case_id = $1 AND stage IN ('asked', 'lapsed')", case_id)
        return found[0] if found else None

    async def answers_of(self, application_id: UUID) -> Mapping[str, Any]:
        """What corrections of an application have been answered with; a later answer counts."""
        answers: dict[str, Any] = {}
        for correction in await self.of_application(application_id):
            answers |= correction.answers
        return answers
