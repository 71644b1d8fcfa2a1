"""What is due and not received (应享未享), and how far plans reach: in figures, and by name for who serves there."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.api.dependencies import may
from app.api.openapi import operation
from app.api.pagination import Cursor, Limit, Page, page_of, position_of
from app.api.texts import Told
from app.api.v1.schemas.types import RegionCode
from app.api.v1.schemas.unserved import PlanCoverageReportRead, UnservedRead, UnservedReportRead
from app.domain.shared.region import RegionNotFound
from app.domain.shared.transitions import NotYourFunction
from app.services import unserved
from app.services.ports.work import UnitOfWork
from app.services.report import AreaNotYours
from app.services.unserved import ServiceUnknown

router = APIRouter(tags=["Reports"])
Place = Annotated[
    RegionCode | None, Query(alias="region", description="A place of the caller's area; all of it, if not given.")
]
_OF_AREA = (RegionNotFound, AreaNotYours)


@router.get("/reports/unserved", **operation("report_unserved", found=True, refusals=_OF_AREA))
async def report_unserved(
    uow: Annotated[UnitOfWork, may("report_unserved")], told: Told, *, region: Place = None
) -> UnservedReportRead:
    """Count by area and service to how many people a service is due, and how many of them do not receive it.

    The areas are those one level below the place. It follows the rules in force there and what was known of people last
    night. Rows with small figures are shown without figures, and with them others from which one could work them out.
    """
    return UnservedReportRead.of(await unserved.report_unserved(region, uow=uow), told)


@router.get("/reports/plan-coverage", **operation("report_plan_coverage", found=True, refusals=_OF_AREA))
async def report_plan_coverage(
    uow: Annotated[UnitOfWork, may("report_plan_coverage")], *, region: Place = None
) -> PlanCoverageReportRead:
    """Count by area how many holders of certificates have a plan in force, and which of the four parts it has.

    From the needs assessment by the service path and supervision to the solution. Small figures are not shown.
    """
    return PlanCoverageReportRead.of(await unserved.report_plan_coverage(region, uow=uow))


@router.get(
    "/unserved-people", **operation("list_unserved_people", refusals=(RegionNotFound, NotYourFunction, ServiceUnknown))
)
async def list_unserved_people(
    uow: Annotated[UnitOfWork, may("list_unserved_people")],
    *,
    region: Annotated[RegionCode, Query(description="A place of the caller's area.")],
    service: Annotated[
        str,
        Query(
            max_length=32, pattern=r"^[A-Z][A-Z-]*$", description="Its code in the catalogue.", examples=["CARE-HOME"]
        ),
    ],
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[UnservedRead]:
    """List to whom of a place a service is due who does not receive it, by name.

    By the rules of the place and what was known last night; `POST /v1/entitlements` says of one person why, by what is
    known now. Nobody is enrolled by it: somebody asks the person.
    """
    found = await unserved.list_unserved_people(
        region, service=service, after=position_of(cursor), limit=limit, uow=uow
    )
    return page_of(found, UnservedRead.of)
