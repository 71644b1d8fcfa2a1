"""Where a need goes that a village cannot meet: to the township, then to the city, each with its clock."""

from enum import StrEnum

from app.domain.shared.access import Role
from app.domain.shared.transitions import Lifecycle, Transition


class NeedReportStage(StrEnum):
    """Who has it now."""

    AT_TOWNSHIP = "at_township"
    """乡镇办理"""
    AT_CITY = "at_city"
    """市级办理"""
    ANSWERED = "answered"
    """已答复"""


class NeedReportAction(StrEnum):
    """What may be done with it."""

    ESCALATE = "escalate"
    """上报市级: what the township cannot meet either."""
    RISE = "rise"
    """逾期上升: the township has not answered in its days; nobody does this, the day has passed."""
    ANSWER_AT_TOWNSHIP = "answer_at_township"
    """乡镇答复"""
    ANSWER_AT_CITY = "answer_at_city"
    """市级答复"""


LIFECYCLE: Lifecycle[NeedReportStage, NeedReportAction] = Lifecycle(
    noun="need report",
    start=NeedReportStage.AT_TOWNSHIP,
    steps={
        NeedReportAction.ESCALATE: Transition.through(
            "escalate_need_report", sources=(NeedReportStage.AT_TOWNSHIP,), target=NeedReportStage.AT_CITY
        ),
        NeedReportAction.RISE: Transition(
            sources=frozenset({NeedReportStage.AT_TOWNSHIP}), target=NeedReportStage.AT_CITY
        ),
        NeedReportAction.ANSWER_AT_TOWNSHIP: Transition.through(
            "answer_need_report",
            sources=(NeedReportStage.AT_TOWNSHIP,),
            target=NeedReportStage.ANSWERED,
            only=frozenset({Role.TOWNSHIP_OFFICER}),
        ),
        NeedReportAction.ANSWER_AT_CITY: Transition.through(
            "answer_need_report",
            sources=(NeedReportStage.AT_CITY,),
            target=NeedReportStage.ANSWERED,
            only=frozenset({Role.COUNTY_OFFICER}),
        ),
    },
)
"""The table of reports of needs. Source: R30 of the operational requirements: village, township, city, with clocks."""
