"""Waiting lists: who comes first, when a place may come, and how somebody leaves the list."""

from app.domain.waiting.entry import RemovalReason, WaitingAlready, WaitingEntry
from app.domain.waiting.outlook import OthersWait, Outlook, Queue, Sooner, outlook
from app.domain.waiting.rules import Urgency, WaitingRules
from app.domain.waiting.stages import LIFECYCLE, WaitingAction, WaitingStage

__all__ = [
    "LIFECYCLE",
    "OthersWait",
    "Outlook",
    "Queue",
    "RemovalReason",
    "Sooner",
    "Urgency",
    "WaitingAction",
    "WaitingAlready",
    "WaitingEntry",
    "WaitingRules",
    "WaitingStage",
    "outlook",
]
