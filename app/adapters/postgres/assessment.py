"""Assessments and needs: rows to aggregates and back."""

from collections.abc import Collection
from uuid import UUID

from app.adapters.postgres.aggregates import FOLLOWS, Kind, PostgresAggregates
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import AssessmentRow, NeedRow
from app.domain.assessment import Assessment, Need, NeedStage
from app.domain.shared.access import Principal

ASSESSMENTS = Kind(
    AssessmentRow,
    Assessment,
    lambda assessment: {
        "instrument": assessment.instrument,
        "assessed_on": assessment.assessed_on,
        "corrects": assessment.corrects,
    },
    says=FOLLOWS,
)
NEEDS = Kind(NeedRow, Need, lambda need: {"code": need.code.item, "stage": need.stage}, says=FOLLOWS)


class PostgresAssessments(PostgresAggregates[Assessment]):
    """Signed assessments in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, ASSESSMENTS)

    async def of_person(self, person_id: UUID) -> list[Assessment]:
        """All of a person; a few dozen in a life."""
        return await self.select("person_id = $1 ORDER BY id", person_id)

    async def get_many(self, keys: Collection[UUID]) -> dict[UUID, Assessment]:
        """Those that the caller may know of, in one statement."""
        return {found.id: found for found in await self.select("id = ANY ($1)", list(keys))}


class PostgresNeeds(PostgresAggregates[Need]):
    """Needs in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, NEEDS)

    async def of_person(self, person_id: UUID) -> list[Need]:
        """All that were ever proposed; a few dozen in a life."""
        return await self.select("person_id = $1 ORDER BY id", person_id)

    async def of_persons(self, person_ids: Collection[UUID]) -> dict[UUID, list[Need]]:
        """All of some people, by person and in one statement."""
        found: dict[UUID, list[Need]] = {}
        for need in await self.select("person_id = ANY ($1) ORDER BY id", list(person_ids)):
            found.setdefault(need.person_id, []).append(need)
        return found

    async def page(
        self, person_id: UUID, stages: tuple[NeedStage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[Need]:
        """Some of a person's needs, in the order of their ids."""
        return await self.page_of(
            "person_id = $4 AND stage = ANY ($5)", person_id, list(stages), whose=whose, after=after, limit=limit
        )
