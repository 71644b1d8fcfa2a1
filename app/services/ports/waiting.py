"""What the use cases of waiting ask of the store."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Protocol
from uuid import UUID

from app.domain.shared.access import Principal
from app.domain.waiting import Queue, WaitingEntry, WaitingStage


class WaitingEntries(Protocol):
    """Needs on the lists of services."""

    async def get(self, key: UUID, *, version: int | None = None) -> WaitingEntry:
        """The entry; with `version`, only if it still is the one that the caller has read."""
        ...

    async def open_for(self, need_id: UUID, service_id: UUID) -> WaitingEntry | None:
        """The need's entry on the list of a service, if it waits there."""
        ...

    async def of_need(self, need_id: UUID) -> list[WaitingEntry]:
        """All entries of a need that waits, on whichever lists."""
        ...

    async def first_of(self, need: str, *, area: str, limit: int) -> list[WaitingEntry]:
        """The first who wait for a need in an area, each need once, without those to whom a place is offered."""
        ...

    async def since_of(self, need_id: UUID) -> date | None:
        """The day since which a need waits anywhere, or was first declined for want of a place; None if neither."""
        ...

    async def standing(
        self, service_ids: Collection[UUID], *, counts_from: date, key: UUID, placed_after: date
    ) -> Mapping[UUID, Queue]:
        """How one who counts from a day would stand on lists, counted over everybody; `free` is not known here."""
        ...

    async def page(
        self,
        *,
        service_id: UUID | None,
        person_id: UUID | None,
        stages: tuple[WaitingStage, ...],
        whose: Principal,
        after: UUID | None,
        limit: int,
    ) -> list[WaitingEntry]:
        """Some of those that the caller may see, in the order of their ids."""
        ...

    def add(self, entry: WaitingEntry) -> None:
        """Put a new one on record."""
        ...

    async def save(self, entry: WaitingEntry) -> WaitingEntry:
        """Write a changed one over the version that was read."""
        ...
