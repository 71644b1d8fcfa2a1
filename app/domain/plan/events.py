"""What happens to a plan, in the past tense: ids, codes and dates, nothing about the person."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.shared.events import Event
from app.domain.shared.voice import Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDrafted(Event):
    """Somebody drew a plan up."""

    name: ClassVar[str] = "plan.drafted"

    plan_id: UUID
    revision: int
    drafted_by: UUID
    drafted_on: date
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAgreed(Event):
    """The person, or a guardian, agreed; what was said stays with the plan."""

    name: ClassVar[str] = "plan.agreed"

    plan_id: UUID
    agreed_by: UUID
    voice: Voice
    agreed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDeclined(Event):
    """The person, or a guardian, did not want the plan; that is respected."""

    name: ClassVar[str] = "plan.declined"

    plan_id: UUID
    declined_by: UUID
    voice: Voice
    declined_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanApproved(Event):
    """Another than the drafter approved the plan; from now on it is carried out."""

    name: ClassVar[str] = "plan.approved"

    plan_id: UUID
    revision: int
    approved_by: UUID
    approved_on: date
    review_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReviewed(Event):
    """Somebody has looked whether the plan helps; what was seen stays with the plan."""

    name: ClassVar[str] = "plan.reviewed"

    plan_id: UUID
    reviewed_by: UUID
    reviewed_on: date
    called_for: tuple[str, ...]
    """The codes of the life events that called for it; empty where none did."""
    next_review_on: date | None
    """Empty where another revision is to be drawn up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanClosed(Event):
    """The plan came to its end, with what it came to."""

    name: ClassVar[str] = "plan.closed"

    plan_id: UUID
    outcome: str
    closed_by: UUID
    closed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSuperseded(Event):
    """A later plan of the same person took its place."""

    name: ClassVar[str] = "plan.superseded"

    plan_id: UUID
    superseded_by: UUID
    superseded_on: date
