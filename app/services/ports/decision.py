"""What the use cases of decisions ask of the store."""

from typing import Protocol
from uuid import UUID

from app.domain.decision import Decision
from app.domain.shared.access import Principal


class Decisions(Protocol):
    """Decisions as they were made; none of them ever changes."""

    async def get(self, decision_id: UUID) -> Decision:
        """One of them.

        Raises:
            NotFound: there is none that this caller may know of.
        """
        ...

    async def page(
        self, *, person_id: UUID | None, case_id: UUID | None, whose: Principal, after: UUID | None, limit: int
    ) -> list[Decision]:
        """Some of those that the caller may see, in the order of their ids, which is that of their making."""
        ...

    async def of_application(self, application_id: UUID, *, after: UUID | None, limit: int) -> list[Decision]:
        """Some of those about one application, in the order of their making.

        Raises:
            NotFound: there is no such application that this caller may know of.
        """
        ...

    async def latest_of(self, case_id: UUID) -> Decision | None:
        """The newest one on a case, if there is one."""
        ...

    async def granting_certificates(self, person_id: UUID) -> list[UUID]:
        """The decisions by which certificates were granted to a person, all of which a cancellation overtakes."""
        ...

    async def is_overtaken(self, decision: Decision) -> bool:
        """Say whether another stands in its place, or has ended or put right what it granted."""
        ...

    def add(self, decision: Decision) -> None:
        """Put a new one on record."""
        ...
