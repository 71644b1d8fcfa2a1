"""What the use cases of reviews ask of the store."""

from typing import Protocol
from uuid import UUID

from app.domain.review import Review, ReviewStage
from app.domain.shared.access import Principal


class Reviews(Protocol):
    """Reviews of decisions."""

    async def get(self, key: UUID, *, version: int | None = None) -> Review:
        """The review; with `version`, only if it still is the one that the caller has read."""
        ...

    async def page(
        self,
        *,
        person_id: UUID | None,
        stages: tuple[ReviewStage, ...],
        whose: Principal,
        after: UUID | None,
        limit: int,
    ) -> list[Review]:
        """Some of those that the caller may see, in the order of their ids."""
        ...

    async def carry_out(self, review_id: UUID) -> None:
        """Go on in the place of the case: what a review has decided in this transaction follows there."""
        ...

    def add(self, review: Review) -> None:
        """Put a new one on record."""
        ...

    async def save(self, review: Review) -> Review:
        """Write a changed one over the version that was read."""
        ...
