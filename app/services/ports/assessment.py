"""What the use cases of assessments and needs ask of the store."""

from typing import Protocol
from uuid import UUID

from app.domain.assessment import Assessment, Need, NeedStage
from app.domain.shared.access import Principal


class Assessments(Protocol):
    """Signed assessments; they never change."""

    async def get(self, key: UUID) -> Assessment:
        """One of them."""
        ...

    async def are_of(self, person_id: UUID, assessment_ids: set[UUID]) -> bool:
        """Say whether all of these are on record, and of this person."""
        ...

    def add(self, assessment: Assessment) -> None:
        """Put a new one on record."""
        ...


class Needs(Protocol):
    """Needs of people."""

    async def get(self, key: UUID, *, version: int | None = None) -> Need:
        """The need; with `version`, only if it still is the one that the caller has read."""
        ...

    async def of_person(self, person_id: UUID) -> list[Need]:
        """All needs of a person that were ever proposed, in the order in which they were."""
        ...

    async def page(
        self, person_id: UUID, stages: tuple[NeedStage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[Need]:
        """Some of a person's needs, in the order of their ids."""
        ...

    def add(self, need: Need) -> None:
        """Put a new one on record."""
        ...

    async def save(self, need: Need) -> Need:
        """Write a changed one over the version that was read."""
        ...
