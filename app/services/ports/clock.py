"""What the use cases of clocks need of the store."""

from typing import Protocol
from uuid import UUID

from app.domain.clock import Clock, ClockState
from app.domain.shared.access import Principal


class CaseClocks(Protocol):
    """The clocks of all cases."""

    async def get(self, key: UUID, *, version: int | None = None) -> Clock:
        """The clock; with `version`, only if it still is the one that the caller has read."""
        ...

    async def unstopped_of(self, case_id: UUID) -> list[Clock]:
        """The clocks of a case that have not stopped, in the order in which they were set off."""
        ...

    async def of_application(self, application_id: UUID) -> list[Clock]:
        """All clocks of an application's cases, in the order in which they were set off."""
        ...

    def add(self, clock: Clock) -> None:
        """Put a new one on record."""
        ...

    async def save(self, clock: Clock) -> Clock:
        """Write a changed one over the version that was read."""
        ...

    async def page(
        self, states: tuple[ClockState, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[Clock]:
        """Some of those of the caller's areas, in the order of their ids."""
        ...
