"""What happens to an offer to a person, in the past tense: ids, codes and days; reasons and words stay with it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.shared.events import Event
from app.domain.shared.voice import Capacity, Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferMade(Event):
    """The rules find something due that was not asked for; an office is to look and to send it."""

    name: ClassVar[str] = "offer.made"

    offer_id: UUID
    item: str
    expires_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferSent(Event):
    """An officer has looked and offers it to the person."""

    name: ClassVar[str] = "offer.sent"

    offer_id: UUID
    item: str
    sent_by: UUID
    expires_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferAccepted(Event):
    """The person wants to apply for it; nothing is granted by that."""

    name: ClassVar[str] = "offer.accepted"

    offer_id: UUID
    item: str
    accepted_by: UUID
    capacity: Capacity
    said_by: Voice | None
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferDeclined(Event):
    """The person does not want it, and is not asked again for long."""

    name: ClassVar[str] = "offer.declined"

    offer_id: UUID
    item: str
    declined_by: UUID
    capacity: Capacity
    said_by: Voice | None
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferWithdrawn(Event):
    """An officer has taken it back, because it is not due any more or was a mistake."""

    name: ClassVar[str] = "offer.withdrawn"

    offer_id: UUID
    item: str
    withdrawn_by: UUID
    was_sent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRanOut(Event):
    """Its last day has passed. Nothing is lost by that: one may apply at any time."""

    name: ClassVar[str] = "offer.expired"

    offer_id: UUID
    item: str
    was_sent: bool
