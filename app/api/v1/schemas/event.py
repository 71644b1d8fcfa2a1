"""Events, as they travel: what happened to what, and for people a sentence about it."""

from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import Field

from app.api.pagination import cursor_of
from app.api.texts import Teller
from app.api.v1.schemas.types import Output
from app.services.ports.event import Feed, Place, RecordedEvent


class EventRead(Output):
    """Something that has happened. It names nobody: what it is about is read where it is kept."""

    id: UUID
    name: Annotated[str, Field(max_length=64, description="Such as `certificate_case.approved`.")]
    subject_id: Annotated[
        UUID, Field(description="What it happened to; the part of the name before the dot says what.")
    ]
    subject_version: Annotated[
        int,
        Field(ge=1, le=2**31 - 1, description="The subject's version then: the order of the events of one subject."),
    ]
    application_id: Annotated[UUID | None, Field(description="The application that it belongs to, if any.")]
    at: Annotated[datetime, Field(description="When it took effect, by the clock that the case runs on.")]
    actor_id: Annotated[UUID | None, Field(description="The account that did it; told to staff alone.")]
    facts: Annotated[dict[str, Any], Field(description="Ids, codes, dates and amounts of this kind of event.")]
    is_test: Annotated[
        bool, Field(description="Whether a sandbox has fired it for its reader to be tried; nothing has happened.")
    ]

    @classmethod
    def of(cls, event: RecordedEvent) -> Self:
        """The event as it travels."""
        return cls(**_plain(event))


class TimelineEventRead(EventRead):
    """A step in the story of an application, also in words."""

    item: Annotated[
        str | None, Field(max_length=64, description="The item it is about; null for the application as a whole.")
    ]
    text: Annotated[str, Field(max_length=500, description="What happened, in the language of the answer.")]

    @classmethod
    def told(cls, event: RecordedEvent, teller: Teller) -> Self:
        """The event as it travels, in the caller's language."""
        text = teller.say(f"event.{event.name}", event.facts)
        return cls(**_plain(event), item=event.item, text=text)


class EventPage(Output):
    """Some of the feed. It has no end: go on from `next_cursor`, now if there are more and later if there are not."""

    items: Annotated[list[EventRead], Field(max_length=100)]
    next_cursor: Annotated[
        str, Field(max_length=64, description="Where to go on; it is there even when nothing is new.")
    ]
    has_more: Annotated[bool, Field(description="Whether more can be read at once.")]

    @classmethod
    def of(cls, feed: Feed) -> Self:
        """The page as it travels."""
        return cls(
            items=[EventRead.of(event) for event in feed.events],
            next_cursor=cursor_of(key_of(feed.after)),
            has_more=feed.has_more,
        )


def key_of(place: Place) -> UUID:
    """A place in the feed as an id, by which a page begins like those of any other list."""
    return UUID(int=place.transaction << 64 | place.position)


def place_of(key: UUID) -> Place:
    """The place that an id made by `key_of` stands for.

    >>> place_of(key_of(Place(7, 9)))
    Place(transaction=7, position=9)
    """
    return Place(*divmod(key.int, 1 << 64))


def _plain(event: RecordedEvent) -> dict[str, Any]:
    return {
        "id": event.id,
        "name": event.name,
        "subject_id": event.subject_id,
        "subject_version": event.subject_version,
        "application_id": event.application_id,
        "at": event.effective_at,
        "actor_id": event.actor_id,
        "facts": dict(event.facts),
        "is_test": event.is_test,
    }
