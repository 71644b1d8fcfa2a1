"""Individual plans (一人一案): what a person needs, the way there, who watches over it, and what it is to reach."""

from app.domain.plan.content import (
    Duty,
    Goal,
    NeedNotConfirmed,
    Part,
    PathItem,
    PlanContent,
    PlanInconsistent,
    Rhythm,
    Supervision,
    SupervisionKind,
)
from app.domain.plan.plan import Opinion, Outcome, PartsMissing, Plan
from app.domain.plan.rules import Grounds, Obligation, PlanRules, Situation, obligation
from app.domain.plan.stages import LIFECYCLE, PlanAction, PlanStage

__all__ = [
    "LIFECYCLE",
    "Duty",
    "Goal",
    "Grounds",
    "NeedNotConfirmed",
    "Obligation",
    "Opinion",
    "Outcome",
    "Part",
    "PartsMissing",
    "PathItem",
    "Plan",
    "PlanAction",
    "PlanContent",
    "PlanInconsistent",
    "PlanRules",
    "PlanStage",
    "Rhythm",
    "Situation",
    "Supervision",
    "SupervisionKind",
    "obligation",
]
