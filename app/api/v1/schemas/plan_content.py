"""What a plan says, as it comes in and goes out: needs assessment, service path, supervision, solution."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.v1.schemas.types import Input, LegalDate, LongText, Output, ShortText
from app.domain.plan import (
    Duty,
    Goal,
    PathItem,
    PlanContent,
    Rhythm,
    Supervision,
    SupervisionKind,
)
from app.domain.shared.quantity import Quantity, Unit

MAX_ITEMS = 50
Amount = Annotated[int, Field(ge=1, le=10**12)]
Months = Annotated[int, Field(ge=1, le=120)]
ItemId = Annotated[UUID, Field(description="Names the item within the plan; the sender makes it.")]


class QuantityCreate(Input):
    """How much of a service."""

    amount: Amount
    unit: Unit

    def to_quantity(self) -> Quantity:
        """The quantity in the domain's words."""
        return Quantity(amount=self.amount, unit=self.unit)


class DutyCreate(Input):
    """Who does what by when."""

    organisation_id: UUID
    what: ShortText
    due_on: LegalDate


class PathItemCreate(Input):
    """One step of the service path: a service for a confirmed need."""

    id: ItemId
    need_id: UUID
    service_id: UUID
    quantity: Annotated[QuantityCreate, Field(description="In all, over the whole period.")]
    rhythm: Rhythm
    starts_on: LegalDate
    ends_on: LegalDate
    duties: Annotated[list[DutyCreate], Field(min_length=1, max_length=10)]

    def to_item(self) -> PathItem:
        """The item in the domain's words."""
        duties = tuple(
            Duty(organisation_id=duty.organisation_id, what=duty.what, due_on=duty.due_on) for duty in self.duties
        )
        return PathItem(
            id=self.id,
            need_id=self.need_id,
            service_id=self.service_id,
            quantity=self.quantity.to_quantity(),
            rhythm=self.rhythm,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            duties=duties,
        )


class SupervisionCreate(Input):
    """One measure of supervision."""

    kind: SupervisionKind
    organisation_id: UUID
    first_on: LegalDate
    every_months: Annotated[Months | None, Field(description="Null for once.")] = None


class GoalCreate(Input):
    """What the plan wants to reach, how that will be seen, by when, and with which items."""

    statement: LongText
    measure: LongText
    due_on: LegalDate
    item_ids: Annotated[list[UUID], Field(min_length=1, max_length=MAX_ITEMS)]


class PlanContentCreate(Input):
    """What a plan says. A draft may lack parts; nobody can agree to it before they are there."""

    starts_on: LegalDate
    ends_on: LegalDate
    review_on: Annotated[LegalDate, Field(description="When it is seen whether the plan helps.")]
    assessment_ids: Annotated[list[UUID], Field(max_length=20, description="需求评估: what it builds on.")] = Field(
        default_factory=list
    )
    path: Annotated[list[PathItemCreate], Field(max_length=MAX_ITEMS, description="服务路径.")] = Field(
        default_factory=list
    )
    supervision: Annotated[list[SupervisionCreate], Field(max_length=20, description="监督措施.")] = Field(
        default_factory=list
    )
    goals: Annotated[list[GoalCreate], Field(max_length=20, description="具体解决方案.")] = Field(default_factory=list)

    def to_content(self) -> PlanContent:
        """The content in the domain's words."""
        return PlanContent(
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            review_on=self.review_on,
            assessment_ids=tuple(self.assessment_ids),
            path=tuple(item.to_item() for item in self.path),
            supervision=tuple(
                Supervision(
                    kind=measure.kind,
                    organisation_id=measure.organisation_id,
                    first_on=measure.first_on,
                    every_months=measure.every_months,
                )
                for measure in self.supervision
            ),
            goals=tuple(
                Goal(statement=goal.statement, measure=goal.measure, due_on=goal.due_on, item_ids=tuple(goal.item_ids))
                for goal in self.goals
            ),
        )


class QuantityRead(Output):
    """How much of a service."""

    amount: Amount
    unit: Unit

    @classmethod
    def of(cls, quantity: Quantity) -> Self:
        """The quantity as it travels."""
        return cls(amount=quantity.amount, unit=quantity.unit)


class DutyRead(Output):
    """Who does what by when."""

    organisation_id: UUID
    what: Annotated[str, Field(max_length=200)]
    due_on: date

    @classmethod
    def of(cls, duty: Duty) -> Self:
        """The duty as it travels."""
        return cls(organisation_id=duty.organisation_id, what=duty.what, due_on=duty.due_on)


class PathItemRead(Output):
    """One step of the service path, with the names of need and service."""

    id: ItemId
    need_id: UUID
    need_code: Annotated[str | None, Field(max_length=64)]
    service_id: UUID
    service_text: Annotated[str | None, Field(max_length=200, description="In the language of Content-Language.")]
    quantity: QuantityRead
    rhythm: Rhythm
    starts_on: date
    ends_on: date
    duties: Annotated[list[DutyRead], Field(max_length=10)]

    @classmethod
    def of(cls, item: PathItem, *, need_code: str | None, service_text: str | None) -> Self:
        """The item as it travels."""
        return cls(
            id=item.id,
            need_id=item.need_id,
            need_code=need_code,
            service_id=item.service_id,
            service_text=service_text,
            quantity=QuantityRead.of(item.quantity),
            rhythm=item.rhythm,
            starts_on=item.starts_on,
            ends_on=item.ends_on,
            duties=[DutyRead.of(duty) for duty in item.duties],
        )


class SupervisionRead(Output):
    """One measure of supervision."""

    kind: SupervisionKind
    organisation_id: UUID
    first_on: date
    every_months: Annotated[Months | None, Field(description="Null for once.")]

    @classmethod
    def of(cls, measure: Supervision) -> Self:
        """The measure as it travels."""
        return cls(
            kind=measure.kind,
            organisation_id=measure.organisation_id,
            first_on=measure.first_on,
            every_months=measure.every_months,
        )


class GoalRead(Output):
    """What the plan wants to reach."""

    statement: Annotated[str, Field(max_length=2000)]
    measure: Annotated[str, Field(max_length=2000)]
    due_on: date
    item_ids: Annotated[list[UUID], Field(max_length=MAX_ITEMS)]

    @classmethod
    def of(cls, goal: Goal) -> Self:
        """The goal as it travels."""
        return cls(statement=goal.statement, measure=goal.measure, due_on=goal.due_on, item_ids=list(goal.item_ids))
