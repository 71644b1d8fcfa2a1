"""Complaints and the questions to providers: rows to aggregates and back, sealed."""

from uuid import UUID

from app.adapters.postgres.aggregates import Kind, SealedAggregates
from app.adapters.postgres.reach import BEGINNING, within
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import ComplaintQuestionRow, ComplaintRow
from app.domain.complaint import Complaint, ComplaintQuestion, ComplaintStage, QuestionStage
from app.domain.shared.access import Principal

COMPLAINTS = Kind(
    ComplaintRow,
    Complaint,
    lambda complaint: {
        "stage": complaint.stage,
        "filed_by": complaint.filed_by,
        "close_by": complaint.close_by,
        "rises_after": None if complaint.rose_on else complaint.due_on,
    },
    fixed=frozenset({"filed_by", "close_by"}),
)
QUESTIONS = Kind(
    ComplaintQuestionRow,
    ComplaintQuestion,
    lambda question: {
        "stage": question.stage,
        "complaint_id": question.complaint_id,
        "provider_id": question.provider_id,
        "answer_by": question.answer_by,
    },
    fixed=frozenset({"complaint_id", "provider_id", "answer_by"}),
)
_TAKE = "SELECT id FROM complaint WHERE id = $1 FOR UPDATE SKIP LOCKED"
_TO_CALLER = "provider_id = ANY ($1::uuid[])"


class PostgresComplaints(SealedAggregates[Complaint]):
    """Complaints in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, COMPLAINTS)

    async def take(self, key: UUID) -> Complaint | None:
        """The complaint, held against everybody else; None where another transaction holds it, or there is none."""
        if await self._session.row(_TAKE, key) is None:
            return None
        return await self.get(key)

    async def page(
        self, stages: tuple[ComplaintStage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[Complaint]:
        """Some of those of the caller's county, or the caller's own."""
        return await self.page_of("stage = ANY ($4)", list(stages), whose=whose, after=after, limit=limit)


class PostgresComplaintQuestions(SealedAggregates[ComplaintQuestion]):
    """Questions to providers in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, QUESTIONS)

    async def page(
        self, stages: tuple[QuestionStage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[ComplaintQuestion]:
        """Some of those to the caller's organisation, or of the caller's county."""
        reach = within(whose.areas) if whose.areas else None
        mine, value = (reach.condition, reach.value) if reach else (_TO_CALLER, list(whose.parties))
        wanted = f"stage = ANY ($4) AND {mine} AND id > $2 ORDER BY id LIMIT $3"
        return await self.select(wanted, value, after or BEGINNING, limit, list(stages))
