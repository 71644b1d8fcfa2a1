"""What the use cases of re-checks need."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from app.domain.recheck import Recheck, RecheckStage, Trigger
from app.domain.shared.access import Principal


@dataclass(frozen=True, slots=True)
class Looked:
    """That a grant is being looked at for a reason, or was, and when."""

    case_id: UUID
    trigger: Trigger
    stage: RecheckStage
    on: date
    """The day on which it was decided; of an open one, on which it was opened."""


class Rechecks(Protocol):
    """Looks again at running grants."""

    async def get(self, key: UUID, *, version: int | None = None) -> Recheck:
        """The re-check; with `version`, only if it still is the one that the caller has read."""
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
