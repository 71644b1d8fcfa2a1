"""What the use cases of corrections ask of the store."""

from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID

from app.domain.correction import Correction


class Corrections(Protocol):
    """What offices have found missing."""

    async def get(self, key: UUID, *, version: int | None = None) -> Correction:
        """The correction; with `version`, only if it still is the one that the caller has read."""
        ...

    async def of_application(self, application_id: UUID) -> list[Correction]:
        """All of an application, the oldest first."""
        ...

    async def open_of(self, case_id: UUID) -> Correction | None:
        """The one of a case that still may be answered."""
        ...

    async def answers_of(self, application_id: UUID) -> Mapping[str, Any]:
        """What corrections of an application have been answered with; a later answer counts."""
        ...

    def add(self, correction: Correction) -> None:
        """Put a new one on record."""
        ...

    async def save(self, correction: Correction) -> Correction:
        """Write a changed one over the version that was read."""
        ...
