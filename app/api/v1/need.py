"""Needs: rules propose, a human confirms or dismisses."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.api.dependencies import may
from app.api.idempotency import Command, keyed
from app.api.openapi import operation
from app.api.pagination import Cursor, Limit, Page, page_of, position_of
from app.api.preconditions import ExpectedVersion
from app.api.texts import Told
from app.api.v1.schemas.need import ConfirmationCreate, DismissalCreate, NeedRead
from app.domain.assessment import NeedStage
from app.services import assessment
from app.services.ports.work import UnitOfWork

router = APIRouter(tags=["Needs"])
step = partial(operation, keyed=True, versioned=True)


@router.get("/persons/{person_id}/needs", **operation("list_needs"))
async def list_needs(
    person_id: UUID,
    *,
    uow: Annotated[UnitOfWork, may("list_needs")],
    told: Told,
    stage: Annotated[list[NeedStage] | None, Query(max_length=10, description="Only these stages.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[NeedRead]:
    """List a person's needs, each with the answers that led to it."""
    stages = tuple(stage or NeedStage)
    found = await assessment.list_needs(person_id, stages=stages, after=position_of(cursor), limit=limit, uow=uow)
    return page_of(found, partial(NeedRead.of, told=told))


@router.post("/needs/{need_id}/confirmation", response_model=NeedRead, **step("confirm_need"))
async def confirm_need(
    need_id: UUID,
    *,
    asked: ConfirmationCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("confirm_need")],
) -> Response:
    """Find that the need is there, with the person's own words beside it."""
    return await command.run(partial(assessment.confirm_need, need_id, version=version, said=asked.words), NeedRead.of)


@router.post("/needs/{need_id}/dismissal", response_model=NeedRead, **step("dismiss_need"))
async def dismiss_need(
    need_id: UUID,
    *,
    asked: DismissalCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("dismiss_need")],
) -> Response:
    """Find that there is no such need, and why."""
    use_case = partial(assessment.dismiss_need, need_id, version=version, reason=asked.reason, said=asked.words)
    return await command.run(use_case, NeedRead.of)
