"""The public notice of a conclusion."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """The public notice of a conclusion (公示): when it was put up, and the last day on which the public may object."""

    posted_on: date
    last_day: date
