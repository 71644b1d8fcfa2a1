"""What happens to an entry on the ledger, in the past tense; nothing of it names the person or leads there.

Events are kept for ever, and whoever was taken off is to be found in none of them.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.shared.channel import Channel
from app.domain.shared.events import Event
from app.domain.shared.voice import Voice
from app.domain.uncertified_entry.contact import ContactOutcome
from app.domain.uncertified_entry.stages import ClosingGround


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryOpened(Event):
    """Somebody, who has agreed to it, was put on the ledger of those without a certificate."""

    name: ClassVar[str] = "uncertified_entry.opened"

    entry_id: UUID
    reason: str
    owner_id: UUID
    voice: Voice
    channel: Channel
    opened_by: UUID
    opened_on: date
    next_contact_on: date
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRecorded(Event):
    """Somebody on the ledger was contacted, or could not be reached."""

    name: ClassVar[str] = "uncertified_entry.contact_recorded"

    entry_id: UUID
    channel: Channel
    outcome: ContactOutcome
    reason: str
    contacted_on: date
    recorded_by: UUID
    next_contact_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryHandedOver(Event):
    """Another office answers for the entry from now on."""

    name: ClassVar[str] = "uncertified_entry.handed_over"

    entry_id: UUID
    owner_id: UUID
    handed_over_by: UUID
    handed_over_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryConverted(Event):
    """It has led to an application; which one stays with the entry."""

    name: ClassVar[str] = "uncertified_entry.converted"

    entry_id: UUID
    converted_by: UUID
    converted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryClosed(Event):
    """It has ended otherwise."""

    name: ClassVar[str] = "uncertified_entry.closed"

    entry_id: UUID
    ground: ClosingGround
    closed_by: UUID
    closed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryTakenOff(Event):
    """At the person's word it was erased. That it was done is all that remains."""

    name: ClassVar[str] = "uncertified_entry.taken_off"

    entry_id: UUID
    taken_off_on: date
