"""What happens to a plan, in the past tense: ids, codes and dates."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.shared.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDrafted(Event):
    """A plan was drawn up."""

    name: ClassVar[str] = "plan.drafted"

    plan_id: UUID
    revision: int
    drafted_by: UUID
    drafted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAgreed(Event):
    """The person agreed; what the person said stays in the plan."""

    name: ClassVar[str] = "plan.agreed"

    plan_id: UUID
    agreed_by: UUID
    agreed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDeclined(Event):
    """The person does not want the plan."""

    name: ClassVar[str] = "plan.declined"

    plan_id: UUID
    declined_by: UUID
    declined_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanApproved(Event):
    """The plan holds from now on."""

    name: ClassVar[str] = "plan.approved"

    plan_id: UUID
    revision: int
    approved_by: UUID
    approved_on: date
    review_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSuperseded(Event):
    """A later revision took its place."""

    name: ClassVar[str] = "plan.superseded"

    plan_id: UUID
    superseded_by: UUID
