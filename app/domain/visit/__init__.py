"""The ways that a person had to make for an application (跑动), recorded by those who saw the person."""

from app.domain.visit.visit import (
    RECORDERS,
    VISITS_AT_MOST,
    Place,
    Purpose,
    Visit,
    VisitDayImpossible,
    VisitRecorded,
    place_of_recorder,
    ways_of,
)

__all__ = [
    "RECORDERS",
    "VISITS_AT_MOST",
    "Place",
    "Purpose",
    "Visit",
    "VisitDayImpossible",
    "VisitRecorded",
    "place_of_recorder",
    "ways_of",
]
