"""The roster as it stood on a day: a page of it, or all of it written out by a job."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.api.dependencies import may
from app.api.idempotency import Command, keyed
from app.api.openapi import operation
from app.api.pagination import Cursor, Limit, Page, page_of, position_of
from app.api.v1.schemas.job import JobRead
from app.api.v1.schemas.past_roster import PastEntryRead, RosterExportCreate
from app.api.v1.schemas.types import LegalDate, RegionCode
from app.domain.roster import RosterDayImpossible
from app.domain.shared.region import RegionNotFound
from app.domain.shared.transitions import NotYourFunction
from app.services import past_roster
from app.services.ports.work import UnitOfWork

router = APIRouter(tags=["Roster"])
_REFUSALS = (RegionNotFound, NotYourFunction, RosterDayImpossible)


@router.get("/past-roster", **operation("list_past_roster", refusals=_REFUSALS))
async def list_past_roster(
    uow: Annotated[UnitOfWork, may("list_past_roster")],
    *,
    region: Annotated[RegionCode, Query(description="Code of one of the caller's areas, or of a part of one.")],
    on: Annotated[LegalDate, Query(description="The day.", examples=["2026-11-23"])],
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[PastEntryRead]:
    """List who stood on the roster of a place on a day (某日花名册), where, and of which category and grade.

    It is kept from one day on. Of earlier days it is reconstructed by certificates and the ledger as they are known
    today, with the place where people live today, and says so. Whoever has left your areas stands there without a name.
    """
    found = await past_roster.list_past_roster(region, on, after=position_of(cursor), limit=limit, uow=uow)
    return page_of(found, PastEntryRead.of)


@router.post(
    "/roster-exports",
    status_code=201,
    response_model=JobRead,
    **operation("export_roster", keyed=True, found=True, refusals=_REFUSALS, links={"get_job": "job_id"}),
)
async def export_roster(asked: RosterExportCreate, command: Annotated[Command, keyed("export_roster")]) -> Response:
    """Have the roster of a place written out by a job, as it stood on a day; its results are CSV or NDJSON.

    The job tells its progress. That everybody was written out is on record with each of its chunks.
    """
    use_case = partial(past_roster.export_roster, asked.region_code, asked.on)
    return await command.run(use_case, JobRead.of_view, status=201, location=lambda view: f"/v1/jobs/{view.id}")
