"""Where a round and each of its people stand, and who takes them on."""

from enum import StrEnum

from app.domain.shared.transitions import Lifecycle, Transition


class Population(StrEnum):
    """Whom a round is about. Source: 昌市政办发〔2020〕53号: holders first, then those without a certificate."""

    HOLDERS = "holders"
    """持证残疾人: who holds a certificate that is in force."""
    UNCERTIFIED = "uncertified"
    """未持证有需求残疾人: who has agreed to be on the ledger of the uncertified."""


class RoundStage(StrEnum):
    """Where a round stands."""

    OPEN = "open"
    CLOSED = "closed"


class RoundAction(StrEnum):
    """What may be done to a round."""

    CLOSE = "close"
    """结束调查"""


class SurveyStage(StrEnum):
    """What came of somebody in a round."""

    LISTED = "listed"
    """待调查"""
    SURVEYED = "surveyed"
    """已调查"""
    UNREACHABLE = "unreachable"
    """联系不上"""
    MOVED = "moved"
    """已迁出"""
    DEAD = "dead"
    """已死亡"""
    REFUSED = "refused"
    """拒绝调查"""


class SurveyAction(StrEnum):
    """What may be reported of somebody in a round."""

    SURVEY = "survey"
    """完成调查"""
    NOT_REACH = "not_reach"
    """未联系上"""
    FIND_MOVED = "find_moved"
    """核实迁出"""
    FIND_DEAD = "find_dead"
    """核实死亡"""
    ACCEPT_REFUSAL = "accept_refusal"
    """本人拒绝"""
    FIND_LIVING = "find_living"
    """核实健在: a word that the person has died has proved wrong."""


class Difference(StrEnum):
    """What is otherwise than in the round before."""

    NEW = "new"
    """新增: not surveyed then."""
    CHANGED = "changed"
    """有变化: some answers are others."""
    SAME = "same"
    """无变化"""
    UNREACHABLE = "unreachable"
    MOVED = "moved"
    DEAD = "dead"
    REFUSED = "refused"


ROUND_LIFECYCLE = Lifecycle(
    noun="survey round",
    start=RoundStage.OPEN,
    steps={
        RoundAction.CLOSE: Transition.through(
            "close_survey_round", sources=[RoundStage.OPEN], target=RoundStage.CLOSED
        ),
    },
)
"""The table of rounds."""

_SOUGHT = [SurveyStage.LISTED, SurveyStage.UNREACHABLE]
_NOT_SURVEYED = [stage for stage in SurveyStage if stage is not SurveyStage.SURVEYED]
LIFECYCLE = Lifecycle(
    noun="survey entry",
    start=SurveyStage.LISTED,
    steps={
        SurveyAction.SURVEY: Transition.through(
            "record_survey_entry", sources=_NOT_SURVEYED, target=SurveyStage.SURVEYED
        ),
        SurveyAction.NOT_REACH: Transition.through(
            "record_survey_entry", sources=[SurveyStage.LISTED], target=SurveyStage.UNREACHABLE
        ),
        SurveyAction.FIND_MOVED: Transition.through("record_survey_entry", sources=_SOUGHT, target=SurveyStage.MOVED),
        SurveyAction.FIND_DEAD: Transition.through("record_survey_entry", sources=_SOUGHT, target=SurveyStage.DEAD),
        SurveyAction.ACCEPT_REFUSAL: Transition.through(
            "record_survey_entry", sources=_SOUGHT, target=SurveyStage.REFUSED
        ),
        SurveyAction.FIND_LIVING: Transition(sources=frozenset({SurveyStage.DEAD}), target=SurveyStage.LISTED),
    },
)
"""The table of the people of a round. Whoever was found after all is surveyed; a refusal may be taken back. Whoever is
found to live, wherever that was found, is to be surveyed again: nobody does that step, and it follows by itself."""
