"""What happens to a finding about deliveries, in the past tense: ids, codes, days."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.shared.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFindingRaised(Event):
    """Records of deliveries do not fit; somebody is to look."""

    name: ClassVar[str] = "delivery_finding.raised"

    finding_id: UUID
    referral_id: UUID
    kind: str
    raised_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFindingSettled(Event):
    """Somebody has looked, and said what is behind it."""

    name: ClassVar[str] = "delivery_finding.settled"

    finding_id: UUID
    referral_id: UUID
    kind: str
    outcome: str
    settled_by: UUID
    settled_on: date
