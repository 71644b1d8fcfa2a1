"""What the catalogue says in a provider's name: it waits for that provider's word before people are shown it."""

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
from app.api.v1.schemas.listing import ServiceDeclineCreate, ServiceListingRead
from app.domain.catalogue import ListingStage
from app.services import listing
from app.services.listing import ServiceShared
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/service-listings", tags=["Services"])


@router.get("", **operation("list_service_listings", found=False))
async def list_service_listings(
    uow: Annotated[UnitOfWork, may("list_service_listings")],
    *,
    teller: Told,
    stage: Annotated[
        list[ListingStage] | None, Query(max_length=3, description="Only these; what waits, if not given.")
    ] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[ServiceListingRead]:
    """List what waits for the word of the caller's organisation, or in the caller's area; or what was answered."""
    found = await listing.list_service_listings(
        tuple(stage or (ListingStage.PROPOSED,)), after=position_of(cursor), limit=limit, uow=uow
    )
    return page_of(found, lambda view: ServiceListingRead.of_view(view, teller))


@router.get("/{service_listing_id}", **operation("get_service_listing"))
async def get_service_listing(
    service_listing_id: UUID,
    *,
    uow: Annotated[UnitOfWork, may("get_service_listing")],
    teller: Told,
    response: Response,
) -> ServiceListingRead:
    """Read what is said of a service in its provider's name, and whether the provider stands by it."""
    view = await listing.get_service_listing(service_listing_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return ServiceListingRead.of_view(view, teller)


@router.post(
    "/{service_listing_id}/confirmation",
    response_model=ServiceListingRead,
    **operation("confirm_service", keyed=True, versioned=True, refusals=(ServiceShared,)),
)
async def confirm_service(
    service_listing_id: UUID, *, version: ExpectedVersion, command: Annotated[Command, keyed("confirm_service")]
) -> Response:
    """Stand by a service as it was read, for the organisation that offers it: from now on people are shown it."""
    return await command.run(
        partial(listing.confirm_service, service_listing_id, version=version), ServiceListingRead.of_view
    )


@router.post(
    "/{service_listing_id}/decline",
    response_model=ServiceListingRead,
    **operation("decline_service", keyed=True, versioned=True, refusals=(ServiceShared,)),
)
async def decline_service(
    service_listing_id: UUID,
    said: ServiceDeclineCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("decline_service")],
) -> Response:
    """Say that the organisation does not stand by a service: nobody else is shown it, and what is under way goes on."""
    use_case = partial(listing.decline_service, service_listing_id, said.reason, version=version)
    return await command.run(use_case, ServiceListingRead.of_view)
