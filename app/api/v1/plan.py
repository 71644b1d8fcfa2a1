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
from app.api.v1.schemas.plan import AgreementCreate, PlanAnswer, PlanCreate, PlanRead, PlanSummary
from app.domain.plan import NeedNotConfirmed, PartsMissing, PlanInconsistent, PlanStage
from app.domain.shared.voice import NotThePerson
from app.services import plan
from app.services.plan import NotKnownHere, PlanView
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/plans", tags=["Plans"])
step = partial(operation, keyed=True, versioned=True)


@router.post(
    "",
    response_model=PlanRead,
    status_code=201,
    **operation(
        "draft_plan",
        keyed=True,
        found=True,
        refusals=(PlanInconsistent, NeedNotConfirmed, NotKnownHere),
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
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[PlanSummary]:
    """List the plans of the caller's areas, or the caller's own."""
    stages = tuple(stage or PlanStage)
    found = await plan.list_plans(person_id=person_id, stages=stages, after=position_of(cursor), limit=limit, uow=uow)
    return page_of(found, PlanSummary.of)


@router.get("/{plan_id}", **operation("get_plan"))
async def get_plan(
    plan_id: UUID, *, uow: Annotated[UnitOfWork, may("get_plan")], response: Response, told: Told
) -> PlanRead:
    """Read a plan with its four parts, and what the caller may do to it."""
    view = await plan.get_plan(plan_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return PlanRead.of_view(view, told)


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


@router.post("/{plan_id}/approval", response_model=PlanRead, **step("approve_plan", refusals=(PartsMissing,)))
async def approve_plan(
    plan_id: UUID, *, version: ExpectedVersion, command: Annotated[Command, keyed("approve_plan")]
) -> Response:
    """Put the plan into force; the one that was in force gives way."""
    return await command.run(partial(plan.approve_plan, plan_id, version=version), PlanRead.of_view)


def _location(view: PlanView) -> str:
    return f"/v1/plans/{view.id}"
