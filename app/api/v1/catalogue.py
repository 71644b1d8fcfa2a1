"""The catalogue of services: what there is, for what, and who offers it where."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.api.caching import reference, unless_known
from app.api.dependencies import may
from app.api.idempotency import CREATED, Command, keyed
from app.api.openapi import operation
from app.api.pagination import Cursor, Limit, Page, page_of, position_of
from app.api.texts import Told
from app.api.v1.schemas.catalogue import CatalogueImportCreate, ServiceRead, ServiceSummary
from app.api.v1.schemas.job import JobRead
from app.api.v1.schemas.types import Code, RegionCode
from app.domain.catalogue import Family
from app.domain.job.reading import ColumnsMissing, InputUnreadable
from app.services import catalogue
from app.services.catalogue import Sought
from app.services.catalogue_import import import_catalogue as take_over
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


@router.post(
    "/imports",
    status_code=CREATED,
    response_model=JobRead,
    **operation(
        "import_catalogue",
        keyed=True,
        found=False,
        refusals=(InputUnreadable, ColumnsMissing),
        links={"get_job": "job_id"},
    ),
)
async def import_catalogue(
    asked: CatalogueImportCreate, *, command: Annotated[Command, keyed("import_catalogue")]
) -> Response:
    """Take services and who offers them over from a table, by a job that says of each row what comes of it.

    Needed are `key` (your own name for the service), `provider_code`, `code` (of the catalogue), `region_code` and
    `name`. An empty cell says nothing. A row is `new`, the `same`, or otherwise than what is held: then it `differs`
    and nothing is written, or is `changed` where the order says `overwrite`. With `dry_run` nothing is written at all.
    """
    return await command.run(
        partial(take_over, asked.to_order(), overwrite=asked.overwrite),
        JobRead.of_view,
        status=CREATED,
        location=lambda view: f"/v1/jobs/{view.id}",
    )


@router.get("/{service_id}", response_model=ServiceRead, **reference("get_service"))
async def get_service(
    service_id: UUID, request: Request, *, uow: Annotated[UnitOfWork, may("get_service")], told: Told
) -> Response:
    """Read a service with its places, and the law that it stands on."""
    found = await catalogue.get_service(service_id, uow=uow)
    return unless_known(request, ServiceRead.of_view(found, told), language=told.language)
