"""The read API of HSDS 3.1 under /v1/hsds: no token, pages by number, and answers that caches may keep."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.api.caching import reference
from app.api.dependencies import ports_of, published
from app.api.standards.hsds import translation as told
from app.api.standards.hsds.answers import Answering
from app.api.standards.hsds.asking import AskedPage, Bearing, OfferedAsked
from app.api.standards.hsds.shapes import (
    MOST_MINIMAL,
    AboutShape,
    OrganizationPage,
    OrganizationWithServicesShape,
    ServiceAtLocationPage,
    ServiceAtLocationWithServiceShape,
    ServiceMinimalPage,
    ServicePage,
    ServiceShape,
)
from app.services import directory
from app.services.directory import PageAsked
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/hsds", tags=["Directory"])


@router.get("", response_model=AboutShape, **reference("describe_directory"))
async def describe_directory(request: Request, answer: Answering) -> Response:
    """Say which version of HSDS this is. The paths of the standard stand below this one."""
    about = AboutShape(
        version="3.1",
        profile="https://docs.openreferral.org/en/3.1/hsds/",
        openapi_url=f"{ports_of(request).issuer}/openapi.json",
        description=answer.told.say("hsds.about"),
    )
    return answer.whole(about)


@router.get("/services", response_model=ServicePage | ServiceMinimalPage, **reference("list_directory_services"))
async def list_directory_services(
    uow: Annotated[UnitOfWork, published("list_directory_services")],
    answer: Answering,
    asked: AskedPage,
    *,
    sought: OfferedAsked,
    minimal: Annotated[bool, Query(description="Only ids and when each was changed, all on one page.")] = False,
    full: Annotated[bool, Query(description="Also whatever there is several times of each.")] = True,
) -> Response:
    """List the services that are offered at present, each with everything that is on record of it.

    Neither people nor cases stand in it. A page beyond the last is empty.
    """
    if minimal:
        every = PageAsked(number=asked.number, size=MOST_MINIMAL)
        modified = await directory.list_modified_services(every, sought=sought, uow=uow)
        return answer.page(ServiceMinimalPage, modified, told.service_minimal)
    found = await directory.list_directory_services(asked, sought=sought, uow=uow)
    return answer.page(ServicePage, found, told.service_of if full else told.service_alone)


@router.get("/services/{service_id}", response_model=ServiceShape, **reference("get_directory_service"))
async def get_directory_service(
    service_id: UUID, uow: Annotated[UnitOfWork, published("get_directory_service")], answer: Answering
) -> Response:
    """Read one service with everything that is on record of it."""
    found = await directory.get_directory_service(service_id, uow=uow)
    return answer.whole(told.service_of(found, answer.told))


@router.get("/organizations", response_model=OrganizationPage, **reference("list_directory_organizations"))
async def list_directory_organizations(
    uow: Annotated[UnitOfWork, published("list_directory_organizations")],
    answer: Answering,
    asked: AskedPage,
    *,
    sought: Bearing,
) -> Response:
    """List the organisations that offer services at present. Words are sought in their names."""
    found = await directory.list_directory_organizations(asked, sought=sought, uow=uow)
    return answer.page(OrganizationPage, found, told.organization_of)


@router.get(
    "/organizations/{organization_id}",
    response_model=OrganizationWithServicesShape,
    **reference("get_directory_organization"),
)
async def get_directory_organization(
    organization_id: UUID, uow: Annotated[UnitOfWork, published("get_directory_organization")], answer: Answering
) -> Response:
    """Read one organisation with the services that it offers at present."""
    found = await directory.get_directory_organization(organization_id, uow=uow)
    return answer.whole(told.organization_with_services(found, answer.told))


@router.get("/service_at_locations", response_model=ServiceAtLocationPage, **reference("list_directory_places"))
async def list_directory_places(
    uow: Annotated[UnitOfWork, published("list_directory_places")],
    answer: Answering,
    asked: AskedPage,
    *,
    sought: OfferedAsked,
) -> Response:
    """List the services that are offered at present, each once for each of its places."""
    found = await directory.list_directory_places(asked, sought=sought, uow=uow)
    return answer.page(ServiceAtLocationPage, found, told.at_location_of)


@router.get(
    "/service_at_locations/{service_at_location_id}",
    response_model=ServiceAtLocationWithServiceShape,
    **reference("get_directory_place"),
)
async def get_directory_place(
    service_at_location_id: UUID, uow: Annotated[UnitOfWork, published("get_directory_place")], answer: Answering
) -> Response:
    """Read a service at one of its places, with when that is open."""
    found = await directory.get_directory_place(service_at_location_id, uow=uow)
    return answer.whole(told.at_location_of(found, answer.told))
