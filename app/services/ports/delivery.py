"""What the use cases of deliveries ask of the store: records to compare, and what was found not to fit."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from app.domain.delivery_finding import DeliveryFinding, DeliveryFindingKind, DeliveryFindingStage, Overlap
from app.domain.referral import Delivery, Referral
from app.domain.shared.access import Principal


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A record that nobody has held to the others yet."""

    delivery_id: UUID
    delivered_on: date


class Deliveries(Protocol):
    """Records of deliveries, flat; the referral is where people read them."""

    def add(self, delivery: Delivery, *, of: Referral) -> None:
        """Put one on record."""
        ...

    async def take_unchecked(self, referral_id: UUID) -> list[Unchecked]:
        """Those of a referral that are to be checked, held against other workers."""
        ...

    async def overlaps_of(self, delivery_ids: list[UUID]) -> list[Overlap]:
        """What overlaps with these in time: of the same person, or of the same worker of the provider."""
        ...

    async def checked(self, delivery_ids: list[UUID]) -> None:
        """Put down that they were held to the others."""
        ...


class DeliveryFindings(Protocol):
    """What does not fit in records of deliveries."""

    async def get(self, key: UUID, *, version: int | None = None) -> DeliveryFinding:
        """The finding; with `version`, only if it still is the one that the caller has read."""
        ...

    async def open_kinds_of(self, referral_id: UUID) -> frozenset[DeliveryFindingKind]:
        """What somebody is still to look at in a referral."""
        ...

    async def page(
        self,
        stages: tuple[DeliveryFindingStage, ...],
        kinds: tuple[DeliveryFindingKind, ...],
        *,
        whose: Principal,
        after: UUID | None,
        limit: int,
    ) -> list[DeliveryFinding]:
        """Some of those in the caller's areas, in the order of their ids."""
        ...

    def add(self, finding: DeliveryFinding) -> None:
        """Put a new one on record."""
        ...

    async def save(self, finding: DeliveryFinding) -> DeliveryFinding:
        """Write a changed one over the version that was read."""
        ...
