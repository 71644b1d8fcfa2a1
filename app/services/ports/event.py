"""What the event use cases read: the feed of all that has happened, and the story of one application."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID

from app.domain.shared.access import Principal
from app.domain.shared.errors import Conflict


class FeedRestored(Conflict):
    """The place lies beyond all that the feed has come to: it was given out before a restore to an earlier point."""

    code = "feed_restored"
    title = "The feed was restored to before this place"


class Place(NamedTuple):
    """Where an event stands in the feed: its transaction, and its position among all events.

    Positions are given out while transactions still run, so a later one may become visible earlier; transactions are
    told apart the moment that they begin to write. A reader who goes on from a place below the oldest transaction that
    still runs misses nothing.
    """

    transaction: int
    position: int


BEGINNING = Place(0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedEvent:
    """An event as it was written down."""

    place: Place
    id: UUID
    name: str
    subject_id: UUID
    subject_version: int
    application_id: UUID | None
    person_id: UUID | None
    effective_at: datetime
    actor_id: UUID | None
    """Whose account it was; told to staff alone."""
    facts: Mapping[str, object]
    is_test: bool = False
    """Whether a sandbox has fired it, and nothing has happened."""
    item: str | None = None
    """In the story of an application: the item that it is about; None for the application as a whole."""


@dataclass(frozen=True, slots=True)
class Feed:
    """Some events in the order of the feed, and where a reader goes on, also when nothing is new."""

    events: tuple[RecordedEvent, ...]
    after: Place
    has_more: bool


class Events(Protocol):
    """The events that were written down."""

    async def feed(
        self, *, prefix: str, application_id: UUID | None, whose: Principal, after: Place, limit: int
    ) -> Feed:
        """Some of those that the caller may see and that can no longer be overtaken, oldest first.

        Raises:
            FeedRestored: the place is one that this feed has not come to yet.
        """
        ...

    async def of_application(
        self, application_id: UUID, *, whose: Principal, after: int, limit: int
    ) -> list[RecordedEvent]:
        """Some events of one application, in the order in which they were written, after a position.

        Raises:
            NotFound: there is no such application that this caller may know of.
        """
        ...
