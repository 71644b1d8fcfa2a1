"""Use cases of events: the feed of all that has happened, and the story of one application."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from uuid import UUID

from app.domain.shared.access import BY_PARTY, Principal
from app.services.ports.event import Feed, Place, RecordedEvent
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice

SHOWN = ("events",)
NO_ACCOUNTS = frozenset({"superseded_by", "act_by", "answer_by", "receive_by", "ask_another_by", "close_by"})
"""Facts that are named like those who acted: a plan, and last days."""


async def list_events(
    *, prefix: str, after: Place, limit: int, uow: UnitOfWork, application_id: UUID | None = None
) -> Feed:
    """What has happened since a place in the feed, as far as the caller may know of it. No late commit is skipped.

    Raises:
        FeedRestored: the place was given out before a restore to an earlier point.
    """
    async with uow:
        feed = await uow.events.feed(
            prefix=prefix, application_id=application_id, whose=uow.actor, after=after, limit=limit
        )
        uow.accessed(*_persons(feed.events), disclosed=SHOWN)
        shown = tuple(_as_shown(event, uow.actor) for event in feed.events)
        return await uow.commit(replace(feed, events=shown))


async def list_application_events(
    application_id: UUID, *, after: int, limit: int, uow: UnitOfWork
) -> Slice[RecordedEvent]:
    """The story of an application from its submission on."""
    async with uow:
        found = await uow.events.of_application(application_id, whose=uow.actor, after=after, limit=limit + 1)
        uow.accessed(*_persons(found), disclosed=SHOWN)
        shown = tuple(_as_shown(event, uow.actor) for event in found[:limit])
        has_more = len(found) > limit
        return await uow.commit(Slice(shown, UUID(int=shown[-1].place.position) if has_more else None))


def _persons(events: Iterable[RecordedEvent]) -> Iterator[UUID]:
    """Whom events are about; some, such as those of a roll or of a rehearsal, are about nobody alone."""
    return (event.person_id for event in events if event.person_id is not None and not event.is_test)


def _as_shown(event: RecordedEvent, whose: Principal) -> RecordedEvent:
    """The event without the accounts of those who acted, unless staff look: others deal with the office, not people."""
    if not whose.roles <= BY_PARTY:
        return event
    facts = {name: value for name, value in event.facts.items() if not _names_staff(name)}
    return replace(event, facts=facts, actor_id=None)


def _names_staff(fact: str) -> bool:
    return fact == "doctors" or (fact.endswith("_by") and fact not in NO_ACCOUNTS)
