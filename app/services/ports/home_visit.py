"""What the use cases of visits at home need of the store."""

from collections.abc import Collection
from typing import Protocol
from uuid import UUID

from app.domain.home_visit import HomeVisit
from app.domain.shared.access import Principal


class HomeVisits(Protocol):
    """Visits at home."""

    async def get(self, key: UUID, *, version: int | None = None) -> HomeVisit:
        """The visit; with `version`, only if it still is the one that the caller has read."""
        ...

    async def close_to_caller(self) -> frozenset[UUID]:
        """Whom the caller is close to: the own person, family of the same home, wards and guardians, one telephone."""
        ...

    async def take_many(self, keys: Collection[UUID]) -> dict[UUID, HomeVisit]:
        """Those of the visits that there are, held against everybody else until the transaction ends."""
        ...

    async def page(
        self, *, person_id: UUID | None, whose: Principal, after: UUID | None, limit: int
    ) -> list[HomeVisit]:
        """Some of those in the caller's areas, by their ids."""
        ...

    def add(self, visit: HomeVisit) -> None:
        """Put a new one on record."""
        ...

    async def save(self, visit: HomeVisit) -> HomeVisit:
        """Write a changed one over the version that was read."""
        ...
