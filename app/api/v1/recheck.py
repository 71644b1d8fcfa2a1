"""Looking again at running grants: reported, listed, decided by a human; and going through all of a place."""

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
from app.api.v1.schemas.job import JobRead
from app.api.v1.schemas.recheck import RecheckCreate, RecheckRead, RecheckScanCreate, RecheckSummary, RulingCreate
from app.api.v1.schemas.types import LegalDate
from app.domain.recheck import CeasedImpossible, GrantNotRunning, NoTriggerHere, OwnReport, RecheckOpen, RecheckStage
from app.domain.shared.refusal import ReasonMissing
from app.domain.shared.region import RegionNotFound
from app.domain.shared.transitions import NotYourFunction
from app.services import recheck
from app.services.ports.work import UnitOfWork

router = APIRouter(tags=["Rechecks"])


@router.post(
    "/rechecks",
    status_code=201,
    response_model=RecheckRead,
    **operation(
        "open_recheck",
        keyed=True,
        found=True,
        refusals=(GrantNotRunning, NoTriggerHere, RecheckOpen),
        links={"get_recheck": "recheck_id"},
    ),
)
async def open_recheck(asked: RecheckCreate, command: Annotated[Command, keyed("open_recheck")]) -> Response:
    """Report that something has changed for somebody who has a running grant. It goes on until a human has looked."""
    use_case = partial(recheck.open_recheck, asked.case_id, trigger=asked.trigger, told=asked.text)
    return await command.run(use_case, RecheckRead.of_view, status=201, location=lambda view: f"/v1/rechecks/{view.id}")


@router.get("/rechecks", **operation("list_rechecks", found=False))
async def list_rechecks(
    uow: Annotated[UnitOfWork, may("list_rechecks")],
    *,
    stage: Annotated[list[RecheckStage] | None, Query(max_length=10, description="Only these stages.")] = None,
    due_by: Annotated[LegalDate | None, Query(description="Only what is due by this day.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[RecheckSummary]:
    """List what is to be looked at again in the caller's areas."""
    stages = tuple(stage or RecheckStage)
    found = await recheck.list_rechecks(stages=stages, due_by=due_by, after=position_of(cursor), limit=limit, uow=uow)
    return page_of(found, RecheckSummary.of)


@router.get("/rechecks/{recheck_id}", **operation("get_recheck"))
async def get_recheck(
    recheck_id: UUID, *, uow: Annotated[UnitOfWork, may("get_recheck")], teller: Told, response: Response
) -> RecheckRead:
    """Read a look again; staff are also told what the rules say now, and since when a condition is not met."""
    view = await recheck.get_recheck(recheck_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return RecheckRead.of_view(view, teller)


@router.post(
    "/rechecks/{recheck_id}/decision",
    response_model=RecheckRead,
    **operation("decide_recheck", keyed=True, versioned=True, refusals=(ReasonMissing, CeasedImpossible, OwnReport)),
)
async def decide_recheck(
    recheck_id: UUID,
    *,
    asked: RulingCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("decide_recheck")],
) -> Response:
    """Confirm a grant, stop it from the month after, or put its months right: a named human, with words and an appeal.

    Whoever reported the change does not take the money by it. What was paid for months that were not due is claimed
    back only where it is said so; either way it is a line of the next payment roll, and never of an approved one.
    """
    use_case = partial(recheck.decide_recheck, recheck_id, version=version, ruling=asked.to_ruling())
    return await command.run(use_case, RecheckRead.of_view)


@router.post(
    "/recheck-scans",
    status_code=201,
    response_model=JobRead,
    **operation("scan_rechecks", keyed=True, refusals=(NotYourFunction, RegionNotFound), links={"get_job": "job_id"}),
)
async def scan_rechecks(asked: RecheckScanCreate, command: Annotated[Command, keyed("scan_rechecks")]) -> Response:
    """Have all running grants of a place gone through by a job, which has humans look where something has changed.

    It compares certificate, grade, economic status and registration with what the rules ask for, finds the same
    benefit granted twice, and counts the months since somebody last looked. It changes no grant.
    """
    use_case = partial(recheck.scan_rechecks, region_code=asked.region_code)
    return await command.run(use_case, JobRead.of_view, status=201, location=lambda view: f"/v1/jobs/{view.id}")
