"""Needs that a village cannot meet: reported to the township, passed on to the city, answered to the person."""

from app.domain.need_report.report import (
    NeedAnswered,
    NeedEscalated,
    NeedReport,
    NeedReported,
    NeedReportOpen,
    NeedReportOutcome,
    NeedReportTerms,
    NeedRose,
)
from app.domain.need_report.stages import LIFECYCLE, NeedReportAction, NeedReportStage

__all__ = [
    "LIFECYCLE",
    "NeedAnswered",
    "NeedEscalated",
    "NeedReport",
    "NeedReportAction",
    "NeedReportOpen",
    "NeedReportOutcome",
    "NeedReportStage",
    "NeedReportTerms",
    "NeedReported",
    "NeedRose",
]
