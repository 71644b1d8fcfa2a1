"""Cases of benefits: rows to aggregates and back."""

from uuid import UUID

from app.adapters.postgres.aggregates import Kind, PostgresAggregates
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import BenefitCaseRow
from app.domain.benefit import BenefitCase, Stage
from app.domain.shared.access import Principal

BENEFIT_CASES = Kind(
    BenefitCaseRow,
    BenefitCase,
    lambda case: {
        "code": case.item,
        "stage": case.stage,
        "rule_versions": list(case.rule_versions),
        "submitted_at": case.submitted_at,
    },
)


class PostgresBenefitCases(PostgresAggregates[BenefitCase]):
    """Cases of benefits in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, BENEFIT_CASES)

    async def page(
        self, stages: tuple[Stage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[BenefitCase]:
        """Some of those that the caller may see, in the order of their ids."""
        return await self.page_of("stage = ANY ($4)", list(stages), whose=whose, after=after, limit=limit)
