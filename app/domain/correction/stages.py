"""The stages of a correction, and who may take it from one to the next."""

from enum import StrEnum

from app.domain.shared.transitions import Lifecycle, Transition


class CorrectionStage(StrEnum):
    """Where a correction stands."""

    ASKED = "asked"
    ANSWERED = "answered"
    """All that was missing is there."""
    LAPSED = "lapsed"
    """It was not answered in time; the case rests, and an answer still lets it go on."""
    CLOSED = "closed"
    """The case has ended otherwise."""


class CorrectionAction(StrEnum):
    """What may happen to a correction."""

    ANSWER = "answer"
    """补正材料"""
    LAPSE = "lapse"
    """逾期未补正"""
    CLOSE = "close"
    """The case was withdrawn or refused: this follows."""


_OPEN = frozenset({CorrectionStage.ASKED, CorrectionStage.LAPSED})
LIFECYCLE: Lifecycle[CorrectionStage, CorrectionAction] = Lifecycle(
    noun="correction",
    start=CorrectionStage.ASKED,
    steps={
        CorrectionAction.ANSWER: Transition.through(
            "answer_correction", sources=_OPEN, target=CorrectionStage.ANSWERED
        ),
        CorrectionAction.LAPSE: Transition(sources=frozenset({CorrectionStage.ASKED}), target=CorrectionStage.LAPSED),
        CorrectionAction.CLOSE: Transition(sources=_OPEN, target=CorrectionStage.CLOSED),
    },
)
"""The table of corrections. Source: 行政许可法 art. 32(4), (5)."""
