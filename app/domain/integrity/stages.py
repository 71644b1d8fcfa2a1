"""The stages of an alarm, and who may take it from one to the next."""

from enum import StrEnum

from app.domain.shared.transitions import Lifecycle, Transition


class AlarmStage(StrEnum):
    """Where an alarm stands."""

    RAISED = "raised"
    """待核查: nobody has looked yet."""
    TAKEN_UP = "taken_up"
    """核查中: a named human looks into it."""
    CLOSED = "closed"
    """已办结"""


class AlarmAction(StrEnum):
    """What may be done to an alarm."""

    TAKE_UP = "take_up"
    """接手核查"""
    CLOSE = "close"
    """办结"""


class AlarmOutcome(StrEnum):
    """What a human has found behind the figures (核查结论)."""

    NOTHING_FOUND = "nothing_found"
    """未发现异常: by all that papers and doctors show, it is chance."""
    EXPLAINED = "explained"
    """情况合理: it is so for a good reason, such as a hospital to which the heavy cases are sent."""
    RECORD_WRONG = "record_wrong"
    """登记有误: a day or a name was written down wrongly."""
    CONFIRMED = "confirmed"
    """问题属实: it is handed on to whoever answers for that. Nothing follows from it by itself."""


LIFECYCLE: Lifecycle[AlarmStage, AlarmAction] = Lifecycle(
    noun="integrity alarm",
    start=AlarmStage.RAISED,
    steps={
        AlarmAction.TAKE_UP: Transition.through(
            "take_up_integrity_alarm", sources=[AlarmStage.RAISED], target=AlarmStage.TAKEN_UP
        ),
        AlarmAction.CLOSE: Transition.through(
            "close_integrity_alarm", sources=[AlarmStage.TAKEN_UP], target=AlarmStage.CLOSED
        ),
    },
)
"""The table of alarms. No case waits for one, and no step of any case leads here."""
