"""Findings about deliveries: what rules have noticed, and what an officer has found behind it."""

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
from app.api.v1.schemas.delivery_finding import DeliveryFindingRead, DeliverySettlementCreate
from app.domain.delivery_finding import DeliveryFindingKind, DeliveryFindingStage, OwnDelivery
from app.domain.shared.transitions import OwnCase
from app.services import delivery_finding
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/delivery-findings", tags=["Delivery findings"])


@router.get("", **operation("list_delivery_findings", found=False))
async def list_delivery_findings(
    uow: Annotated[UnitOfWork, may("list_delivery_findings")],
    *,
    teller: Told,
    stage: Annotated[
        list[DeliveryFindingStage] | None, Query(max_length=10, description="Only these; all by itself.")
    ] = None,
    kind: Annotated[
        list[DeliveryFindingKind] | None, Query(max_length=10, description="Only these; all by itself.")
    ] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[DeliveryFindingRead]:
    """List what does not fit in records of deliveries in the caller's areas: overlaps, more than planned, pauses."""
    found = await delivery_finding.list_delivery_findings(
        tuple(stage or DeliveryFindingStage),
        tuple(kind or DeliveryFindingKind),
        after=position_of(cursor),
        limit=limit,
        uow=uow,
    )
    return page_of(found, lambda view: DeliveryFindingRead.of_view(view, teller))


@router.get("/{delivery_finding_id}", **operation("get_delivery_finding"))
async def get_delivery_finding(
    delivery_finding_id: UUID,
    *,
    uow: Annotated[UnitOfWork, may("get_delivery_finding")],
    teller: Told,
    response: Response,
) -> DeliveryFindingRead:
    """Read a finding; the records themselves are read in their referrals."""
    view = await delivery_finding.get_delivery_finding(delivery_finding_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return DeliveryFindingRead.of_view(view, teller)


@router.post(
    "/{delivery_finding_id}/settlement",
    response_model=DeliveryFindingRead,
    **operation("settle_delivery_finding", keyed=True, versioned=True, refusals=(OwnCase, OwnDelivery)),
)
async def settle_delivery_finding(
    delivery_finding_id: UUID,
    asked: DeliverySettlementCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("settle_delivery_finding")],
) -> Response:
    """Say what is behind it, by name. No record of a delivery changes by it, and nothing follows by itself."""
    use_case = partial(
        delivery_finding.settle_delivery_finding, delivery_finding_id, asked.to_settlement(), version=version
    )
    return await command.run(use_case, DeliveryFindingRead.of_view)
