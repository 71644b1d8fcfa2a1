"""What happens to a consent, in the past tense: ids, codes and days, nothing of what is shared."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.shared.channel import Channel
from app.domain.shared.events import Event
from app.domain.shared.voice import Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven(Event):
    """The person, or a guardian, agreed that an organisation is told."""

    name: ClassVar[str] = "consent.given"

    consent_id: UUID
    receiver_id: UUID
    purpose: str
    fields: tuple[str, ...]
    voice: Voice
    channel: Channel
    given_by: UUID
    given_on: date
    valid_from: date
    valid_to: date
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentWithdrawn(Event):
    """It was taken back; from that moment on the organisation is shown nothing by it."""

    name: ClassVar[str] = "consent.withdrawn"

    consent_id: UUID
    receiver_id: UUID
    purpose: str
    voice: Voice
    withdrawn_by: UUID
    withdrawn_on: date
