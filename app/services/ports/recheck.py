"""What the use cases of rechecks need."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from app.domain.recheck import Looked, Recheck, RecheckStage
from app.domain.shared.access import Principal


class Rechecks(Protocol):
    """Looks again at running grants."""

    async def get(self, key: UUID, *, version: int | None = None) -> Recheck:
        """The recheck; with `version`, only if it still is the one that the caller has read."""
        ...

    def add(self, recheck: Recheck) -> None:
        """Put a new one on record."""
        ...

    async def save(self, recheck: Recheck) -> Recheck:
        """Write a changed one over the version that was read."""
        ...

    async def page(
        self,
        stages: tuple[RecheckStage, ...],
        *,
        due_by: date | None,
        whose: Principal,
        after: UUID | None,
        limit: int,
    ) -> list[Recheck]:
        """Some of those in the caller's areas, in the order of their ids."""
        ...

    async def of_cases(self, case_ids: Sequence[UUID]) -> list[Looked]:
        """Every look at these grants, open or decided."""
        ...
