"""Events: the feed that is the truth of what has happened, and the story of one application in words."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.api.dependencies import may
from app.api.openapi import operation
from app.api.pagination import LARGEST_NUMBER, Cursor, Limit, Page, number_of, page_of, position_of
from app.api.problems import InvalidCursor
from app.api.texts import Told
from app.api.v1.schemas.event import EventPage, TimelineEventRead, place_of
from app.services import event
from app.services.ports.event import BEGINNING, FeedRestored, Place
from app.services.ports.work import UnitOfWork

router = APIRouter(tags=["Events"])
NamePrefix = Annotated[
    str,
    Query(
        max_length=64,
        pattern=r"^([a-z][a-z_]*(\.[a-z_]*)?)?$",
        description="Only events whose name begins so, such as `certificate_case.`",
    ),
]


@router.get("/events", **operation("list_events", refusals=(FeedRestored,)))
async def list_events(
    uow: Annotated[UnitOfWork, may("list_events")],
    *,
    name: NamePrefix = "",
    application_id: Annotated[UUID | None, Query(description="Only events of this application.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> EventPage:
    """Read on in all that has happened, as far as the caller may know of it. A late commit is never skipped.

    Events come in an order in which nothing turns up later in front of what was shown. Keep `next_cursor` and send it
    with the next request. An event may be of a case that the caller came to know of only later; look the case up then.
    """
    feed = await event.list_events(
        prefix=name, application_id=application_id, after=_place(cursor), limit=limit, uow=uow
    )
    return EventPage.of(feed)


@router.get(
    "/applications/{application_id}/events",
    **operation("list_application_events"),
)
async def list_application_events(
    application_id: UUID,
    uow: Annotated[UnitOfWork, may("list_application_events")],
    teller: Told,
    *,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[TimelineEventRead]:
    """Tell the story of an application from its submission on, also in words."""
    found = await event.list_application_events(application_id, after=number_of(cursor) or 0, limit=limit, uow=uow)
    return page_of(found, lambda one: TimelineEventRead.told(one, teller))


def _place(cursor: str | None) -> Place:
    key = position_of(cursor)
    if key is None:
        return BEGINNING
    place = place_of(key)
    if place.position > LARGEST_NUMBER:
        raise InvalidCursor("Send a cursor as `next_cursor` of this very list gave it.", pointer="query/cursor")
    return place
