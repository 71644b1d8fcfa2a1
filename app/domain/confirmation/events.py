"""What happens to a confirmation, in the past tense: ids, codes and days; who the second person is stays with it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.confirmation.word import SecondParty
from app.domain.shared.channel import Channel
from app.domain.shared.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationAsked(Event):
    """An item needs a second person's word before it goes on."""

    name: ClassVar[str] = "confirmation.asked"

    confirmation_id: UUID
    case_id: UUID
    item: str
    whom: SecondParty
    asked_on: date
    answer_by: date
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationGiven(Event):
    """The second person has said yes, and the item goes on."""

    name: ClassVar[str] = "confirmation.given"

    confirmation_id: UUID
    case_id: UUID
    item: str
    whom: SecondParty
    channel: Channel
    noted_by: UUID
    """The second person's own account, or that of the officer who took the word down."""
    given_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationDeclined(Event):
    """The second person has said no, and the item is taken back. Nobody has refused anything."""

    name: ClassVar[str] = "confirmation.declined"

    confirmation_id: UUID
    case_id: UUID
    item: str
    whom: SecondParty
    channel: Channel
    noted_by: UUID
    declined_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationLapsed(Event):
    """Nobody has said anything in time. The case rests; nothing is refused."""

    name: ClassVar[str] = "confirmation.lapsed"

    confirmation_id: UUID
    case_id: UUID
    item: str
    lapsed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationClosed(Event):
    """The case has ended otherwise, and nobody waits for a word any more."""

    name: ClassVar[str] = "confirmation.closed"

    confirmation_id: UUID
    case_id: UUID
    item: str
    closed_on: date
