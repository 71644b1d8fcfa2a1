"""Findings about records of deliveries, as they travel."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.types import Input, LongText, Output, Version
from app.domain.delivery_finding import (
    DeliveryFinding,
    DeliveryFindingKind,
    DeliveryFindingOutcome,
    DeliveryFindingStage,
    Settlement,
)
from app.domain.shared.region import code_of
from app.services.read_models import View


class DeliverySettlementCreate(Input):
    """What is behind it."""

    outcome: DeliveryFindingOutcome
    text: Annotated[LongText, Field(description="What was found and why, so that others can follow it.")]

    def to_settlement(self) -> Settlement:
        """The same in the domain's words."""
        return Settlement(outcome=self.outcome, words=self.text)


class DeliverySettlementRead(Output):
    """What was found, and why."""

    outcome: DeliveryFindingOutcome
    text: Annotated[str, Field(max_length=2000)]


class DeliveryFindingRead(Output):
    """What does not fit in the records of one referral."""

    id: UUID
    person_id: UUID
    region_code: Annotated[str, Field(max_length=12)]
    referral_id: UUID
    service_id: UUID
    provider_id: UUID
    kind: DeliveryFindingKind
    kind_text: Annotated[str, Field(max_length=200, description="In the language of Content-Language.")]
    deliveries: Annotated[list[UUID], Field(max_length=1000, description="Records of this referral.")]
    others: Annotated[list[UUID], Field(max_length=1000, description="Records that they overlap with.")]
    planned: Annotated[int | None, Field(ge=0, le=10**15, description="Where more was delivered than was planned.")]
    delivered: Annotated[int | None, Field(ge=0, le=10**15)]
    raised_at: datetime
    stage: DeliveryFindingStage
    settlement: DeliverySettlementRead | None
    version: Version
    actions: Annotated[list[ActionRead], Field(max_length=10)]

    @classmethod
    def of_view(cls, view: View[DeliveryFinding], teller: Teller) -> Self:
        """The finding as one caller sees it."""
        finding, found = view.of, view.of.settlement
        return cls(
            id=finding.id,
            person_id=finding.person_id,
            region_code=code_of(finding.region),
            referral_id=finding.referral_id,
            service_id=finding.service_id,
            provider_id=finding.provider_id,
            kind=finding.kind,
            kind_text=teller.say(f"delivery_finding.{finding.kind}"),
            deliveries=list(finding.noticed.deliveries),
            others=list(finding.noticed.others),
            planned=finding.noticed.planned,
            delivered=finding.noticed.delivered,
            raised_at=finding.raised_at,
            stage=finding.stage,
            settlement=DeliverySettlementRead(outcome=found.outcome, text=found.words) if found else None,
            version=view.version,
            actions=[ActionRead.of(action, teller) for action in view.actions],
        )
