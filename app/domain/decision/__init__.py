"""Decisions: what was decided, why, by which rules and facts, by whom, and how one turns against it."""

from app.domain.decision.content import Content, Fact, Ground
from app.domain.decision.decision import ENDING, Decider, Decision, Matter, Outcome, RefusedByNobody
from app.domain.decision.events import DecisionMade
from app.domain.decision.remedy import Remedy, following, remedy_of

__all__ = [
    "ENDING",
    "Content",
    "Decider",
    "Decision",
    "DecisionMade",
    "Fact",
    "Ground",
    "Matter",
    "Outcome",
    "RefusedByNobody",
    "Remedy",
    "following",
    "remedy_of",
]
