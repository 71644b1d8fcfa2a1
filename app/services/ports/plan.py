"""What the use cases of individual plans ask of the store."""

from typing import Protocol
from uuid import UUID

from app.domain.plan import Plan, PlanStage
from app.domain.shared.access import Principal


class Plans(Protocol):
    """Individual plans in all their revisions."""

    async def get(self, key: UUID, *, version: int | None = None) -> Plan:
        """The plan; with `version`, only if it still is the one that the caller has read."""
        ...

    async def active_of(self, person_id: UUID) -> Plan | None:
        """The one that is carried out at present."""
        ...

    async def latest_revision(self, person_id: UUID) -> int:
        """The number of the person's newest revision; zero where there is none."""
        ...

    async def page(
        self,
        *,
        person_id: UUID | None,
        stages: tuple[PlanStage, ...],
        whose: Principal,
        after: UUID | None,
        limit: int,
    ) -> list[Plan]:
        """Some of those that the caller may see, in the order of their ids."""
        ...

    def add(self, plan: Plan) -> None:
        """Put a new one on record."""
        ...

    async def save(self, plan: Plan) -> Plan:
        """Write a changed one over the version that was read."""
        ...
