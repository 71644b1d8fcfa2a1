"""What the use cases of clocks need of the store."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from app.domain.clock import Clock, ClockState
from app.domain.shared.access import Principal

if TYPE_CHECKING:
    from app.services.ports.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """A clock or an offer to be looked at: where it lies and by whose time it runs; nothing of the case itself."""

    id: UUID
    region: str
    test_clock_id: UUID | None


class ClockKeeper(Protocol):
    """All clocks of a deployment, for what follows from the passing of days and from a changed calendar."""

    async def due(self, *, test_clock_id: UUID | None, after: UUID | None, limit: int) -> list[Pointer]:
        """Some clocks whose last day has passed, in the order of their ids; with a test clock, those of its client."""
        ...

    async def unanswered(self, *, test_clock_id: UUID | None, after: UUID | None, limit: int) -> list[Pointer]:
        """Some offers to providers whose last day to answer has passed, in the order of their ids."""
        ...

    async def overdue_needs(self, *, test_clock_id: UUID | None, after: UUID | None, limit: int) -> list[Pointer]:
        """Some reports of needs that a township has not answered in its days, in the order of their ids."""
        ...

    async def overdue_harm(self, *, test_clock_id: UUID | None, after: UUID | None, limit: int) -> list[Pointer]:
        """Some reports of harm that nobody has taken in and that have not risen yet, in the order of their ids."""

    async def overdue_complaints(self, *, test_clock_id: UUID | None, after: UUID | None, limit: int) -> list[Pointer]:
        """Some complaints that nobody has taken in or answered in time, in the order of their ids."""
        ...

    async def unchecked(self, *, test_clock_id: UUID | None, after: UUID | None, limit: int) -> list[Pointer]:
        """Some referrals with deliveries that nobody has held to the others, in the order of their ids."""
        ...

    async def outdated(self, *, after: UUID | None, limit: int) -> list[Pointer]:
        """Some open clocks that were reckoned by another edition of the calendar than that of today."""
        ...

    def open_work(self, pointer: Pointer, *, what: str) -> "UnitOfWork":
        """A transaction in which nobody acts, in the place and at the time of a clock."""
        ...


class CaseClocks(Protocol):
    """The clocks of all cases."""

    async def get(self, key: UUID, *, version: int | None = None) -> Clock:
        """The clock; with `version`, only if it still is the one that the caller has read."""
        ...

    async def take(self, key: UUID) -> Clock | None:
        """The clock, held against everybody else; None where another transaction holds it, or there is none."""
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
