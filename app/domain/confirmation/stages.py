"""The stages of a confirmation, and who may take it from one to the next."""

from enum import StrEnum

from app.domain.shared.transitions import Lifecycle, Transition


class ConfirmationStage(StrEnum):
    """Where a confirmation stands."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    """The second person has said yes, and the item goes on."""
    DECLINED = "declined"
    """The second person has said no; the item is taken back by the person's own side, and refused by nobody."""
    LAPSED = "lapsed"
    """Nobody has said anything in time; the case rests, and a word still lets it go on."""
    CLOSED = "closed"
    """The case has ended otherwise."""


class ConfirmationAction(StrEnum):
    """What may happen to a confirmation."""

    CONFIRM = "confirm"
    """第二方确认"""
    DECLINE = "decline"
    """第二方不同意"""
    LAPSE = "lapse"
    """逾期未确认"""
    CLOSE = "close"
    """The case was withdrawn or refused: this follows."""


_OPEN = frozenset({ConfirmationStage.ASKED, ConfirmationStage.LAPSED})
LIFECYCLE: Lifecycle[ConfirmationStage, ConfirmationAction] = Lifecycle(
    noun="confirmation",
    start=ConfirmationStage.ASKED,
    steps={
        ConfirmationAction.CONFIRM: Transition.through(
            "give_confirmation", sources=_OPEN, target=ConfirmationStage.CONFIRMED
        ),
        ConfirmationAction.DECLINE: Transition.through(
            "decline_confirmation", sources=_OPEN, target=ConfirmationStage.DECLINED
        ),
        ConfirmationAction.LAPSE: Transition(
            sources=frozenset({ConfirmationStage.ASKED}), target=ConfirmationStage.LAPSED
        ),
        ConfirmationAction.CLOSE: Transition(sources=_OPEN, target=ConfirmationStage.CLOSED),
    },
)
"""The table of confirmations. Source: 民法典 arts. 19-23; 个人信息保护法 arts. 29, 31."""
