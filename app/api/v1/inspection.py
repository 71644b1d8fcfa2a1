"""Random inspections of deliveries: the lot of the month, and what an officer has found."""

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
from app.api.v1.schemas.inspection import InspectionRead, InspectionResultCreate
from app.domain.inspection import InspectionStage, NotIndependent
from app.domain.shared.transitions import OwnCase
from app.services import inspection
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/inspections", tags=["Inspections"])


@router.get("", **operation("list_inspections", found=False))
async def list_inspections(
    uow: Annotated[UnitOfWork, may("list_inspections")],
    *,
    teller: Told,
    stage: Annotated[list[InspectionStage] | None, Query(max_length=10, description="Only these stages.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[InspectionRead]:
    """List the deliveries of the caller's areas on which the lot of a month fell. Providers do not read this."""
    found = await inspection.list_inspections(
        tuple(stage or InspectionStage), after=position_of(cursor), limit=limit, uow=uow
    )
    return page_of(found, lambda view: InspectionRead.of_view(view, teller))


@router.get("/{inspection_id}", **operation("get_inspection"))
async def get_inspection(
    inspection_id: UUID, *, uow: Annotated[UnitOfWork, may("get_inspection")], teller: Told, response: Response
) -> InspectionRead:
    """Read an inspection: what was recorded, by when somebody looks, and what was found."""
    view = await inspection.get_inspection(inspection_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return InspectionRead.of_view(view, teller)


@router.post(
    "/{inspection_id}/result",
    response_model=InspectionRead,
    **operation("record_inspection", keyed=True, versioned=True, refusals=(OwnCase, NotIndependent)),
)
async def record_inspection(
    inspection_id: UUID,
    asked: InspectionResultCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("record_inspection")],
) -> Response:
    """Say what was found, by name; not whoever referred the person, and not the provider's. No record changes by it."""
    use_case = partial(inspection.record_inspection, inspection_id, asked.to_result(), version=version)
    return await command.run(use_case, InspectionRead.of_view)
