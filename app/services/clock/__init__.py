"""Use cases of clocks: they follow what happens to cases, tell what is so on a day, run out, and may be extended."""

from app.services.clock.keeping import begin_time, keep_time
from app.services.clock.reading import ClocksView, ClockView, TooFarAhead, list_application_clocks

__all__ = ["ClockView", "ClocksView", "TooFarAhead", "begin_time", "keep_time", "list_application_clocks"]
