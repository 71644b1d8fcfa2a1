"""The shape of a fact that has happened, and of the aggregate that it happened to."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, ClassVar, Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that has happened, in the past tense.

    Fields hold ids, codes, dates and amounts, never a name, a number of a person or free text about one: events are kept
    for ever, and go out to others.
    """

    name: ClassVar[str]

    def facts(self) -> dict[str, Any]:
        """The fields as plain JSON values."""
        return {key: _plain(value) for key, value in asdict(self).items()}


class Aggregate(Protocol):
    """What every aggregate shares, so that one event table can tell the story of a person's application."""

    @property
    def id(self) -> UUID: ...
    @property
    def person_id(self) -> UUID: ...
    @property
    def region(self) -> str: ...
    @property
    def application_id(self) -> UUID | None: ...
    @property
    def version(self) -> int: ...


def _plain(value: object) -> Any:
    match value:
        case Enum():
            return value.value
        case UUID():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case set() | frozenset():
            return sorted(_plain(item) for item in value)
        case _:
            return value
