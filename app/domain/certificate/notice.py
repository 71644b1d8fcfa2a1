"""The public notice of a conclusion."""

from dataclasses import dataclass
from datetime import date

from app.domain.shared.stated import Stated


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """The public notice of a conclusion (公示): when it was put up, and the last day on which the public may object."""

    posted_on: date
    last_day: date

    @property
    def stated(self) -> Stated:
        """What a decision says of it."""
        return {"notice_last_day": self.last_day.isoformat()}
