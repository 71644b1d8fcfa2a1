"""The stages of a complaint and of the question to the provider, and who takes them from one to the next."""

from enum import StrEnum

from app.domain.shared.access import Role
from app.domain.shared.transitions import Lifecycle, Transition


class ComplaintStage(StrEnum):
    """Where a complaint stands."""

    FILED = "filed"
    RECEIVED = "received"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class ComplaintAction(StrEnum):
    """What may be done to a complaint."""

    FILE = "file"
    """提出投诉"""
    RECEIVE = "receive"
    """受理"""
    ASK = "ask"
    """要求机构说明"""
    CLOSE = "close"
    """办结答复"""
    WITHDRAW = "withdraw"
    """撤回"""


class QuestionStage(StrEnum):
    """Where the question to the provider stands."""

    ASKED = "asked"
    ANSWERED = "answered"


class QuestionAction(StrEnum):
    """What the provider does."""

    ANSWER = "answer"
    """说明情况"""


OPEN = (ComplaintStage.FILED, ComplaintStage.RECEIVED)
_RECEIVED = (ComplaintStage.RECEIVED,)
LIFECYCLE: Lifecycle[ComplaintStage, ComplaintAction] = Lifecycle(
    noun="complaint",
    start=ComplaintStage.FILED,
    steps={
        ComplaintAction.RECEIVE: Transition.through(
            "receive_complaint", sources=(ComplaintStage.FILED,), target=ComplaintStage.RECEIVED
        ),
        ComplaintAction.ASK: Transition.through(
            "ask_complaint_question", sources=_RECEIVED, target=ComplaintStage.RECEIVED
        ),
        ComplaintAction.CLOSE: Transition.through("close_complaint", sources=_RECEIVED, target=ComplaintStage.CLOSED),
        ComplaintAction.WITHDRAW: Transition.through(
            "withdraw_complaint", sources=OPEN, target=ComplaintStage.WITHDRAWN, only=frozenset({Role.CITIZEN})
        ),
    },
    apart=frozenset({ComplaintAction.FILE, ComplaintAction.CLOSE}),
    once=frozenset({ComplaintAction.ASK}),
)
"""The table of complaints: whoever filed one for a person does not close it."""
QUESTION_LIFECYCLE: Lifecycle[QuestionStage, QuestionAction] = Lifecycle(
    noun="complaint question",
    start=QuestionStage.ASKED,
    steps={
        QuestionAction.ANSWER: Transition.through(
            "answer_complaint_question", sources=(QuestionStage.ASKED,), target=QuestionStage.ANSWERED
        ),
    },
)
"""The table of questions: the provider answers once, and reads nothing of the complaint but the question."""
