"""What the use cases of assessments and needs ask of the store."""

from collections.abc import Collection, Mapping
from typing import Protocol
from uuid import UUID

from app.domain.assessment import Assessment, Need, NeedStage
from app.domain.shared.access import Principal


class Assessments(Protocol):
    """Signed assessments; they never change."""

    async def get(self, key: UUID) -> Assessment:
        """One of them."""
        ...

    async def of_person(self, person_id: UUID) -> list[Assessment]:
        """All assessments of a person, corrected ones too, in the order in which they were signed."""
        ...

    async def get_many(self, keys: Collection[UUID]) -> Mapping[UUID, Assessment]:
        """Those of them that the caller may know of."""
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

    async def of_persons(self, person_ids: Collection[UUID]) -> Mapping[UUID, list[Need]]:
        """All needs of some people, by person; who has none is left out."""
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
