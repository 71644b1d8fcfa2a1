"""The working calendar: on which days offices work, and when a period ends."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.caching import reference, unless_known
from app.api.dependencies import may
from app.api.v1.schemas.types import LegalDate, RegionCode
from app.api.v1.schemas.working_calendar import WorkingCalendarRead
from app.domain.shared.region import RegionNotFound
from app.services import working_calendar
from app.services.ports.work import UnitOfWork
from app.services.working_calendar import MOST_WORKING_DAYS, PeriodNotAskable, Span

router = APIRouter(prefix="/working-calendar", tags=["Reference"])


@router.get(
    "",
    response_model=WorkingCalendarRead,
    **reference("get_working_calendar", found=True, refusals=(RegionNotFound, PeriodNotAskable)),
)
async def get_working_calendar(
    request: Request,
    uow: Annotated[UnitOfWork, may("get_working_calendar")],
    region: Annotated[RegionCode, Query(description="Code of the region.")],
    *,
    first: Annotated[LegalDate | None, Query(alias="from", description="The first day.")] = None,
    last: Annotated[LegalDate | None, Query(alias="to", description="The last day, at most a year later.")] = None,
    after: Annotated[LegalDate | None, Query(description="The day that sets a period off; it is not counted.")] = None,
    working_days: Annotated[
        int | None, Query(ge=1, le=MOST_WORKING_DAYS, description="The length of the period that follows `after`.")
    ] = None,
) -> Response:
    """Say of each day whether offices work, and why; or when a period of working days ends.

    Give `from` and `to`; or `after` and `working_days`, which answers with `last_day` and the days until then. A year
    that the authorities have not announced yet is provisional: its weekdays count as working days.
    """
    span = Span(first=first, last=last, after=after, working_days=working_days)
    return unless_known(
        request, WorkingCalendarRead.of(await working_calendar.get_working_calendar(region, span, uow=uow))
    )
