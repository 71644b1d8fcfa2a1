"""The shape of a fact that has happened, and of the aggregate that it happened to."""

from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any, ClassVar, Protocol
from uuid import UUID

IS_TEST = "is_test"
"""The fact by which an event that has not happened is told from all others; no event has a field of this name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that has happened, in the past tense.

    Fields hold ids, codes, dates and amounts, never a name, a number of a person or free text about one: events are
    kept for ever, and go out to others.
    """

    name: ClassVar[str]

    def facts(self) -> dict[str, Any]:
        """The fields as plain JSON values."""
        return _fields(self)


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """An event that has not happened: a sandbox fires it, so that a reader of the feed can be tried."""

    of: Event

    @property
    def name(self) -> str:
        """The name of the event that it rehearses."""
        return self.of.name

    def facts(self) -> dict[str, Any]:
        """The facts of that event, and that it is none."""
        return self.of.facts() | {IS_TEST: True}


class Aggregate(Protocol):
    """What every aggregate shares, so that one event table can tell the story of a person's application."""

    @property
    def id(self) -> UUID:
        """What it is."""
        ...

    @property
    def person_id(self) -> UUID | None:
        """Whom it is about; None where it is about nobody alone, such as a roll of many."""
        ...

    @property
    def region(self) -> str:
        """The path of the place that handles it."""
        ...

    @property
    def application_id(self) -> UUID | None:
        """The application that it belongs to, if to one."""
        ...

    @property
    def version(self) -> int:
        """How often it was changed; the ETag."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Unnamed:
    """What an event is about that names nobody: something in a place, by its id."""

    id: UUID
    region: str
    version: int = 1
    person_id: None = None
    application_id: None = None


_PLAIN_ALREADY = frozenset({str, int, bool, type(None)})


def _fields(value: Any) -> dict[str, Any]:  # noqa: ANN401 - whichever dataclass it is
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}


def _plain(value: object) -> Any:  # noqa: ANN401 - JSON is what it is
    if type(value) in _PLAIN_ALREADY:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID | date):  # a datetime is a date too
        return value.isoformat() if isinstance(value, date) else str(value)
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        plain = [_plain(item) for item in value]
        return plain if isinstance(value, list | tuple) else sorted(plain)
    return _fields(value) if is_dataclass(value) else value
