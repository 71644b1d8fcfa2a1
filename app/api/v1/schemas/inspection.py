"""Inspections of deliveries, as they travel."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.plan_content import QuantityRead
from app.api.v1.schemas.types import Input, LongText, Output, Version
from app.domain.inspection import Inspection, InspectionMethod, InspectionOutcome, InspectionStage, Result
from app.domain.shared.region import code_of
from app.services.read_models import View


class InspectionResultCreate(Input):
    """What was found, and how."""

    method: InspectionMethod
    outcome: InspectionOutcome
    text: Annotated[LongText, Field(description="What was seen or said, so that others can follow it.")]

    def to_result(self) -> Result:
        """The same in the domain's words."""
        return Result(method=self.method, outcome=self.outcome, words=self.text)


class InspectionResultRead(Output):
    """What was found, and how."""

    method: InspectionMethod
    outcome: InspectionOutcome
    text: Annotated[str, Field(max_length=2000)]


class InspectionRead(Output):
    """That the lot fell on a record of a delivery, and what was found."""

    id: UUID
    person_id: UUID
    region_code: Annotated[str, Field(max_length=12)]
    draw_id: Annotated[UUID, Field(description="The draw of the month, by which anybody can draw the lot again.")]
    delivery_id: UUID
    referral_id: UUID
    service_id: UUID
    provider_id: UUID
    delivered_on: date
    quantity: QuantityRead
    opened_at: datetime
    due_on: Annotated[date, Field(description="By when somebody has looked, by a dated rule.")]
    stage: InspectionStage
    result: InspectionResultRead | None
    rule_versions: Annotated[list[str], Field(max_length=20)]
    version: Version
    actions: Annotated[list[ActionRead], Field(max_length=10)]

    @classmethod
    def of_view(cls, view: View[Inspection], teller: Teller) -> Self:
        """The inspection as one caller sees it."""
        inspection, record, result = view.of, view.of.inspected, view.of.result
        return cls(
            id=inspection.id,
            person_id=inspection.person_id,
            region_code=code_of(inspection.region),
            draw_id=inspection.draw_id,
            delivery_id=record.delivery_id,
            referral_id=record.referral_id,
            service_id=record.service_id,
            provider_id=record.provider_id,
            delivered_on=record.delivered_on,
            quantity=QuantityRead.of(record.quantity),
            opened_at=inspection.opened_at,
            due_on=inspection.due_on,
            stage=inspection.stage,
            result=InspectionResultRead(method=result.method, outcome=result.outcome, text=result.words)
            if result
            else None,
            rule_versions=list(inspection.rule_versions),
            version=view.version,
            actions=[ActionRead.of(action, teller) for action in view.actions],
        )
