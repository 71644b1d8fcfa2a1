"""What the use cases of inspections ask of the store."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol
from uuid import UUID

from app.domain.inspection import Inspected, Inspection, InspectionStage
from app.domain.shared.access import Principal


class Inspections(Protocol):
    """Random inspections of deliveries."""

    async def get(self, key: UUID, *, version: int | None = None) -> Inspection:
        """The inspection; with `version`, only if it still is the one that the caller has read."""
        ...

    async def page(
        self, stages: tuple[InspectionStage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[Inspection]:
        """Some of those in the caller's areas, in the order of their ids."""
        ...

    async def delivered_in(self, county: str, first: date, last: date) -> Mapping[UUID, Inspected]:
        """The records of deliveries of some days on which no lot has fallen yet, by their ids."""
        ...

    def add(self, inspection: Inspection) -> None:
        """Put a new one on record."""
        ...

    async def save(self, inspection: Inspection) -> Inspection:
        """Write a changed one over the version that was read."""
        ...
