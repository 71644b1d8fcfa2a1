"""What does not fit in the records of deliveries: a question to a human, and never a refusal."""

from app.domain.delivery_finding.check import Overlap, Recorded, found_in
from app.domain.delivery_finding.events import DeliveryFindingRaised, DeliveryFindingSettled
from app.domain.delivery_finding.finding import DeliveryFinding, OwnDelivery, Settlement
from app.domain.delivery_finding.kind import DeliveryFindingKind, DeliveryFindingOutcome, Noticed
from app.domain.delivery_finding.stages import LIFECYCLE, DeliveryFindingAction, DeliveryFindingStage

__all__ = [
    "LIFECYCLE",
    "DeliveryFinding",
    "DeliveryFindingAction",
    "DeliveryFindingKind",
    "DeliveryFindingOutcome",
    "DeliveryFindingRaised",
    "DeliveryFindingSettled",
    "DeliveryFindingStage",
    "Noticed",
    "Overlap",
    "OwnDelivery",
    "Recorded",
    "Settlement",
    "found_in",
]
