"""Rounds of the survey (动态更新): who is asked, what came of it, and what is otherwise than in the round before."""

from app.domain.survey.assigning import SOUGHT, Answering, Assigned, Progress, StageCount, assigned_to, summed
from app.domain.survey.coverage import Coverage
from app.domain.survey.entry import Answered, Given, NotOfThisSurvey, SurveyEntry, changed_items
from app.domain.survey.events import SurveyAssigned, SurveyEntryRecorded, SurveyRoundClosed, SurveyRoundOpened
from app.domain.survey.round import (
    Design,
    RoundDatesImpossible,
    RoundNotRunning,
    RoundUnderWay,
    SurveyRound,
    instrument_of,
)
from app.domain.survey.stages import (
    LIFECYCLE,
    ROUND_LIFECYCLE,
    Difference,
    Population,
    RoundAction,
    RoundStage,
    SurveyAction,
    SurveyStage,
)

__all__ = [
    "LIFECYCLE",
    "ROUND_LIFECYCLE",
    "SOUGHT",
    "Answered",
    "Answering",
    "Assigned",
    "Coverage",
    "Design",
    "Difference",
    "Given",
    "NotOfThisSurvey",
    "Population",
    "Progress",
    "RoundAction",
    "RoundDatesImpossible",
    "RoundNotRunning",
    "RoundStage",
    "RoundUnderWay",
    "StageCount",
    "SurveyAction",
    "SurveyAssigned",
    "SurveyEntry",
    "SurveyEntryRecorded",
    "SurveyRound",
    "SurveyRoundClosed",
    "SurveyRoundOpened",
    "SurveyStage",
    "assigned_to",
    "changed_items",
    "instrument_of",
    "summed",
]
