"""Suspected harm to a minor or an adult at risk: an urgent report with its own clock, to the body that must act."""

from app.domain.harm_report.events import HarmClosed, HarmReceived, HarmReported, HarmRose
from app.domain.harm_report.report import HarmKind, HarmReport, Suspicion
from app.domain.harm_report.stages import LIFECYCLE, HarmAction, HarmStage
from app.domain.harm_report.terms import AtRisk, HarmTerms

__all__ = [
    "LIFECYCLE",
    "AtRisk",
    "HarmAction",
    "HarmClosed",
    "HarmKind",
    "HarmReceived",
    "HarmReport",
    "HarmReported",
    "HarmRose",
    "HarmStage",
    "HarmTerms",
    "Suspicion",
]
