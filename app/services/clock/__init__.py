"""Use cases of clocks: they follow what happens to cases, tell what is so on a day, run out, and may be extended."""

from app.services.clock.keeping import begin_time, keep_time
from app.services.clock.reading import (
    ClocksView,
    ClockView,
    TooFarAhead,
    extend_case_clock,
    get_case_clock,
    list_application_clocks,
    list_case_clocks,
)

__all__ = [
    "ClockView",
    "ClocksView",
    "TooFarAhead",
    "begin_time",
    "extend_case_clock",
    "get_case_clock",
    "keep_time",
    "list_application_clocks",
    "list_case_clocks",
]
