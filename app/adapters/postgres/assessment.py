"""Assessments and needs: rows to aggregates and back."""

from uuid import UUID

from app.adapters.postgres.aggregates import Kind, PostgresAggregates
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import AssessmentRow, NeedRow
from app.domain.assessment import Assessment, Need, NeedStage
from app.domain.shared.access import Principal

ASSESSMENTS = Kind(
    AssessmentRow,
    Assessment,
    lambda assessment: {"instrument": assessment.instrument, "assessed_on": assessment.assessed_on},
)
_OF_PERSON = "SELECT id FROM assessment WHERE id = ANY ($1) AND person_id = $2"
NEEDS = Kind(NeedRow, Need, lambda need: {"code": need.code.item, "stage": need.stage})


class PostgresAssessments(PostgresAggregates[Assessment]):
    """Signed assessments in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, ASSESSMENTS)

    async def are_of(self, person_id: UUID, assessment_ids: set[UUID]) -> bool:
        """Say whether all of these are on record, and of this person."""
        rows = await self._session.rows(_OF_PERSON, list(assessment_ids), person_id)
        return len(rows) == len(assessment_ids)


class PostgresNeeds(PostgresAggregates[Need]):
    """Needs in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, NEEDS)

    async def of_person(self, person_id: UUID) -> list[Need]:
        """All that were ever proposed; a few dozen in a life."""
        return await self.select("person_id = $1 ORDER BY id", person_id)

    async def page(
        self, person_id: UUID, stages: tuple[NeedStage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[Need]:
        """Some of a person's needs, in the order of their ids."""
        return await self.page_of(
            "person_id = $4 AND stage = ANY ($5)", person_id, list(stages), whose=whose, after=after, limit=limit
        )
