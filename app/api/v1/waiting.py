"""Waiting lists: who waits for which service, where they stand, when a place may come, and what would be sooner."""

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
from app.api.v1.schemas.waiting import (
    WaitingEntryCreate,
    WaitingEntryRead,
    WaitingEntrySummary,
    WaitingReassessmentCreate,
    WaitingRemovalCreate,
    WaitingWithdrawalCreate,
)
from app.domain.referral import DeclinedOtherwise
from app.domain.shared.voice import NotThePerson, WordMissing
from app.domain.waiting import WaitingAlready, WaitingStage
from app.services import waiting
from app.services.matching import NeedNotOpen
from app.services.ports.work import UnitOfWork
from app.services.suitability import (
    DoesNotMeetNeed,
    ExclusiveService,
    NoReferralsHere,
    NotEntitled,
    OutsideServiceArea,
)

router = APIRouter(tags=["Waiting lists"])
step = partial(operation, keyed=True, versioned=True)
UNSUITABLE = (DoesNotMeetNeed, NoReferralsHere, NotEntitled, OutsideServiceArea, ExclusiveService)


@router.post(
    "/needs/{need_id}/waiting-entries",
    response_model=WaitingEntryRead,
    status_code=CREATED,
    **operation(
        "join_waiting_list",
        keyed=True,
        refusals=(NeedNotOpen, WaitingAlready, *UNSUITABLE),
        links={"get_waiting_entry": "waiting_entry_id"},
    ),
)
async def join_waiting_list(
    need_id: UUID, asked: WaitingEntryCreate, *, command: Annotated[Command, keyed("join_waiting_list")]
) -> Response:
    """Put a confirmed need on the list of a service (登记轮候); its place follows from the facts that are held."""
    return await command.run(
        partial(waiting.join_waiting_list, need_id, asked.service_id, asked.urgency),
        WaitingEntryRead.of_view,
        status=CREATED,
        location=lambda view: f"/v1/waiting-entries/{view.id}",
    )


@router.post(
    "/referrals/{referral_id}/waiting-entry",
    response_model=WaitingEntryRead,
    status_code=CREATED,
    **operation(
        "wait_instead",
        keyed=True,
        refusals=(DeclinedOtherwise, NeedNotOpen, *UNSUITABLE),
        links={"get_waiting_entry": "waiting_entry_id"},
    ),
)
async def wait_instead(referral_id: UUID, *, command: Annotated[Command, keyed("wait_instead")]) -> Response:
    """Wait for a place of a service whose provider declined for want of places: one step, with nothing to fill in."""
    return await command.run(
        partial(waiting.wait_instead, referral_id),
        WaitingEntryRead.of_view,
        status=CREATED,
        location=lambda view: f"/v1/waiting-entries/{view.id}",
    )


@router.get("/waiting-entries", **operation("list_waiting_entries", found=False))
async def list_waiting_entries(
    uow: Annotated[UnitOfWork, may("list_waiting_entries")],
    *,
    told: Told,
    service_id: Annotated[UUID | None, Query(description="Only the list of this service.")] = None,
    person_id: Annotated[UUID | None, Query(description="Only this person's.")] = None,
    stage: Annotated[
        list[WaitingStage] | None, Query(max_length=10, description="Only these; all, if not given.")
    ] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[WaitingEntrySummary]:
    """List who waits in the caller's areas, or the caller's own entries; `counts_from` is the order of each list."""
    found = await waiting.list_waiting_entries(
        service_id=service_id,
        person_id=person_id,
        stages=tuple(stage or WaitingStage),
        after=position_of(cursor),
        limit=limit,
        uow=uow,
    )
    return page_of(found, lambda view: WaitingEntrySummary.of_line(view, told))


@router.get("/waiting-entries/{waiting_entry_id}", **operation("get_waiting_entry"))
async def get_waiting_entry(
    waiting_entry_id: UUID, *, uow: Annotated[UnitOfWork, may("get_waiting_entry")], told: Told, response: Response
) -> WaitingEntryRead:
    """Read where a need stands on a list and why, when a place may come, and what would be sooner and where."""
    view = await waiting.get_waiting_entry(waiting_entry_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return WaitingEntryRead.of_view(view, told)


@router.post(
    "/waiting-entries/{waiting_entry_id}/reassessment",
    response_model=WaitingEntryRead,
    **step("reassess_waiting_entry"),
)
async def reassess_waiting_entry(
    waiting_entry_id: UUID,
    found: WaitingReassessmentCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("reassess_waiting_entry")],
) -> Response:
    """Find a need's place on the list anew: its urgency as found now, special difficulty as the facts say today."""
    use_case = partial(waiting.reassess_waiting_entry, waiting_entry_id, found.urgency, version=version)
    return await command.run(use_case, WaitingEntryRead.of_view)


@router.post(
    "/waiting-entries/{waiting_entry_id}/withdrawal",
    response_model=WaitingEntryRead,
    **step("withdraw_waiting_entry", refusals=(NotThePerson, WordMissing)),
)
async def withdraw_waiting_entry(
    waiting_entry_id: UUID,
    said: WaitingWithdrawalCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("withdraw_waiting_entry")],
) -> Response:
    """Leave a list by the word of the person or a guardian; the need stays, and may wait again."""
    use_case = partial(waiting.withdraw_waiting_entry, waiting_entry_id, said.said_by, version=version)
    return await command.run(use_case, WaitingEntryRead.of_view)


@router.post(
    "/waiting-entries/{waiting_entry_id}/removal",
    response_model=WaitingEntryRead,
    **step("remove_waiting_entry"),
)
async def remove_waiting_entry(
    waiting_entry_id: UUID,
    asked: WaitingRemovalCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("remove_waiting_entry")],
) -> Response:
    """Take somebody off a list who can no longer have the service; a named officer says why."""
    use_case = partial(waiting.remove_waiting_entry, waiting_entry_id, asked.reason, asked.text, version=version)
    return await command.run(use_case, WaitingEntryRead.of_view)
