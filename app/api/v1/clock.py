"""Limits of time: how they stand on a day, which have run out, and more time for a reason."""

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
from app.api.v1.schemas.clock import ApplicationClocksRead, ClockRead, ClockSummary, ExtensionCreate, StoredState
from app.api.v1.schemas.types import Code, LegalDate
from app.domain.application import ItemNotFound
from app.domain.clock import ClockNotOpen, ClockState, ExtendedAlready, NotExtendable
from app.domain.shared.refusal import ReasonMissing
from app.domain.shared.transitions import NotYourFunction
from app.services import clock
from app.services.clock import TooFarAhead
from app.services.ports.work import UnitOfWork

UNSTOPPED = [state for state in StoredState if state is not StoredState.STOPPED]
router = APIRouter(tags=["Clocks"])


@router.get(
    "/applications/{application_id}/clocks",
    **operation("list_application_clocks", refusals=(ItemNotFound, TooFarAhead)),
)
async def list_application_clocks(
    application_id: UUID,
    *,
    uow: Annotated[UnitOfWork, may("list_application_clocks")],
    teller: Told,
    as_of: Annotated[LegalDate | None, Query(description="The day to tell of; today, if not given.")] = None,
    item: Annotated[Code | None, Query(description="Only the limits of this item.")] = None,
) -> ApplicationClocksRead:
    """Say what is so on a day: for each limit whether it runs, what is used up and left, and every day of it.

    A day that has passed is told as it was known then. A day to come is told as it would be if nothing more were done.
    """
    return ApplicationClocksRead.of(
        await clock.list_application_clocks(application_id, on=as_of, item=item, uow=uow), teller
    )


@router.get("/clocks", **operation("list_case_clocks", found=False))
async def list_case_clocks(
    uow: Annotated[UnitOfWork, may("list_case_clocks")],
    *,
    teller: Told,
    state: Annotated[
        list[StoredState] | None,
        Query(max_length=10, description="Only these states; all that have not stopped, if not given."),
    ] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[ClockSummary]:
    """List the limits of the caller's areas that run, stand still or have run out: what a supervisor looks at."""
    states = tuple(ClockState(one) for one in state or UNSTOPPED)
    found = await clock.list_case_clocks(states=states, after=position_of(cursor), limit=limit, uow=uow)
    return page_of(found, lambda one: ClockSummary.of(one, teller))


@router.get("/clocks/{clock_id}", **operation("get_case_clock"))
async def get_case_clock(
    clock_id: UUID, *, uow: Annotated[UnitOfWork, may("get_case_clock")], teller: Told, response: Response
) -> ClockRead:
    """Read one limit as it stands today, with every day of it."""
    view = await clock.get_case_clock(clock_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return ClockRead.of_view(view, teller)


@router.post(
    "/clocks/{clock_id}/extension",
    response_model=ClockRead,
    **operation(
        "extend_case_clock",
        keyed=True,
        versioned=True,
        refusals=(ClockNotOpen, NotExtendable, ExtendedAlready, NotYourFunction, ReasonMissing),
    ),
)
async def extend_case_clock(
    clock_id: UUID,
    *,
    asked: ExtensionCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("extend_case_clock")],
) -> Response:
    """Give the office longer, once, by as many days as the rule allows; the person is told the reason."""
    return await command.run(
        partial(clock.extend_case_clock, clock_id, version=version, reason=asked.reason), ClockRead.of_view
    )
