"""What the use cases of past rosters need of the store."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from app.domain.shared.identity import Category


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """That somebody stood on the roster on a day."""

    id: UUID
    """The person's."""
    region: str
    category: Category | None
    """None where it was without a certificate."""
    grade: int | None
    since: date
    """Since when it was so: of what is reconstructed, the day of the certificate or of the entry on the ledger."""


class PastRosters(Protocol):
    """The roster of each day, as far as it was kept, and as far as it can be reconstructed."""

    async def kept_since(self) -> date:
        """The first day of which the roster was kept."""
        ...

    async def page(self, area: str, *, on: date, after: UUID | None, limit: int) -> list[Stood]:
        """Some who stood on the kept roster of an area on a day, by their ids."""
        ...

    async def reconstructed(self, area: str, *, on: date, after: UUID | None, limit: int) -> list[Stood]:
        """Some who would have stood there, by the certificates and the ledger as they are known today."""
        ...

    async def count(self, area: str, *, on: date) -> int:
        """How many stood on the kept roster of an area on a day."""
        ...
