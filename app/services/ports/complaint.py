"""What the use cases of complaints ask of the store."""

from typing import Protocol
from uuid import UUID

from app.domain.complaint import Complaint, ComplaintQuestion, ComplaintStage, QuestionStage
from app.domain.shared.access import Principal


class Complaints(Protocol):
    """Complaints about services, as far as the caller may know of them."""

    async def get(self, key: UUID, *, version: int | None = None) -> Complaint:
        """The complaint; with `version`, only if it still is the one that the caller has read."""
        ...

    async def take(self, key: UUID) -> Complaint | None:
        """The complaint, held against everybody else; None where another transaction holds it, or there is none."""
        ...

    async def page(
        self, stages: tuple[ComplaintStage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[Complaint]:
        """Some of those of the caller's county, or the caller's own, in the order of their ids."""
        ...

    def add(self, complaint: Complaint) -> None:
        """Put a new one on record."""
        ...

    async def save(self, complaint: Complaint) -> Complaint:
        """Write a changed one over the version that was read."""
        ...


class ComplaintQuestions(Protocol):
    """What providers are asked."""

    async def get(self, key: UUID, *, version: int | None = None) -> ComplaintQuestion:
        """The question; with `version`, only if it still is the one that the caller has read."""
        ...

    async def page(
        self, stages: tuple[QuestionStage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[ComplaintQuestion]:
        """Some of those to the caller's organisation, or of the caller's county, in the order of their ids."""
        ...

    def add(self, question: ComplaintQuestion) -> None:
        """Put a new one on record."""
        ...

    async def save(self, question: ComplaintQuestion) -> ComplaintQuestion:
        """Write a changed one over the version that was read."""
        ...
