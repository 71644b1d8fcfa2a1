"""The executable statute: which limits of time run for a case, how they stand on a day, and what follows from them."""

from app.domain.clock.clock import (
    Clock,
    ClockState,
    Extension,
    Subject,
)
from app.domain.clock.limit import ClockKind, Limit, OnExpiry, StandStill
from app.domain.clock.pause import Pause
from app.domain.clock.refusals import ClockNotOpen, ExtendedAlready, NotExtendable
from app.domain.clock.standing import Counting, Day, Standing, days_of, standing_of
from app.domain.clock.timetable import ASK_CONFIRMATION, SUBMIT, Handling, handling_of, limits_of_law, promises_of

__all__ = [
    "ASK_CONFIRMATION",
    "SUBMIT",
    "Clock",
    "ClockKind",
    "ClockNotOpen",
    "ClockState",
    "Counting",
    "Day",
    "ExtendedAlready",
    "Extension",
    "Handling",
    "Limit",
    "NotExtendable",
    "OnExpiry",
    "Pause",
    "StandStill",
    "Standing",
    "Subject",
    "days_of",
    "handling_of",
    "limits_of_law",
    "promises_of",
    "standing_of",
]
