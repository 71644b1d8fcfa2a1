"""The stages of a report of suspected harm, and who may take it from one to the next."""

from enum import StrEnum

from app.domain.shared.transitions import Lifecycle, Transition


class HarmStage(StrEnum):
    """Where a report stands."""

    REPORTED = "reported"
    """已报告"""
    RECEIVED = "received"
    """已受理"""
    CLOSED = "closed"
    """已告知处理结果"""


class HarmAction(StrEnum):
    """What the body does."""

    RECEIVE = "receive"
    """受理"""
    CLOSE = "close"
    """告知处理结果"""


LIFECYCLE: Lifecycle[HarmStage, HarmAction] = Lifecycle(
    noun="harm report",
    start=HarmStage.REPORTED,
    steps={
        HarmAction.RECEIVE: Transition.through(
            "receive_harm_report", sources=(HarmStage.REPORTED,), target=HarmStage.RECEIVED
        ),
        HarmAction.CLOSE: Transition.through(
            "close_harm_report", sources=(HarmStage.RECEIVED,), target=HarmStage.CLOSED
        ),
    },
)
"""The table of reports. Source: 未成年人保护法 (2020) art. 11(3): taken in, acted upon, and the reporter told."""
