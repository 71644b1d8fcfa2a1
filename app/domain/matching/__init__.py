"""Matching: which services fit a person's need best, each with its score taken apart in words."""

from app.domain.matching.candidate import UNRATED, Candidate, Ratings, Verdict, Wishes
from app.domain.matching.judging import Aspect, Side, distance_of
from app.domain.matching.many import Field
from app.domain.matching.matching import Excluded, Match, Matches, match
from app.domain.matching.outcome import UNSEEN, OutcomeRules, Outcomes, Served, outcomes_of
from app.domain.matching.scale import Criterion, Distance, Scale

__all__ = [
    "UNRATED",
    "UNSEEN",
    "Aspect",
    "Candidate",
    "Criterion",
    "Distance",
    "Excluded",
    "Field",
    "Match",
    "Matches",
    "OutcomeRules",
    "Outcomes",
    "Ratings",
    "Scale",
    "Served",
    "Side",
    "Verdict",
    "Wishes",
    "distance_of",
    "match",
    "outcomes_of",
]
