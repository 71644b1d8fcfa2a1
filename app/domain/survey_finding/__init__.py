"""What the answers of a survey make one ask about the data (数据质量问题): found by dated rules, settled by a human."""

from app.domain.survey_finding.checks import QUALITY, Check, FindingKind, Looked, QualityRules
from app.domain.survey_finding.finding import (
    LIFECYCLE,
    AlreadyTheirs,
    AssigneeNotSuitable,
    FindingAction,
    FindingStage,
    Found,
    Reassignment,
    StillSo,
    SurveyFinding,
    SurveyFindingOpened,
    SurveyFindingReassigned,
    SurveyFindingSettled,
)

__all__ = [
    "LIFECYCLE",
    "QUALITY",
    "AlreadyTheirs",
    "AssigneeNotSuitable",
    "Check",
    "FindingAction",
    "FindingKind",
    "FindingStage",
    "Found",
    "Looked",
    "QualityRules",
    "Reassignment",
    "StillSo",
    "SurveyFinding",
    "SurveyFindingOpened",
    "SurveyFindingReassigned",
    "SurveyFindingSettled",
]
