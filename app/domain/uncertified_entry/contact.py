"""One contact with somebody on the ledger: when, by which way, what was told, and what the person said."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from app.domain.shared.channel import Channel


class ContactOutcome(StrEnum):
    """What came of trying to reach somebody."""

    REACHED = "reached"
    """已联系上"""
    NOT_REACHED = "not_reached"
    """未联系上"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A contact, or an attempt at one (联系记录)."""

    on: date
    by: UUID
    channel: Channel
    outcome: ContactOutcome = ContactOutcome.REACHED
    told: str = field(default="", repr=False)
    """What the person was told of certificates and services (政策告知)."""
    words: str = field(default="", repr=False)
    """What the person said; in the person's words, and nobody's finding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a commissioner reports of a contact, and what is different since."""

    channel: Channel
    outcome: ContactOutcome = ContactOutcome.REACHED
    told: str = field(default="", repr=False)
    words: str = field(default="", repr=False)
    on: date | None = None
    """The day of the contact; None for today."""
    reason: str | None = None
    """Why there is no certificate, where that is another reason now."""
    needs: tuple[str, ...] | None = None
    """Coded needs as the person names them, where they are others now."""
    next_contact_on: date | None = None
    """Sooner than the rules ask for; None for the last day that they allow."""

    def contact(self, *, by: UUID, on: date) -> Contact:
        """The contact as it is kept."""
        return Contact(
            on=self.on or on,
            by=by,
            channel=self.channel,
            outcome=self.outcome,
            told=self.told,
            words=self.words,
        )
