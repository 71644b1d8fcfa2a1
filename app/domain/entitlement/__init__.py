"""Entitlement: typed criteria that are data, what they say to the facts of a person, and why."""

from app.domain.entitlement.criteria import AtLeast, Criteria, Node, Not, evaluate, parse
from app.domain.entitlement.entitlements import entitlements
from app.domain.entitlement.explanation import Explanation, explain
from app.domain.entitlement.facts import DeclaredFlag, Facts

__all__ = [
    "AtLeast",
    "Criteria",
    "DeclaredFlag",
    "Explanation",
    "Facts",
    "Node",
    "Not",
    "entitlements",
    "evaluate",
    "explain",
    "parse",
]
