"""The stages of an individual plan, and who may take it from one to the next."""

from enum import StrEnum

from app.domain.shared.transitions import Lifecycle, Transition


class PlanStage(StrEnum):
    """Where a plan stands."""

    DRAFTED = "drafted"
    AGREED = "agreed"
    ACTIVE = "active"
    DECLINED = "declined"
    CLOSED = "closed"
    SUPERSEDED = "superseded"


class PlanAction(StrEnum):
    """What may be done to a plan."""

    DRAFT = "draft"
    """制定"""
    AGREE = "agree"
    """本人同意"""
    DECLINE = "decline"
    """本人不同意"""
    APPROVE = "approve"
    """审定"""
    REVIEW = "review"
    """复核"""
    CLOSE = "close"
    """结案"""
    SUPERSEDE = "supersede"
    """由新方案替代"""


LIFECYCLE = Lifecycle(
    noun="plan",
    start=PlanStage.DRAFTED,
    steps={
        PlanAction.AGREE: Transition.through("agree_plan", sources=[PlanStage.DRAFTED], target=PlanStage.AGREED),
        PlanAction.DECLINE: Transition.through(
            "agree_plan", sources=[PlanStage.DRAFTED, PlanStage.AGREED], target=PlanStage.DECLINED
        ),
        PlanAction.APPROVE: Transition.through("approve_plan", sources=[PlanStage.AGREED], target=PlanStage.ACTIVE),
        PlanAction.REVIEW: Transition.through("review_plan", sources=[PlanStage.ACTIVE], target=PlanStage.ACTIVE),
        PlanAction.CLOSE: Transition.through("close_plan", sources=[PlanStage.ACTIVE], target=PlanStage.CLOSED),
        PlanAction.SUPERSEDE: Transition(sources=frozenset({PlanStage.ACTIVE}), target=PlanStage.SUPERSEDED),
    },
    apart=frozenset({PlanAction.DRAFT, PlanAction.APPROVE}),
)
"""The table of individual plans.

Source: 昌市政办发〔2020〕53号 五(五)2; 残疾预防和残疾人康复条例 art. 21: the person and the family are heard.
"""
