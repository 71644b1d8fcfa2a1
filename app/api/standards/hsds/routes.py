"""The read API of HSDS 3.1 under /v1/hsds: no token, pages by number, and answers that caches may keep."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.api.caching import reference
from app.api.dependencies import ports_of, published
from app.api.standards.hsds.answers import Answering, AskedPage, part_of
from app.api.standards.hsds.shapes import (
    AboutShape,
    OrganizationPage,
    OrganizationWithServicesShape,
    ServiceAtLocationPage,
    ServiceAtLocationWithServiceShape,
    ServicePage,
    ServiceShape,
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
from app.services import directory
from app.services.ports.work import UnitOfWork

OfOrganization = Annotated[UUID | None, Query(description="Only what this organisation offers.")]

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


@router.get("/services", response_model=ServicePage, **reference("list_directory_services"))
async def list_directory_services(
    uow: Annotated[UnitOfWork, published("list_directory_services")],
    answer: Answering,
    asked: AskedPage,
    *,
    organization_id: OfOrganization = None,
) -> Response:
    """List the services that are offered at present, each with everything that is on record of it.

    Neither people nor cases stand in it. A page beyond the last is empty.
    """
    found = await directory.list_directory_services(asked, organisation_id=organization_id, uow=uow)
    return answer.page(ServicePage, found, service_of)


@router.get("/services/{service_id}", response_model=ServiceShape, **reference("get_directory_service"))
async def get_directory_service(
    service_id: UUID, uow: Annotated[UnitOfWork, published("get_directory_service")], answer: Answering
) -> Response:
    """Read one service with everything that is on record of it."""
    found = await directory.get_directory_service(service_id, uow=uow)
    return answer.whole(service_of(found, answer.told))


@router.get("/organizations", response_model=OrganizationPage, **reference("list_directory_organizations"))
async def list_directory_organizations(
    uow: Annotated[UnitOfWork, published("list_directory_organizations")], answer: Answering, asked: AskedPage
) -> Response:
    """List the organisations that offer services at present."""
    found = await directory.list_directory_organizations(asked, uow=uow)
    return answer.page(OrganizationPage, found, organization_of)


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
    return answer.whole(organization_with_services(found, answer.told))


@router.get("/service_at_locations", response_model=ServiceAtLocationPage, **reference("list_directory_places"))
async def list_directory_places(
    uow: Annotated[UnitOfWork, published("list_directory_places")],
    answer: Answering,
    asked: AskedPage,
    *,
    organization_id: OfOrganization = None,
) -> Response:
    """List the services that are offered at present, each once for each of its places."""
    found = await directory.list_directory_places(asked, organisation_id=organization_id, uow=uow)
    return answer.page(ServiceAtLocationPage, found, at_location_of)


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
    return answer.whole(at_location_of(found, answer.told))


@router.get("/taxonomies", response_model=TaxonomyPage, **reference("list_directory_taxonomies"))
async def list_directory_taxonomies(answer: Answering, asked: AskedPage) -> Response:
    """List the taxonomies from which terms of services are taken."""
    return answer.page(TaxonomyPage, part_of(TAXONOMIES, asked), taxonomy_of)


@router.get("/taxonomy_terms", response_model=TermPage, **reference("list_directory_terms"))
async def list_directory_terms(
    uow: Annotated[UnitOfWork, published("list_directory_terms")],
    answer: Answering,
    asked: AskedPage,
    *,
    taxonomy_id: Annotated[UUID | None, Query(description="Only those of this taxonomy.")] = None,
) -> Response:
    """List the terms by which services are found."""
    every = terms_of(await directory.list_directory_terms(uow=uow), answer.told)
    wanted = [term for term in every if taxonomy_id in {None, term.taxonomy_detail.id}]
    return answer.page(TermPage, part_of(wanted, asked), lambda term, _: term)
