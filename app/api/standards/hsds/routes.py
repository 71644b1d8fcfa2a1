"""The read API of HSDS 3.1 under /v1/hsds: no token, pages by number, and answers that caches may keep."""

import hashlib
from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.api.caching import NOT_MODIFIED, reference
from app.api.dependencies import ports_of, published
from app.api.standards.hsds.shapes import (
    AboutShape,
    OrganizationPage,
    OrganizationWithServicesShape,
    ServiceAtLocationPage,
    ServiceAtLocationWithServiceShape,
    ServicePage,
    ServiceShape,
    Shape,
    TaxonomyPage,
    TermPage,
)
from app.api.standards.hsds.translation import (
    TAXONOMIES,
    at_location_of,
    organization_of,
    organization_with_services,
    service_of,
    taxonomy_of,
    terms_of,
)
from app.api.texts import CONTENT_LANGUAGE, Teller, Told
from app.services import directory
from app.services.directory import ItemT, NumberedPage
from app.services.ports.work import UnitOfWork

CACHED = "public, max-age=300"
LAST_PAGE = 100_000
_DIGEST_BYTES = 12

PageNumber = Annotated[int, Query(ge=1, le=LAST_PAGE, description="Which page; the first is 1.")]
PageSize = Annotated[int, Query(ge=1, le=100, description="How many a page has at most.")]

router = APIRouter(prefix="/hsds", tags=["Directory"])


@router.get("", response_model=AboutShape, **reference("describe_directory"))
async def describe_directory(request: Request, told: Told) -> Response:
    """Say which version of HSDS this is. The paths of the standard stand below this one."""
    issuer = ports_of(request).issuer
    about = AboutShape(
        version="3.1",
        profile="https://docs.openreferral.org/en/3.1/hsds/",
        openapi_url=f"{issuer}/openapi.json",
        description=told.say("hsds.about"),
    )
    return _unless_known(request, about, told)


@router.get("/services", response_model=ServicePage, **reference("list_directory_services"))
async def list_directory_services(
    request: Request,
    uow: Annotated[UnitOfWork, published("list_directory_services")],
    told: Told,
    *,
    page: PageNumber = 1,
    per_page: PageSize = 50,
    organization_id: Annotated[UUID | None, Query(description="Only what this organisation offers.")] = None,
) -> Response:
    """List the services that are offered at present, each with everything that is on record of it.

    Neither people nor cases stand in it. A page beyond the last is empty.
    """
    found = await directory.list_directory_services(
        organisation_id=organization_id, number=page, size=per_page, uow=uow
    )
    shown = ServicePage(**_counted(found), contents=[service_of(one, told) for one in found.items])
    return _unless_known(request, shown, told)


@router.get("/services/{service_id}", response_model=ServiceShape, **reference("get_directory_service"))
async def get_directory_service(
    service_id: UUID, request: Request, *, uow: Annotated[UnitOfWork, published("get_directory_service")], told: Told
) -> Response:
    """Read one service with everything that is on record of it."""
    found = await directory.get_directory_service(service_id, uow=uow)
    return _unless_known(request, service_of(found, told), told)


@router.get("/organizations", response_model=OrganizationPage, **reference("list_directory_organizations"))
async def list_directory_organizations(
    request: Request,
    uow: Annotated[UnitOfWork, published("list_directory_organizations")],
    told: Told,
    *,
    page: PageNumber = 1,
    per_page: PageSize = 50,
) -> Response:
    """List the organisations that offer services at present."""
    found = await directory.list_directory_organizations(number=page, size=per_page, uow=uow)
    shown = OrganizationPage(**_counted(found), contents=[organization_of(one, told) for one in found.items])
    return _unless_known(request, shown, told)


@router.get(
    "/organizations/{organization_id}",
    response_model=OrganizationWithServicesShape,
    **reference("get_directory_organization"),
)
async def get_directory_organization(
    organization_id: UUID,
    request: Request,
    *,
    uow: Annotated[UnitOfWork, published("get_directory_organization")],
    told: Told,
) -> Response:
    """Read one organisation with the services that it offers at present."""
    found = await directory.get_directory_organization(organization_id, uow=uow)
    return _unless_known(request, organization_with_services(found, told), told)


@router.get("/service_at_locations", response_model=ServiceAtLocationPage, **reference("list_directory_places"))
async def list_directory_places(
    request: Request,
    uow: Annotated[UnitOfWork, published("list_directory_places")],
    told: Told,
    *,
    page: PageNumber = 1,
    per_page: PageSize = 50,
    organization_id: Annotated[UUID | None, Query(description="Only what this organisation offers.")] = None,
) -> Response:
    """List the services that are offered at present, each once for each of its places."""
    found = await directory.list_directory_places(organisation_id=organization_id, number=page, size=per_page, uow=uow)
    shown = ServiceAtLocationPage(**_counted(found), contents=[at_location_of(one, told) for one in found.items])
    return _unless_known(request, shown, told)


@router.get(
    "/service_at_locations/{service_at_location_id}",
    response_model=ServiceAtLocationWithServiceShape,
    **reference("get_directory_place"),
)
async def get_directory_place(
    service_at_location_id: UUID,
    request: Request,
    *,
    uow: Annotated[UnitOfWork, published("get_directory_place")],
    told: Told,
) -> Response:
    """Read a service at one of its places, with when that is open."""
    found = await directory.get_directory_place(service_at_location_id, uow=uow)
    return _unless_known(request, at_location_of(found, told), told)


@router.get("/taxonomies", response_model=TaxonomyPage, **reference("list_directory_taxonomies"))
async def list_directory_taxonomies(
    request: Request, told: Told, *, page: PageNumber = 1, per_page: PageSize = 50
) -> Response:
    """List the taxonomies from which terms of services are taken."""
    every = [taxonomy_of(name, told) for name in TAXONOMIES]
    found = _part(every, number=page, size=per_page)
    return _unless_known(request, TaxonomyPage(**_counted(found), contents=list(found.items)), told)


@router.get("/taxonomy_terms", response_model=TermPage, **reference("list_directory_terms"))
async def list_directory_terms(
    request: Request,
    uow: Annotated[UnitOfWork, published("list_directory_terms")],
    told: Told,
    *,
    page: PageNumber = 1,
    per_page: PageSize = 50,
    taxonomy_id: Annotated[UUID | None, Query(description="Only those of this taxonomy.")] = None,
) -> Response:
    """List the terms by which services are found."""
    every = terms_of(await directory.list_directory_terms(uow=uow), told)
    asked = [term for term in every if taxonomy_id in {None, term.taxonomy_detail.id}]
    found = _part(asked, number=page, size=per_page)
    return _unless_known(request, TermPage(**_counted(found), contents=list(found.items)), told)


def _part(every: Sequence[ItemT], *, number: int, size: int) -> NumberedPage[ItemT]:
    """A page of what is at hand whole."""
    first = (number - 1) * size
    return NumberedPage(items=tuple(every[first : first + size]), number=number, size=size, total=len(every))


def _counted(found: NumberedPage[ItemT]) -> dict[str, Any]:
    """What HSDS says of a page beside its contents."""
    pages = -(-found.total // found.size)
    return {
        "total_items": found.total,
        "total_pages": pages,
        "page_number": found.number,
        "size": len(found.items),
        "first_page": found.number == 1,
        "last_page": found.number >= pages,
        "empty": not found.items,
    }


def _unless_known(request: Request, shown: Shape, told: Teller) -> Response:
    body = shown.to_json()
    tag = f'"{hashlib.blake2b(body, digest_size=_DIGEST_BYTES).hexdigest()}"'
    headers = {
        "ETag": tag,
        "Cache-Control": CACHED,
        "Vary": "Accept-Language",
        "Access-Control-Allow-Origin": "*",
        CONTENT_LANGUAGE: told.language.value,
    }
    known = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if known & {tag, "*"}:
        return Response(status_code=NOT_MODIFIED, headers=headers)
    return Response(body, headers=headers, media_type="application/json")
