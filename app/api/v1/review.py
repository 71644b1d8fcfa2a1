"""Reviews: a decision is put before the body that the law names, which hears it and decides."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.api.dependencies import may
from app.api.idempotency import Command, keyed
from app.api.openapi import operation
from app.api.pagination import Cursor, Limit, Page, page_of, position_of
from app.api.preconditions import ExpectedVersion, etag_of
from app.api.texts import Told
from app.api.v1.schemas.review import (
    ReviewAcceptanceCreate,
    ReviewCreate,
    ReviewDecisionCreate,
    ReviewNonAcceptanceCreate,
    ReviewRead,
    ReviewSummary,
)
from app.api.v1.schemas.speech import WithdrawalCreate
from app.domain.review import (
    AnotherBody,
    FirstDecider,
    HeardElsewhere,
    NoAppealOpen,
    NotLate,
    OnlyDoctorsConclude,
    Review,
    ReviewStage,
    ReviewUnderWay,
)
from app.domain.shared.refusal import ReasonMissing
from app.domain.shared.voice import NotThePerson, WordMissing
from app.services import review
from app.services.ports.organisation import NoOneResponsible
from app.services.ports.work import UnitOfWork
from app.services.read_models import View

router = APIRouter(tags=["Reviews"])
step = partial(operation, keyed=True, versioned=True)
OTHERS = (AnotherBody, FirstDecider)


@router.post(
    "/decisions/{decision_id}/reviews",
    response_model=ReviewRead,
    status_code=201,
    **operation(
        "file_review",
        keyed=True,
        refusals=(NoAppealOpen, HeardElsewhere, ReviewUnderWay, NotThePerson, WordMissing, NoOneResponsible),
        links={"get_review": "review_id"},
    ),
)
async def file_review(
    decision_id: UUID, asked: ReviewCreate, *, command: Annotated[Command, keyed("file_review")]
) -> Response:
    """Ask the body that the decision names to review it. One that comes late is taken; a human weighs the excuse."""
    use_case = partial(
        review.file_review,
        decision_id,
        statement=asked.statement,
        excuse=asked.excuse or "",
        said_by=asked.said_by,
    )
    return await command.run(use_case, ReviewRead.of_view, status=201, location=_location)


@router.get("/reviews", **operation("list_reviews", found=False))
async def list_reviews(
    uow: Annotated[UnitOfWork, may("list_reviews")],
    *,
    person_id: Annotated[UUID | None, Query(description="Only those about this person.")] = None,
    stage: Annotated[list[ReviewStage] | None, Query(max_length=10, description="Only these stages.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[ReviewSummary]:
    """List the reviews of the caller's areas, before the caller's body, or that concern the caller."""
    found = await review.list_reviews(
        person_id=person_id, stages=tuple(stage or ReviewStage), after=position_of(cursor), limit=limit, uow=uow
    )
    return page_of(found, ReviewSummary.of)


@router.get("/reviews/{review_id}", **operation("get_review"))
async def get_review(
    review_id: UUID, *, uow: Annotated[UnitOfWork, may("get_review")], told: Told, response: Response
) -> ReviewRead:
    """Read a review, and what the caller may do to it."""
    view = await review.get_review(review_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return ReviewRead.of_view(view, told)


@router.post(
    "/reviews/{review_id}/acceptance",
    response_model=ReviewRead,
    **step("accept_review", refusals=(*OTHERS, ReasonMissing)),
)
async def accept_review(
    review_id: UUID,
    asked: ReviewAcceptanceCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("accept_review")],
) -> Response:
    """The body hears it; of one that came late it says why."""
    use_case = partial(review.accept_review, review_id, version=version, text=asked.text or "")
    return await command.run(use_case, ReviewRead.of_view)


@router.post(
    "/reviews/{review_id}/non-acceptance",
    response_model=ReviewRead,
    **step("not_accept_review", refusals=(*OTHERS, NotLate)),
)
async def not_accept_review(
    review_id: UUID,
    asked: ReviewNonAcceptanceCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("not_accept_review")],
) -> Response:
    """The body does not hear it, in writing; that is a decision too."""
    use_case = partial(review.not_accept_review, review_id, version=version, reason=asked.reason, text=asked.text)
    return await command.run(use_case, ReviewRead.of_view)


@router.post(
    "/reviews/{review_id}/decision",
    response_model=ReviewRead,
    **step("decide_review", refusals=(*OTHERS, OnlyDoctorsConclude)),
)
async def decide_review(
    review_id: UUID,
    asked: ReviewDecisionCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("decide_review")],
) -> Response:
    """The body decides; what is changed or sent back, the office decides anew at once."""
    use_case = partial(review.decide_review, review_id, version=version, action=asked.to_action(), text=asked.text)
    return await command.run(use_case, ReviewRead.of_view)


@router.post(
    "/reviews/{review_id}/withdrawal",
    response_model=ReviewRead,
    **step("withdraw_review", refusals=(NotThePerson, WordMissing)),
)
async def withdraw_review(
    review_id: UUID,
    asked: WithdrawalCreate | None = None,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("withdraw_review")],
) -> Response:
    """Take a review back; the decision stays as it is."""
    said_by = asked.said_by if asked else None
    withdraw = partial(review.withdraw_review, review_id, version=version, said_by=said_by)
    return await command.run(withdraw, ReviewRead.of_view)


def _location(view: View[Review]) -> str:
    return f"/v1/reviews/{view.id}"
