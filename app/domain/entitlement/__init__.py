"""Entitlement: typed criteria that are data, what they say to the facts of a person, and why."""

from app.domain.entitlement.age import AgeSpan, age_span
from app.domain.entitlement.amount import Amount, Between, Fixed, amount_due, amount_of
from app.domain.entitlement.criteria import AtLeast, Criteria, Node, Not, evaluate, leaves, node_of, parse
from app.domain.entitlement.entitlements import Entitlement, entitlements
from app.domain.entitlement.explanation import Explanation, explain
from app.domain.entitlement.facts import DeclaredFlag, Facts

__all__ = [
    "AgeSpan",
    "Amount",
    "AtLeast",
    "Between",
    "Criteria",
    "DeclaredFlag",
    "Entitlement",
    "Explanation",
    "Facts",
    "Fixed",
    "Node",
    "Not",
    "age_span",
    "amount_due",
    "amount_of",
    "entitlements",
    "evaluate",
    "explain",
    "leaves",
    "node_of",
    "parse",
]
