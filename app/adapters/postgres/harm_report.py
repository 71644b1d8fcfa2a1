"""Reports of suspected harm: rows to aggregates and back."""

from uuid import UUID

from app.adapters.postgres.aggregates import Kind, SealedAggregates
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import HarmReportRow
from app.domain.harm_report import HarmReport, HarmStage
from app.domain.shared.access import Principal

HARM_REPORTS = Kind(
    HarmReportRow,
    HarmReport,
    lambda report: {
        "stage": report.stage,
        "reported_by": report.reported_by,
        "receive_by": report.receive_by,
        "raised_at": report.raised_at,
    },
    fixed=frozenset({"reported_by"}),
)

_TAKE = "SELECT id FROM harm_report WHERE id = $1 FOR UPDATE SKIP LOCKED"


class PostgresHarmReports(SealedAggregates[HarmReport]):
    """Reports of suspected harm in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, HARM_REPORTS)

    async def take(self, key: UUID) -> HarmReport | None:
        """The report, held against everybody else; None where another transaction holds it, or there is none."""
        if await self._session.row(_TAKE, key) is None:
            return None
        return await self.get(key)

    async def page(
        self, stages: tuple[HarmStage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[HarmReport]:
        """Some of those that the caller's body acts upon."""
        return await self.page_of("stage = ANY ($4)", list(stages), whose=whose, after=after, limit=limit)
