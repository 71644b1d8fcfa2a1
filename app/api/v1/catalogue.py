"""The catalogue of services: what there is, for what, and who offers it where."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.api.caching import reference, unless_known
from app.api.dependencies import may
from app.api.pagination import Cursor, Limit, Page, page_of, position_of
from app.api.texts import Told
from app.api.v1.schemas.catalogue import ServiceRead, ServiceSummary
from app.api.v1.schemas.types import Code, RegionCode
from app.domain.catalogue import Family
from app.services import catalogue
from app.services.catalogue import Sought
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/services", tags=["Services"])


@router.get("", response_model=Page[ServiceSummary], **reference("list_services"))
async def list_services(
    request: Request,
    uow: Annotated[UnitOfWork, may("list_services")],
    told: Told,
    *,
    family: Annotated[Family | None, Query(description="Only this family of services.")] = None,
    need: Annotated[Code | None, Query(description="Only what meets this need of the catalogue.")] = None,
    region_code: Annotated[RegionCode | None, Query(description="Only what takes residents of this place.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """List the services that are offered at present."""
    sought = Sought(family=family, need=need, region_code=region_code)
    found = await catalogue.list_services(sought, after=position_of(cursor), limit=limit, uow=uow)
    return unless_known(request, page_of(found, partial(ServiceSummary.of, told=told)), language=told.language)


@router.get("/{service_id}", response_model=ServiceRead, **reference("get_service"))
async def get_service(
    service_id: UUID, request: Request, *, uow: Annotated[UnitOfWork, may("get_service")], told: Told
) -> Response:
    """Read a service with its places, and the law that it stands on."""
    found = await catalogue.get_service(service_id, uow=uow)
    return unless_known(request, ServiceRead.of_view(found, told), language=told.language)
