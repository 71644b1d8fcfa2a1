"""The stages of a draw, and what it is drawn for."""

from enum import StrEnum

from app.domain.shared.transitions import Lifecycle, Transition


class DrawPurpose(StrEnum):
    """What is drawn."""

    EVALUATION = "evaluation"
    """Which institution evaluates, and which of its doctors."""
    STAND_IN = "stand_in"
    """Which doctors of the institution evaluate in the place of those who have declined."""


class DrawStage(StrEnum):
    """Where a draw stands."""

    PUBLISHED = "published"
    """Everybody knows the commitment, nobody the seed; it is for no case yet."""
    DRAWN = "drawn"
    """It is for a case, and the list of the eligible is fixed."""
    REVEALED = "revealed"
    """The seed is known, and with it the result."""


class DrawAction(StrEnum):
    """What may happen to a draw."""

    DRAW = "draw"
    """随机抽取"""
    REVEAL = "reveal"
    """公开种子: it follows at once, so that nobody knows the seed while the list could still be another."""


LIFECYCLE: Lifecycle[DrawStage, DrawAction] = Lifecycle(
    noun="draw",
    start=DrawStage.PUBLISHED,
    steps={
        DrawAction.DRAW: Transition.through("assign_evaluation", sources=[DrawStage.PUBLISHED], target=DrawStage.DRAWN),
        DrawAction.REVEAL: Transition(sources=frozenset({DrawStage.DRAWN}), target=DrawStage.REVEALED),
    },
)
"""The table of draws. It has no way back: what was drawn once is never drawn again with the same seed."""
