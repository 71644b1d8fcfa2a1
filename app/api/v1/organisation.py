"""Organisations: who acts in cases."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.caching import reference, unless_known
from app.api.dependencies import may
from app.api.pagination import Cursor, Limit, Page, page_of, position_of
from app.api.v1.schemas.organisation import OrganisationRead
from app.domain.organisation import OrganisationKind
from app.services import organisation
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/organisations", tags=["Reference"])


@router.get("", response_model=Page[OrganisationRead], **reference("list_organisations"))
async def list_organisations(
    request: Request,
    uow: Annotated[UnitOfWork, may("list_organisations")],
    *,
    kind: Annotated[OrganisationKind | None, Query(description="Only this kind.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """List who there is to turn to."""
    found = await organisation.list_organisations(kind=kind, after=position_of(cursor), limit=limit, uow=uow)
    return unless_known(request, page_of(found, OrganisationRead.of))
