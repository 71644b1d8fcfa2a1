"""Reports: figures over places and times, without anybody in them."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.api.dependencies import may
from app.api.openapi import operation
from app.api.texts import Told
from app.api.v1.schemas.report import (
    EntitlementReportRead,
    InstantReportRead,
    RatingReportRead,
    UncertifiedReportRead,
    VisitReportRead,
)
from app.api.v1.schemas.types import LegalDate, RegionCode
from app.domain.shared.region import RegionNotFound
from app.services import report
from app.services.ports.work import UnitOfWork
from app.services.report import AreaNotYours, Period, PeriodImpossible

router = APIRouter(prefix="/reports", tags=["Reports"])
First = Annotated[LegalDate, Query(alias="from", description="The first day.")]
Last = Annotated[LegalDate, Query(alias="to", description="The last day, included; of one year at most.")]
Place = Annotated[
    RegionCode | None, Query(alias="region", description="A place of the caller's area; all of it, if not given.")
]


@router.get(
    "/visits", **operation("report_visits", found=True, refusals=(RegionNotFound, AreaNotYours, PeriodImpossible))
)
async def report_visits(
    uow: Annotated[UnitOfWork, may("report_visits")], *, first: First, last: Last, region: Place = None
) -> VisitReportRead:
    """Count the ways that people had for the applications of some days, by place and channel (最多跑一次)."""
    period = Period(first=first, last=last)
    return VisitReportRead.of(await report.report_visits(period, region_code=region, uow=uow))


@router.get("/entitlements", **operation("report_entitlements", found=True, refusals=(RegionNotFound, AreaNotYours)))
async def report_entitlements(
    uow: Annotated[UnitOfWork, may("report_entitlements")],
    told: Told,
    *,
    region: Place = None,
) -> EntitlementReportRead:
    """Count for each service of the catalogue to how many people of a place it is due, and how many receive it.

    By the rules in force in the place and by what was known of people last night: what is not known counts apart, and
    against nobody. A row with a small figure is shown without figures. It names nobody.
    """
    return EntitlementReportRead.of(await report.report_entitlements(region, uow=uow), told)


@router.get(
    "/instant-grants",
    **operation("report_instant_grants", found=True, refusals=(RegionNotFound, AreaNotYours, PeriodImpossible)),
)
async def report_instant_grants(
    uow: Annotated[UnitOfWork, may("report_instant_grants")], *, first: First, last: Last, region: Place = None
) -> InstantReportRead:
    """Count what was granted at once, and the seconds that it took (马上办).

    It counts the cases of benefits by the day of their submission, by place and item. It names nobody.
    """
    period = Period(first=first, last=last)
    return InstantReportRead.of(await report.report_instant_grants(period, region_code=region, uow=uow))


@router.get("/ratings", **operation("report_ratings", refusals=(PeriodImpossible,)))
async def report_ratings(
    uow: Annotated[UnitOfWork, may("report_ratings")], *, first: First, last: Last
) -> RatingReportRead:
    """Count how people say they were served in some whole months, by unit and item (好差评).

    Of what too few have rated no figures are shown.
    """
    period = Period(first=first, last=last)
    return RatingReportRead.of(await report.report_ratings(period, uow=uow))


@router.get(
    "/uncertified", **operation("report_uncertified", refusals=(RegionNotFound, AreaNotYours, PeriodImpossible))
)
async def report_uncertified(
    uow: Annotated[UnitOfWork, may("report_uncertified")], *, first: First, last: Last, region: Place = None
) -> UncertifiedReportRead:
    """Count the ledger of the uncertified by place and reason, and what it led to in whole months (未持证残疾人台账).

    Small figures are not shown. It names nobody.
    """
    period = Period(first=first, last=last)
    return UncertifiedReportRead.of(await report.report_uncertified(period, region_code=region, uow=uow))
