"""Visits at home: what was seen and promised, written down on the spot, without network if need be."""

from app.domain.home_visit.events import HomeVisitRecorded, HomeVisitResolved, PromiseSettledAs
from app.domain.home_visit.refusals import (
    NothingToResolve,
    PromiseNotFound,
    PromiseSettled,
    TooManyAccounts,
    VisitDayImpossible,
)
from app.domain.home_visit.report import Promise, PromiseOutcome, Report, Settlement, VisitOutcome
from app.domain.home_visit.visit import HomeVisit, Resolution, visit_key

__all__ = [
    "HomeVisit",
    "HomeVisitRecorded",
    "HomeVisitResolved",
    "NothingToResolve",
    "Promise",
    "PromiseNotFound",
    "PromiseOutcome",
    "PromiseSettled",
    "PromiseSettledAs",
    "Report",
    "Resolution",
    "Settlement",
    "TooManyAccounts",
    "VisitDayImpossible",
    "VisitOutcome",
    "visit_key",
]
