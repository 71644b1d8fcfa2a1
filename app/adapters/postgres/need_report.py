"""Reports of needs: rows to aggregates and back."""

from datetime import date
from uuid import UUID

from app.adapters.postgres.aggregates import FOLLOWS, Kind, SealedAggregates
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import NeedReportRow
from app.domain.need_report import NeedReport, NeedReportStage
from app.domain.shared.access import Principal

NEED_REPORTS = Kind(
    NeedReportRow,
    NeedReport,
    lambda report: {"need": report.need, "stage": report.stage, "due_on": report.due_on},
    fixed=frozenset({"need"}),
    says=FOLLOWS,
)

_TAKE = "SELECT id FROM need_report WHERE id = $1 FOR UPDATE SKIP LOCKED"


class PostgresNeedReports(SealedAggregates[NeedReport]):
    """Reports of needs in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, NEED_REPORTS)

    async def take(self, key: UUID) -> NeedReport | None:
        """The report, held against everybody else; None where another transaction holds it, or there is none."""
        if await self._session.row(_TAKE, key) is None:
            return None
        return await self.get(key)

    async def page(
        self,
        stages: tuple[NeedReportStage, ...],
        *,
        due_by: date | None,
        whose: Principal,
        after: UUID | None,
        limit: int,
    ) -> list[NeedReport]:
        """Some of those that the caller may see."""
        condition = "stage = ANY ($4) AND ($5::date IS NULL OR due_on <= $5)"
        return await self.page_of(condition, list(stages), due_by, whose=whose, after=after, limit=limit)
