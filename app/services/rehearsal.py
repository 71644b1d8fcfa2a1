"""Rehearsals: a sandbox fires an event that has not happened, so that a client can try how it reads the feed."""

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time
from enum import Enum
from functools import cache
from importlib import import_module
from types import MappingProxyType, NoneType
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

import app.domain
from app.domain.shared.errors import Conflict, Unprocessable
from app.domain.shared.events import Event, Rehearsed
from app.services.ports.work import UnitOfWork

NOWHERE = "sandbox"
"""A path that lies in nobody's area, also not in that of the whole country."""


class EventTypeUnknown(Unprocessable):
    """There is no event of this name."""

    code = "event_type_unknown"
    title = "There is no such event"


class NoFeedOfItsOwn(Conflict):
    """The account serves more clients than this one, and all of them would be told."""

    code = "no_feed_of_its_own"
    title = "This account reads for others too"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What a fired event is about: nothing. To the walls it is about its reader, so that nobody else is told."""

    id: UUID
    person_id: UUID | None
    region: str = NOWHERE
    application_id: UUID | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Fired:
    """An event that has been fired."""

    name: str
    subject_id: UUID


async def fire_event(name: str, *, uow: UnitOfWork) -> Fired:
    """Fire an event of a kind, with facts of the right shape, into the feed of the client itself and nobody else's.

    Raises:
        EventTypeUnknown: there is no such kind.
        NoFeedOfItsOwn: the account is not the client's own, so that other clients would read it too.
    """
    kind = event_types().get(name)
    if kind is None:
        raise EventTypeUnknown("GET /v1/sandbox/scenarios lists the events that there are.", pointer="/name")
    async with uow:
        client_id = uow.caller.client_id
        if uow.actor.id != client_id:
            raise NoFeedOfItsOwn("Use the token `portal` of your client: its feed is nobody else's.")
        about = Rehearsal(id=uow.new_id(), person_id=client_id)
        uow.record(Rehearsed(sample_of(kind, new_id=uow.new_id, on=uow.today)), about=about)
        return await uow.commit(Fired(name, about.id))


@cache
def event_types() -> Mapping[str, type[Event]]:
    """Every kind of event that the domain knows, by its name, in the order of the names."""
    for module in pkgutil.walk_packages(app.domain.__path__, "app.domain."):
        import_module(module.name)
    found = {kind.name: kind for kind in _below(Event)}  # of two of one name the later: slots make a class anew
    return MappingProxyType({name: found[name] for name in sorted(found)})


def sample_of(kind: type[Event], *, new_id: Callable[[], UUID], on: date) -> Event:
    """An event of a kind whose facts are of the right shape and mean nothing: a text is its own field's name."""
    hints = get_type_hints(kind)
    plain: Mapping[type, Callable[[str], object]] = {
        UUID: lambda _: new_id(),
        date: lambda _: on,
        datetime: lambda _: datetime.combine(on, time.min, UTC),
        str: str,
        int: lambda _: 1,
        bool: lambda _: True,
    }
    return kind(**{name: _sample(hints[name], name, plain) for name in fact_names(kind)})


def fact_names(kind: type[Event]) -> tuple[str, ...]:
    """What an event of a kind says."""
    return tuple(one.name for one in fields(kind))


def _sample(hint: Any, name: str, plain: Mapping[type, Callable[[str], object]]) -> object:  # noqa: ANN401 - any type
    if hint in plain:
        return plain[hint](name)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    inside = next(one for one in get_args(hint) if one is not NoneType)
    found = _sample(inside, name, plain)
    return (found,) if get_origin(hint) is tuple else found


def _below(kind: type[Event]) -> Iterator[type[Event]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)
