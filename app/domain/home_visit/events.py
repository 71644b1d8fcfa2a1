"""What happens to visits at home, in the past tense: ids, codes and days; what was seen and said stays there."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.home_visit.report import PromiseOutcome, VisitOutcome
from app.domain.shared.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeVisitRecorded(Event):
    """Somebody went to see a person, and wrote it down."""

    name: ClassVar[str] = "home_visit.recorded"

    visit_id: UUID
    outcome: VisitOutcome
    visited_on: date
    promises: int
    is_in_conflict: bool
    recorded_by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseSettledAs(Event):
    """It was said what became of a promise."""

    name: ClassVar[str] = "home_visit.promise_settled"

    visit_id: UUID
    number: int
    outcome: PromiseOutcome
    settled_on: date
    settled_by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeVisitResolved(Event):
    """A human has said which of several accounts of a visit counts."""

    name: ClassVar[str] = "home_visit.resolved"

    visit_id: UUID
    resolved_by: UUID
    resolved_on: date
