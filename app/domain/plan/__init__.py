"""Individual plans (一人一案): what a person needs, the way there, who watches, and what is done."""

from app.domain.plan.obligation import Because, Obligation, obligation_of
from app.domain.plan.parts import (
    Goal,
    Part,
    Parts,
    PathItem,
    PeriodImpossible,
    PlanIncomplete,
    SupervisionMeasure,
)
from app.domain.plan.plan import Plan
from app.domain.plan.stages import LIFECYCLE, Action, Stage

__all__ = [
    "LIFECYCLE",
    "Action",
    "Because",
    "Goal",
    "Obligation",
    "Part",
    "Parts",
    "PathItem",
    "PeriodImpossible",
    "Plan",
    "PlanIncomplete",
    "Stage",
    "SupervisionMeasure",
    "obligation_of",
]
