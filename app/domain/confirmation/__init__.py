"""Confirmations (第二方确认): an item that needs a second person's word waits for it."""

from app.domain.confirmation.confirmation import Confirmation, Subject
from app.domain.confirmation.events import (
    ConfirmationAsked,
    ConfirmationClosed,
    ConfirmationDeclined,
    ConfirmationGiven,
    ConfirmationLapsed,
)
from app.domain.confirmation.stages import LIFECYCLE, ConfirmationAction, ConfirmationStage
from app.domain.confirmation.word import (
    NotTheSecondParty,
    ProofNotSeen,
    SecondParty,
    SecondPartyUnknown,
    SecondWord,
    TakenDown,
)

__all__ = [
    "LIFECYCLE",
    "Confirmation",
    "ConfirmationAction",
    "ConfirmationAsked",
    "ConfirmationClosed",
    "ConfirmationDeclined",
    "ConfirmationGiven",
    "ConfirmationLapsed",
    "ConfirmationStage",
    "NotTheSecondParty",
    "ProofNotSeen",
    "SecondParty",
    "SecondPartyUnknown",
    "SecondWord",
    "Subject",
    "TakenDown",
]
