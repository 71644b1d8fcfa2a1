"""What finding again needs of the store: applications by the platform's names, and a day of one source."""

from typing import Protocol
from uuid import UUID

from app.domain.application import DayPart, Kept
from app.domain.shared.access import Principal
from app.domain.shared.identity import MatterCode
from app.services.ports.application import ApplicationLine


class Reconciliations(Protocol):
    """Applications as the platform that sent them looks for them."""

    async def bearing_number(self, source_number: str, *, whose: Principal, limit: int) -> list[ApplicationLine]:
        """Those that bear the number, or of which an item does, among those that the caller may see."""
        ...

    async def of_matter(self, matter: MatterCode, *, whose: Principal, limit: int) -> list[ApplicationLine]:
        """The newest of those in which an item is of the matter, among those that the caller may see."""
        ...

    async def kept(self, numbers: list[str], *, source_id: UUID, part: DayPart, limit: int) -> list[Kept]:
        """What a source has sent in the part of the day, and besides what it sent under these numbers on any day.

        Of the former at most `limit`, in the order of the numbers.
        """
        ...
