"""Individual plans (一人一案): what a person needs, the way there, who watches over it, and what it is to reach."""

from app.domain.plan.changes import Change, changes
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
from app.domain.plan.plan import Opinion, Outcome, PartsMissing, Plan, PlanOvertaken, ReferralsOpen
from app.domain.plan.review import (
    Findings,
    GoalsNotSeen,
    LifeEvent,
    NextReviewImpossible,
    Observation,
    Review,
    Seen,
    life_event_of,
)
from app.domain.plan.rules import REQUIRED_FOR, Grounds, Obligation, PlanRules, Situation, no_duty_here, obligation
from app.domain.plan.seeing import seen_of
from app.domain.plan.stages import LIFECYCLE, PlanAction, PlanStage

__all__ = [
    "LIFECYCLE",
    "REQUIRED_FOR",
    "Change",
    "Duty",
    "Findings",
    "Goal",
    "GoalsNotSeen",
    "Grounds",
    "LifeEvent",
    "NeedNotConfirmed",
    "NextReviewImpossible",
    "Obligation",
    "Observation",
    "Opinion",
    "Outcome",
    "Part",
    "PartsMissing",
    "PathItem",
    "Plan",
    "PlanAction",
    "PlanContent",
    "PlanInconsistent",
    "PlanOvertaken",
    "PlanRules",
    "PlanStage",
    "ReferralsOpen",
    "Review",
    "Rhythm",
    "Seen",
    "Situation",
    "Supervision",
    "SupervisionKind",
    "changes",
    "life_event_of",
    "no_duty_here",
    "obligation",
    "seen_of",
]
