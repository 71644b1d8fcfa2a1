"""The stages of an individual plan, and who may take it from one to the next."""

from enum import StrEnum

from app.domain.shared.transitions import Lifecycle, Transition


class Stage(StrEnum):
    """Where a plan stands."""

    DRAFTED = "drafted"
    AGREED = "agreed"
    DECLINED = "declined"
    """The person does not want this plan; that is respected, and another may be drafted."""
    ACTIVE = "active"
    SUPERSEDED = "superseded"
    """A later revision has taken its place."""


class Action(StrEnum):
    """What may be done to a plan."""

    DRAFT = "draft"
    AGREE = "agree"
    DECLINE = "decline"
    APPROVE = "approve"
    SUPERSEDE = "supersede"


LIFECYCLE = Lifecycle(
    noun="plan",
    start=Stage.DRAFTED,
    steps={
        Action.AGREE: Transition.through("agree_plan", sources=[Stage.DRAFTED], target=Stage.AGREED),
        Action.DECLINE: Transition.through("agree_plan", sources=[Stage.DRAFTED], target=Stage.DECLINED),
        Action.APPROVE: Transition.through("approve_plan", sources=[Stage.AGREED], target=Stage.ACTIVE),
        Action.SUPERSEDE: Transition(sources=frozenset({Stage.ACTIVE}), target=Stage.SUPERSEDED),
    },
    apart=frozenset({Action.DRAFT, Action.APPROVE}),
)
"""The table of plans: the person is heard before anybody approves, and whoever drafted it does not approve it.

Source: 残疾预防和残疾人康复条例 art. 21: the person and the family are heard.
"""
