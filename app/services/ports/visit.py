"""What the use cases of visits need of the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from app.domain.shared.access import Principal
from app.domain.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitCount:
    """Of the applications of one place in a time: how many there are, and how many ways their people had."""

    region: str
    channel: str
    applications: int
    finished: int
    within: int
    """Of the finished ones, how many took no more ways than there should be."""
    by_ways: tuple[int, int, int, int]
    """Of the finished ones, how many took no way, one, two, and three or more."""


class Visits(Protocol):
    """The ways that people had."""

    def add(self, visit: Visit) -> None:
        """Put one on record."""
        ...

    async def of_application(self, application_id: UUID, *, limit: int) -> list[Visit]:
        """Those for one application, the earliest first."""
        ...

    async def counts(
        self, *, areas: Sequence[str], depth: int, first: date, last: date, at_most: int, whose: Principal
    ) -> list[VisitCount]:
        """Applications submitted from one day to another in the areas, by the region at a depth of the path."""
        ...
