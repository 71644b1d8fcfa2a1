"""Individual plans: drawn up, agreed to by the person, approved by another than the drafter."""

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
from app.api.v1.schemas.plan import AgreementCreate, OwedPlanRead, PlanAnswer, PlanCreate, PlanRead, PlanSummary
from app.api.v1.schemas.plan_changes import PlanChangesRead
from app.api.v1.schemas.plan_review import ClosureCreate, PlanReviewCreate
from app.api.v1.schemas.types import LegalDate, RegionCode
from app.domain.assessment import BoundToPurpose
from app.domain.plan import (
    GoalsNotSeen,
    NeedNotConfirmed,
    NextReviewImpossible,
    PartsMissing,
    PlanInconsistent,
    PlanOvertaken,
    PlanStage,
    ReferralsOpen,
)
from app.domain.shared.region import RegionNotFound
from app.domain.shared.transitions import NotYourFunction, OwnCase
from app.domain.shared.voice import NotThePerson
from app.services import plan
from app.services.plan import NotKnownHere, PlanView
from app.services.plan_obligation import list_plan_obligations as obligations_of
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/plans", tags=["Plans"])
obligations = APIRouter(tags=["Plans"])
step = partial(operation, keyed=True, versioned=True)


@router.post(
    "",
    response_model=PlanRead,
    status_code=201,
    **operation(
        "draft_plan",
        keyed=True,
        found=True,
        refusals=(PlanInconsistent, NeedNotConfirmed, NotKnownHere, BoundToPurpose),
        links={"get_plan": "plan_id"},
    ),
)
async def draft_plan(asked: PlanCreate, *, command: Annotated[Command, keyed("draft_plan")]) -> Response:
    """Draw up a plan as the person's next revision; parts may still be missing."""
    use_case = partial(
        plan.draft_plan, asked.to_content(), person_id=asked.person_id, application_id=asked.application_id
    )
    return await command.run(use_case, PlanRead.of_view, status=201, location=_location)


@router.get("", **operation("list_plans", found=False))
async def list_plans(
    uow: Annotated[UnitOfWork, may("list_plans")],
    *,
    person_id: Annotated[UUID | None, Query(description="Only those of this person.")] = None,
    stage: Annotated[list[PlanStage] | None, Query(max_length=10, description="Only these stages.")] = None,
    review_due_by: Annotated[LegalDate | None, Query(description="Only those to be reviewed by this day.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[PlanSummary]:
    """List the plans of the caller's areas, or the caller's own.

    With `review_due_by` it is the list of what is to be reviewed: plans in force whose review day has come, or in whose
    person's life something has happened since (`called_for`).
    """
    found = await plan.list_plans(
        person_id=person_id,
        stages=tuple(stage or PlanStage),
        review_due_by=review_due_by,
        after=position_of(cursor),
        limit=limit,
        uow=uow,
    )
    return page_of(found, PlanSummary.of)


@obligations.get("/plan-obligations", **operation("list_plan_obligations", refusals=(RegionNotFound, NotYourFunction)))
async def list_plan_obligations(
    uow: Annotated[UnitOfWork, may("list_plan_obligations")],
    told: Told,
    *,
    region: Annotated[RegionCode, Query(description="A place of the caller's area.")],
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[OwedPlanRead]:
    """List to whom of a place a plan is owed who has none in force, by name and with the reasons.

    Whoever is in hardship, gravely disabled or in special difficulty, by the rules of the place and by what was known
    last night. For everybody else a plan is a best effort, and nobody stands here.
    """
    found = await obligations_of(region, after=position_of(cursor), limit=limit, uow=uow)
    return page_of(found, lambda one: OwedPlanRead.of(one, told))


@router.get("/{plan_id}", **operation("get_plan"))
async def get_plan(
    plan_id: UUID, *, uow: Annotated[UnitOfWork, may("get_plan")], response: Response, told: Told
) -> PlanRead:
    """Read a plan with its four parts, and what the caller may do to it."""
    view = await plan.get_plan(plan_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return PlanRead.of_view(view, told)


@router.get("/{plan_id}/changes", **operation("get_plan_changes"))
async def get_plan_changes(
    plan_id: UUID,
    *,
    uow: Annotated[UnitOfWork, may("get_plan_changes")],
    told: Told,
    since: Annotated[int, Query(ge=1, le=100_000, description="The number of an earlier revision.")],
) -> PlanChangesRead:
    """Tell in plain words what is otherwise in a plan than in another revision for the same person."""
    return PlanChangesRead.of(await plan.get_plan_changes(plan_id, since=since, uow=uow), told)


@router.post(
    "/{plan_id}/agreement", response_model=PlanRead, **step("agree_plan", refusals=(NotThePerson, PartsMissing))
)
async def agree_plan(
    plan_id: UUID,
    asked: AgreementCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("agree_plan")],
) -> Response:
    """The person, or a guardian, agrees to the plan, or does not."""
    answer = plan.agree_plan if asked.answer is PlanAnswer.AGREE else plan.decline_plan
    use_case = partial(answer, plan_id, version=version, opinion=asked.opinion)
    return await command.run(use_case, PlanRead.of_view)


@router.post(
    "/{plan_id}/approval", response_model=PlanRead, **step("approve_plan", refusals=(PartsMissing, PlanOvertaken))
)
async def approve_plan(
    plan_id: UUID, *, version: ExpectedVersion, command: Annotated[Command, keyed("approve_plan")]
) -> Response:
    """Put the plan into force; the one that was in force gives way."""
    return await command.run(partial(plan.approve_plan, plan_id, version=version), PlanRead.of_view)


@router.post(
    "/{plan_id}/review",
    response_model=PlanRead,
    **step("review_plan", refusals=(GoalsNotSeen, NextReviewImpossible, OwnCase)),
)
async def review_plan(
    plan_id: UUID,
    asked: PlanReviewCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("review_plan")],
) -> Response:
    """Put down what was seen of each goal of a plan in force, and when somebody looks next.

    Without a next day the plan no longer fits: it stays in force and due until another revision takes its place.
    """
    use_case = partial(plan.review_plan, plan_id, version=version, findings=asked.to_findings())
    return await command.run(use_case, PlanRead.of_view)


@router.post("/{plan_id}/closure", response_model=PlanRead, **step("close_plan", refusals=(ReferralsOpen, OwnCase)))
async def close_plan(
    plan_id: UUID, asked: ClosureCreate, *, version: ExpectedVersion, command: Annotated[Command, keyed("close_plan")]
) -> Response:
    """End a plan in force with what it came to.

    Services of it that are still under way are named in the refusal, unless the person has left.
    """
    return await command.run(
        partial(plan.close_plan, plan_id, version=version, outcome=asked.outcome), PlanRead.of_view
    )


def _location(view: PlanView) -> str:
    return f"/v1/plans/{view.id}"
