"""Corrections (补正): an office says once and completely what is missing, and the person answers."""

from app.domain.correction.correction import Correction, CorrectionNotComplete, Lacking, NothingAnswered, NotWantedHere
from app.domain.correction.events import CorrectionAnswered, CorrectionAsked, CorrectionClosed, CorrectionLapsed
from app.domain.correction.stages import LIFECYCLE, CorrectionAction, CorrectionStage
from app.domain.correction.want import Want, WantKind

__all__ = [
    "LIFECYCLE",
    "Correction",
    "CorrectionAction",
    "CorrectionAnswered",
    "CorrectionAsked",
    "CorrectionClosed",
    "CorrectionLapsed",
    "CorrectionNotComplete",
    "CorrectionStage",
    "Lacking",
    "NotWantedHere",
    "NothingAnswered",
    "Want",
    "WantKind",
]
