"""Regions: where everything takes place."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.caching import reference, unless_known
from app.api.dependencies import may
from app.api.pagination import Limit
from app.api.v1.schemas.region import RegionPage
from app.api.v1.schemas.types import LegalDate, RegionCode, ShortText
from app.domain.shared.region import Level
from app.services import region
from app.services.ports.work import UnitOfWork
from app.services.region import RegionFilter

router = APIRouter(prefix="/regions", tags=["Reference"])


@router.get("", response_model=RegionPage, **reference("list_regions"))
async def list_regions(
    request: Request,
    uow: Annotated[UnitOfWork, may("list_regions")],
    *,
    parent: Annotated[RegionCode | None, Query(description="Only what lies in this region, one level below.")] = None,
    level: Annotated[Level | None, Query(description="Only this level.")] = None,
    name: Annotated[ShortText | None, Query(description="Only what is called just so, misprints included.")] = None,
    on: Annotated[
        LegalDate | None, Query(description="The day on which codes are in use; today, unless given.")
    ] = None,
    cursor: Annotated[RegionCode | None, Query(description="`next_cursor` of the page before.")] = None,
    limit: Limit = 50,
) -> Response:
    """List the places, in the order of their codes."""
    wanted = RegionFilter(parent=parent, level=level, name=name, on=on)
    found = await region.list_regions(wanted, after=cursor, limit=limit, uow=uow)
    return unless_known(request, RegionPage.of(found))
