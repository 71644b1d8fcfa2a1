"""Reviews: rows to aggregates and back."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from typing_extensions import override

from app.adapters.postgres.aggregates import Kind, SealedAggregates
from app.adapters.postgres.parties import FOLLOWED_CASES
from app.adapters.postgres.relations import relations_to
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import ReviewRow
from app.domain.review import Review, ReviewStage
from app.domain.shared.access import Principal
from app.domain.shared.errors import NotFound
from app.domain.shared.relations import NO_RELATIONS

REVIEWS = Kind(
    ReviewRow,
    Review,
    lambda review: {
        "decision_id": review.decision_id,
        "case_id": review.case_id,
        "body_id": review.body_id,
        "stage": review.stage,
        "filed_at": review.filed_at,
    },
)
_WANTED = "stage = ANY ($4) AND ($5::uuid IS NULL OR person_id = $5)"
_OF_PARTIES = f"""
{_WANTED} AND (person_id = ANY ($1::uuid[]) OR body_id = ANY ($1::uuid[]) OR application_id IN {FOLLOWED_CASES})
AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3
"""
_CARRY_OUT = "SELECT carry_out_review($1) AS is_open"


class PostgresReviews(SealedAggregates[Review]):
    """Reviews in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, REVIEWS)

    @override
    async def get(self, key: UUID, *, version: int | None = None) -> Review:
        """A review, with what is on record of a relation of the caller to its person."""
        review = await super().get(key, version=version)
        return replace(review, known=await relations_to(review.person_id, region=review.region, session=self._session))

    @override
    def _row(self, aggregate: Review) -> dict[str, Any]:
        return super()._row(replace(aggregate, known=NO_RELATIONS))

    async def carry_out(self, review_id: UUID) -> None:
        """Go on in the place of the case. The database lets nobody but the body, and only with its decision."""
        row = await self._session.row(_CARRY_OUT, review_id)
        assert row  # a function answers
        if not row["is_open"]:
            raise NotFound("There is no such review. Check the id.")

    async def page(
        self,
        *,
        person_id: UUID | None,
        stages: tuple[ReviewStage, ...],
        whose: Principal,
        after: UUID | None,
        limit: int,
    ) -> list[Review]:
        """Some of those in the caller's areas, before the caller's body, or about what the caller is a party to."""
        if not whose.areas:
            return await self.select(_OF_PARTIES, list(whose.parties), after, limit, list(stages), person_id)
        return await self.page_of(_WANTED, list(stages), person_id, whose=whose, after=after, limit=limit)
