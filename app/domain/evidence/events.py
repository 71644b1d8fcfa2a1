"""What happens to evidence, in the past tense: ids, codes and dates. Digests and texts stay with the evidence."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.person import FactSource
from app.domain.shared.events import Event
from app.domain.shared.voice import Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationEvidenceRequested(Event):
    """With the application, all that its items need was looked for: what is held was taken, the rest is asked for."""

    name: ClassVar[str] = "application.evidence_requested"

    application_id: UUID
    held: tuple[str, ...]
    asked: tuple[str, ...]
    withheld: tuple[str, ...]
    """Held or not, the person did not want these to be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRequested(Event):
    """An office asked for something more."""

    name: ClassVar[str] = "evidence_request.opened"

    request_id: UUID
    kind: str
    items: tuple[str, ...]
    source: str
    requested_by: UUID
    requested_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRequestFulfilled(Event):
    """What was asked for is there."""

    name: ClassVar[str] = "evidence_request.fulfilled"

    request_id: UUID
    kind: str
    evidence_id: UUID
    assurance: FactSource
    fulfilled_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRequestRefused(Event):
    """The person did not want it to be fetched, given or used; that is respected."""

    name: ClassVar[str] = "evidence_request.refused"

    request_id: UUID
    kind: str
    items: tuple[str, ...]
    refused_by: UUID
    voice: Voice | None
    refused_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRequestCancelled(Event):
    """Nothing needs it any more."""

    name: ClassVar[str] = "evidence_request.cancelled"

    request_id: UUID
    kind: str
    cancelled_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRecorded(Event):
    """Evidence came on record, of a class that its way here gives it."""

    name: ClassVar[str] = "evidence.recorded"

    evidence_id: UUID
    kind: str
    assurance: FactSource
    origin: str
    valid_until: date | None
    supersedes: UUID | None
    recorded_by: UUID | None
    recorded_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceVerified(Event):
    """An officer compared what was uploaded with its original."""

    name: ClassVar[str] = "evidence.verified"

    evidence_id: UUID
    kind: str
    assurance: FactSource
    verified_by: UUID
    verified_on: date
