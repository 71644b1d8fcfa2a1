"""What people say of how they were served, item by item (好差评). It decides nothing, and no rule asks for it."""

from app.domain.rating.events import RatingCorrected, RatingFollowedUp, RatingGiven
from app.domain.rating.rating import (
    FollowUp,
    FollowUpOutcome,
    NothingToFollowUp,
    NotTheUnit,
    Rated,
    Rating,
    RatingClosed,
    Satisfaction,
    TooEarlyToRate,
)
from app.domain.rating.rules import RatingRules

__all__ = [
    "FollowUp",
    "FollowUpOutcome",
    "NotTheUnit",
    "NothingToFollowUp",
    "Rated",
    "Rating",
    "RatingClosed",
    "RatingCorrected",
    "RatingFollowedUp",
    "RatingGiven",
    "RatingRules",
    "Satisfaction",
    "TooEarlyToRate",
]
