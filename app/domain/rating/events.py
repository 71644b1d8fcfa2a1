"""What happens to a rating, in the past tense. How good it is stays out: events are read by those who decide."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.shared.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingGiven(Event):
    """Somebody said how an item was served."""

    name: ClassVar[str] = "rating.given"

    rating_id: UUID
    item: str
    owner_id: UUID
    rated_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingCorrected(Event):
    """The same person said it differently, in time."""

    name: ClassVar[str] = "rating.corrected"

    rating_id: UUID
    item: str
    corrected_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingFollowedUp(Event):
    """The unit looked into a bad rating and answered it."""

    name: ClassVar[str] = "rating.followed_up"

    rating_id: UUID
    item: str
    followed_up_by: UUID
    followed_up_on: date
