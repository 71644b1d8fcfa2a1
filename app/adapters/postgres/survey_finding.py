"""Findings about the data of surveys: rows to aggregates and back."""

from uuid import UUID

from app.adapters.postgres.aggregates import FOLLOWS, Kind, SealedAggregates
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import SurveyFindingRow
from app.domain.shared.access import Principal
from app.domain.shared.authz import OPERATIONS
from app.domain.survey_finding import SurveyFinding
from app.services.ports.survey_finding import WantedFindings

SURVEY_FINDINGS = Kind(
    SurveyFindingRow,
    SurveyFinding,
    lambda one: (
        {"entry_id": one.entry_id, "check_code": one.check, "kind": one.kind, "stage": one.stage}
        | {"round_id": one.round_id, "owner_id": one.owner_id, "assignee_id": one.assignee_id}
    ),
    fixed=frozenset({"entry_id", "check_code", "kind", "round_id"}),
    says={**FOLLOWS, "owner_id": "owner_id", "assignee_id": "assignee_id"},
)
_WANTED = """
stage = ANY ($4) AND ($5::text IS NULL OR kind = $5) AND ($6::uuid IS NULL OR round_id = $6)
AND ($7::uuid IS NULL OR owner_id = $7) AND ($8::uuid IS NULL OR assignee_id = $8)
"""
_MAY_LOOK = "SELECT may_look_at($1, $2, $3, $4, $5) AS may"
_LOOKERS = sorted(OPERATIONS["settle_survey_finding"].roles)


class PostgresSurveyFindings(SealedAggregates[SurveyFinding]):
    """Findings in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, SURVEY_FINDINGS)

    async def page(
        self, wanted: WantedFindings, *, whose: Principal, after: UUID | None, limit: int
    ) -> list[SurveyFinding]:
        """Some of those in the caller's areas."""
        asked = (list(wanted.stages), wanted.kind, wanted.round_id, wanted.owner_id, wanted.assignee_id)
        return await self.page_of(_WANTED, *asked, whose=whose, after=after, limit=limit)

    async def may_look(self, finding: SurveyFinding, *, asked: UUID, owner_id: UUID) -> bool:
        """Say whether an account serves an organisation for the person's place, and stands apart from the person."""
        row = await self._session.row(_MAY_LOOK, finding.person_id, asked, owner_id, _LOOKERS, finding.region)
        return row is not None and row["may"] is True
