"""Random inspection of deliveries: the lot names records, and a human says what was found."""

from app.domain.inspection.events import InspectionDone, InspectionOpened
from app.domain.inspection.inspection import (
    LIFECYCLE,
    Inspected,
    Inspection,
    InspectionAction,
    InspectionMethod,
    InspectionOutcome,
    InspectionStage,
    NotIndependent,
    Result,
)

__all__ = [
    "LIFECYCLE",
    "Inspected",
    "Inspection",
    "InspectionAction",
    "InspectionDone",
    "InspectionMethod",
    "InspectionOpened",
    "InspectionOutcome",
    "InspectionStage",
    "NotIndependent",
    "Result",
]
