"""Visits at home: whom to visit next, what was seen and promised, and a day's work without network."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.api.dependencies import may
from app.api.idempotency import CREATED, Command, keyed
from app.api.openapi import operation
from app.api.pagination import Cursor, Limit, Page, page_of, position_of
from app.api.preconditions import ExpectedVersion, etag_of
from app.api.texts import Told
from app.api.v1.schemas.home_visit import (
    HomeVisitCreate,
    HomeVisitRead,
    PlanningCreate,
    PlanningRead,
    ResolutionCreate,
    SettlementCreate,
    VisitBatchCreate,
    VisitBatchRead,
    VisitQueueRead,
)
from app.domain.assessment import UnknownNeed
from app.domain.home_visit import NothingToResolve, PromiseNotFound, PromiseSettled, TooManyAccounts, VisitDayImpossible
from app.domain.shared.region import RegionNotFound
from app.domain.shared.transitions import NotYourFunction, OwnCase
from app.services import home_visit, visit_planning
from app.services.ports.work import UnitOfWork

router = APIRouter(tags=["Home visits"])


@router.get("/visit-queue", **operation("get_visit_queue", found=False))
async def get_visit_queue(
    uow: Annotated[UnitOfWork, may("get_visit_queue")],
    *,
    commissioner_id: Annotated[UUID | None, Query(description="Whose queue; the caller's own, if not given.")] = None,
    limit: Limit = 50,
) -> VisitQueueRead:
    """Read whom to visit next: what is overdue first, then the hardest cases, then by the day.

    Somebody for whom the caller is deputy stands there as well, until the last day of the absence.
    """
    return VisitQueueRead.of(await home_visit.get_visit_queue(commissioner_id=commissioner_id, limit=limit, uow=uow))


@router.post(
    "/visit-plans",
    response_model=PlanningRead,
    **operation("plan_visits", keyed=True, refusals=(RegionNotFound, NotYourFunction)),
)
async def plan_visits(asked: PlanningCreate, command: Annotated[Command, keyed("plan_visits")]) -> Response:
    """Derive the plans of a place anew from flags and cadence, some hundred at once; the worker does so each night."""
    use_case = partial(visit_planning.plan_visits, asked.region_code)
    return await command.run(use_case, lambda planned, _: PlanningRead.of(planned))


@router.post(
    "/persons/{person_id}/home-visits",
    response_model=HomeVisitRead,
    status_code=CREATED,
    **operation(
        "record_home_visit",
        keyed=True,
        refusals=(OwnCase, VisitDayImpossible, UnknownNeed),
        links={"get_home_visit": "visit_id"},
    ),
)
async def record_home_visit(
    person_id: UUID, asked: HomeVisitCreate, *, command: Annotated[Command, keyed("record_home_visit")]
) -> Response:
    """Write down a visit: what was seen and said, needs, and promises with who answers and by when (走访记录).

    No trace of where anybody was is kept, and no picture. The next visit is counted from this one.
    """
    return await command.run(
        partial(home_visit.record_home_visit, person_id, asked.to_report()),
        HomeVisitRead.of,
        status=CREATED,
        location=lambda visit: f"/v1/home-visits/{visit.id}",
    )


@router.get("/home-visits", **operation("list_home_visits", found=False))
async def list_home_visits(
    uow: Annotated[UnitOfWork, may("list_home_visits")],
    *,
    person_id: Annotated[UUID | None, Query(description="Only visits to this person.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
    teller: Told,
) -> Page[HomeVisitRead]:
    """List visits in the caller's areas."""
    found = await home_visit.list_home_visits(person_id=person_id, after=position_of(cursor), limit=limit, uow=uow)
    return page_of(found, partial(HomeVisitRead.of, teller=teller))


@router.get("/home-visits/{visit_id}", **operation("get_home_visit"))
async def get_home_visit(
    visit_id: UUID, *, uow: Annotated[UnitOfWork, may("get_home_visit")], teller: Told, response: Response
) -> HomeVisitRead:
    """Read a visit with every account that was given of it, and what became of its promises."""
    visit = await home_visit.get_home_visit(visit_id, uow=uow)
    response.headers["ETag"] = etag_of(visit.version)
    return HomeVisitRead.of(visit, teller)


@router.post(
    "/home-visits/{visit_id}/settlements",
    response_model=HomeVisitRead,
    **operation(
        "settle_promise",
        keyed=True,
        versioned=True,
        refusals=(PromiseNotFound, PromiseSettled, TooManyAccounts, NotYourFunction),
    ),
)
async def settle_promise(
    visit_id: UUID,
    asked: SettlementCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("settle_promise")],
) -> Response:
    """Say what became of a promise: kept, or not."""
    use_case = partial(home_visit.settle_promise, visit_id, asked.number, asked.outcome, version=version)
    return await command.run(use_case, HomeVisitRead.of)


@router.post(
    "/home-visits/{visit_id}/resolution",
    response_model=HomeVisitRead,
    **operation("resolve_home_visit", keyed=True, versioned=True, refusals=(NothingToResolve, NotYourFunction)),
)
async def resolve_home_visit(
    visit_id: UUID,
    asked: ResolutionCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("resolve_home_visit")],
) -> Response:
    """Say which of several accounts of a visit counts; the others stay on record."""
    use_case = partial(home_visit.resolve_home_visit, visit_id, asked.digest, version=version)
    return await command.run(use_case, HomeVisitRead.of)


@router.post("/visit-batches", response_model=VisitBatchRead, **operation("sync_visits", keyed=True))
async def sync_visits(asked: VisitBatchCreate, command: Annotated[Command, keyed("sync_visits")]) -> Response:
    """Take over what a phone has written down without network (离线同步): answered entry by entry, in their order.

    Each entry names a visit by a key of the phone's own. Sent again, in any order and however often, it changes nothing
    more. Two accounts of one visit that differ are both kept and answered with `conflict`; a human says which counts.
    """
    use_case = partial(home_visit.sync_visits, [entry.to_written() for entry in asked.entries])
    return await command.run(use_case, VisitBatchRead.of)
