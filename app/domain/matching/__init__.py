"""Matching: which services fit a person's need best, each with its score taken apart in words."""

from app.domain.matching.candidate import Candidate, Verdict, Wishes
from app.domain.matching.judging import Aspect, Side, distance_of
from app.domain.matching.matching import Excluded, Match, Matches, match
from app.domain.matching.scale import Criterion, Distance, Scale

__all__ = [
    "Aspect",
    "Candidate",
    "Criterion",
    "Distance",
    "Excluded",
    "Match",
    "Matches",
    "Scale",
    "Side",
    "Verdict",
    "Wishes",
    "distance_of",
    "match",
]
