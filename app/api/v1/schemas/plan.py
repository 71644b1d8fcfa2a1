"""Individual plans as they travel."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.plan_content import (
    MAX_ITEMS,
    GoalRead,
    PathItemRead,
    PlanContentCreate,
    SupervisionRead,
)
from app.api.v1.schemas.plan_review import PlanReviewRead
from app.api.v1.schemas.told_as import ToldAs, ToldAsRead
from app.api.v1.schemas.types import Input, LongText, Output, Version
from app.api.v1.schemas.wording import SentenceRead
from app.domain.plan import LifeEvent, Obligation, Opinion, Outcome, Part, Plan, PlanStage
from app.domain.shared.finding import Finding
from app.domain.shared.region import code_of
from app.domain.shared.voice import Voice
from app.services.plan import PlanView
from app.services.plan_obligation import OwedPlan


class PlanCreate(PlanContentCreate):
    """A plan to be drawn up for a person."""

    person_id: UUID
    application_id: Annotated[UUID | None, Field(description="The person's application that it belongs to.")] = None


class PlanAnswer(StrEnum):
    """What the person says to a plan."""

    AGREE = "agree"
    """同意"""
    DECLINE = "decline"
    """不同意"""


class AgreementCreate(Input):
    """What the person, or a guardian, says to the plan."""

    answer: PlanAnswer = PlanAnswer.AGREE
    opinion: Annotated[LongText | None, Field(description="In the person's own words; none are owed.")] = None


class ObligationRead(Output):
    """Whether a plan is owed to the person, and why. For all others it is a best effort."""

    finding: Finding
    reasons: Annotated[list[SentenceRead], Field(max_length=20)]
    source: Annotated[str, Field(max_length=500, description="Empty where no rule of the place says anything.")]

    @classmethod
    def of(cls, obligation: Obligation, told: Teller) -> Self:
        """The obligation as it travels."""
        reasons = [SentenceRead.of(reason, told) for reason in obligation.reasons]
        return cls(finding=obligation.finding, reasons=reasons, source=obligation.citation)


class OpinionRead(Output):
    """What the person, or a guardian, said."""

    voice: Voice
    text: Annotated[str | None, Field(max_length=2000)]
    on: date

    @classmethod
    def of(cls, opinion: Opinion) -> Self:
        """The opinion as it travels."""
        return cls(voice=opinion.voice, text=opinion.text, on=opinion.on)


class OwedPlanRead(Output):
    """Somebody to whom a plan is owed, and who has none in force."""

    person_id: UUID
    name: Annotated[str | None, Field(max_length=100, description="The person's name.")]
    region_code: Annotated[str, Field(max_length=12)]
    known_on: Annotated[date, Field(description="The day by whose facts it was found.")]
    obligation: Annotated[ObligationRead, Field(description="By what is known today.")]

    @classmethod
    def of(cls, found: OwedPlan, told: Teller) -> Self:
        """The obligation as it travels."""
        return cls(
            person_id=found.owed.person_id,
            name=found.name,
            region_code=code_of(found.owed.region),
            known_on=found.owed.known_on,
            obligation=ObligationRead.of(found.obligation, told),
        )


class CoverageRead(Output):
    """Whether one of the four parts is there, and whether it must be."""

    part: Part
    is_there: bool
    is_required: Annotated[bool, Field(description="Only where a plan was owed when this one was drawn up.")]

    @classmethod
    def of(cls, part: Part, plan: Plan) -> Self:
        """One part of a plan as it travels."""
        return cls(part=part, is_there=part in plan.content.parts, is_required=part in plan.required_parts)


class PlanSummary(Output):
    """A plan in a list."""

    id: UUID
    person_id: UUID
    application_id: UUID | None
    region_code: Annotated[str, Field(max_length=12)]
    revision: Annotated[int, Field(ge=1, le=100_000, description="Counts the person's plans.")]
    stage: PlanStage
    starts_on: date
    ends_on: date
    review_on: Annotated[date, Field(description="When it is first seen whether the plan helps.")]
    review_due_on: Annotated[date | None, Field(description="When somebody is to look; null while it is not in force.")]
    called_for: Annotated[list[LifeEvent], Field(max_length=10, description="What brought the review forward.")]
    version: Version

    @classmethod
    def of(cls, plan: Plan) -> Self:
        """The plan as a line."""
        return cls(
            id=plan.id,
            person_id=plan.person_id,
            application_id=plan.application_id,
            region_code=code_of(plan.region),
            revision=plan.revision,
            stage=plan.stage,
            starts_on=plan.content.starts_on,
            ends_on=plan.content.ends_on,
            review_on=plan.content.review_on,
            review_due_on=plan.review_due_on,
            called_for=list(plan.called_for),
            version=plan.version,
        )


class PlanRead(PlanSummary):
    """A plan whole: its four parts, what the person said, and what the caller may do next."""

    assessment_ids: Annotated[list[UUID], Field(max_length=20, description="需求评估: what it builds on.")]
    path: Annotated[list[PathItemRead], Field(max_length=MAX_ITEMS, description="服务路径.")]
    supervision: Annotated[list[SupervisionRead], Field(max_length=20, description="监督措施.")]
    goals: Annotated[list[GoalRead], Field(max_length=20, description="具体解决方案.")]
    coverage: Annotated[list[CoverageRead], Field(max_length=4, description="From assessment to solution.")]
    missing_parts: Annotated[list[Part], Field(max_length=4, description="Without these nobody can agree to it.")]
    opinion: OpinionRead | None
    reviews: Annotated[list[PlanReviewRead], Field(max_length=100, description="The oldest first.")]
    outcome: Outcome | None
    obligation: ObligationRead
    rule_versions: Annotated[list[str], Field(max_length=100, description="The rules that it was drawn up by.")]
    actions: Annotated[list[ActionRead], Field(max_length=20)]
    told_as: ToldAs

    @classmethod
    def of_view(cls, view: PlanView, told: Teller) -> Self:
        """The plan as one caller sees it."""
        plan = view.of
        return cls(
            **vars(PlanSummary.of(plan)),
            assessment_ids=list(plan.content.assessment_ids),
            path=_path(view, told),
            supervision=[SupervisionRead.of(measure) for measure in plan.content.supervision],
            goals=[GoalRead.of(goal) for goal in plan.content.goals],
            coverage=[CoverageRead.of(part, plan) for part in Part],
            missing_parts=list(plan.missing_parts),
            opinion=OpinionRead.of(plan.opinion) if plan.opinion else None,
            reviews=[PlanReviewRead.of(review) for review in plan.reviews],
            outcome=plan.outcome,
            obligation=ObligationRead.of(view.obligation, told),
            rule_versions=list(plan.rule_versions),
            actions=[ActionRead.of(action, told) for action in view.actions],
            told_as=ToldAsRead.of(plan.person_id, told),
        )


def _path(view: PlanView, told: Teller) -> list[PathItemRead]:
    shown = []
    for item in view.of.content.path:
        need, offered = view.needs.get(item.need_id), view.services.get(item.service_id)
        shown.append(
            PathItemRead.of(
                item,
                need_code=need.code.item if need else None,
                service_text=told.word(offered.service.name) if offered else None,
            )
        )
    return shown
