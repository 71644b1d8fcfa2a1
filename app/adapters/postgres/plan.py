"""Individual plans: rows to aggregates and back."""

from uuid import UUID

from app.adapters.postgres.aggregates import Kind, PostgresAggregates
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import PlanRow
from app.domain.plan import Plan, PlanStage
from app.domain.shared.access import Principal

PLANS = Kind(PlanRow, Plan, lambda plan: {"revision": plan.revision, "stage": plan.stage})
_LATEST = "SELECT coalesce(max(revision), 0) AS revision FROM plan WHERE person_id = $1"


class PostgresPlans(PostgresAggregates[Plan]):
    """Individual plans in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, PLANS)

    async def active_of(self, person_id: UUID) -> Plan | None:
        """The one that is carried out at present; the database holds that there is one at most."""
        found = await self.select("person_id = $1 AND stage = 'active'", person_id)
        return found[0] if found else None

    async def latest_revision(self, person_id: UUID) -> int:
        """The number of the newest revision."""
        row = await self._session.row(_LATEST, person_id)
        assert row is not None  # an aggregate without groups has one row
        revision: int = row["revision"]
        return revision

    async def page(
        self,
        *,
        person_id: UUID | None,
        stages: tuple[PlanStage, ...],
        whose: Principal,
        after: UUID | None,
        limit: int,
    ) -> list[Plan]:
        """Some of those that the caller may see, in the order of their ids."""
        condition = "stage = ANY ($4) AND ($5::uuid IS NULL OR person_id = $5)"
        return await self.page_of(condition, list(stages), person_id, whose=whose, after=after, limit=limit)
