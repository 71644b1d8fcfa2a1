"""What happens on a waiting list, in the past tense: ids, codes and dates, nothing about the person."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.shared.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingJoined(Event):
    """A need waits for a service."""

    name: ClassVar[str] = "waiting_entry.joined"

    entry_id: UUID
    need_id: UUID
    service_id: UUID
    since: date
    joined_by: UUID
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingReassessed(Event):
    """The place on the list was found anew, from the facts of today."""

    name: ClassVar[str] = "waiting_entry.reassessed"

    entry_id: UUID
    reassessed_by: UUID
    reassessed_on: date
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingWithdrawn(Event):
    """The person waits no longer, by the own word."""

    name: ClassVar[str] = "waiting_entry.withdrawn"

    entry_id: UUID
    withdrawn_by: UUID
    withdrawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRemoved(Event):
    """A named human took the person off the list, for a reason."""

    name: ClassVar[str] = "waiting_entry.removed"

    entry_id: UUID
    reason: str
    removed_by: UUID
    removed_on: date
