"""Draws: commitments for everybody, and the proof of each draw for whoever may know of its case."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.api.dependencies import may
from app.api.openapi import operation
from app.api.pagination import Cursor, Limit, Page, page_of, position_of
from app.api.preconditions import etag_of
from app.api.v1.schemas.draw import DrawRead
from app.domain.draw import DrawStage
from app.services import draw
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/draws", tags=["Draws"])


@router.get("", **operation("list_draws", found=False))
async def list_draws(
    uow: Annotated[UnitOfWork, may("list_draws")],
    *,
    stage: Annotated[list[DrawStage] | None, Query(max_length=10, description="Only these stages.")] = None,
    case_id: Annotated[UUID | None, Query(description="Only the draws of this case, one after the other.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[DrawRead]:
    """List the commitments that wait for a case, which are everybody's, and the draws for cases that you may know of.

    Whoever keeps the commitments of `stage=published` needs to trust nobody afterwards. With `case_id` they are the
    chain of a case, declines included: `./yian draws verify` checks the answer whole.
    """
    stages = tuple(stage or DrawStage)
    found = await draw.list_draws(stages=stages, case_id=case_id, after=position_of(cursor), limit=limit, uow=uow)
    return page_of(found, DrawRead.of)


@router.get("/{draw_id}", **operation("get_draw"))
async def get_draw(draw_id: UUID, *, uow: Annotated[UnitOfWork, may("get_draw")], response: Response) -> DrawRead:
    """Read the proof of a draw: `./yian draws verify` draws again from this answer alone.

    It says whom the institutions were drawn for by the id of the case, and nothing else of that person.
    """
    found = await draw.get_draw(draw_id, uow=uow)
    response.headers["ETag"] = etag_of(found.version)
    return DrawRead.of(found)
