"""What the use cases of ratings need of the store."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from app.domain.rating import Rating, Satisfaction
from app.domain.shared.access import Principal
from app.domain.shared.errors import AlreadyExists


class AlreadyRated(AlreadyExists):
    """The item was rated before; a rating is corrected, not repeated."""

    code = "already_rated"
    title = "The item was rated before"


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingCount:
    """The ratings of one unit for one item."""

    owner_id: UUID
    owner_code: str | None
    item: str
    ratings: int
    by_satisfaction: Mapping[Satisfaction, int]
    answered: int
    """Of the bad ones, how many the unit has answered."""


class Ratings(Protocol):
    """All ratings."""

    async def get(self, rating_id: UUID, *, version: int | None = None) -> Rating:
        """The rating; with `version`, only if it still is the one that the caller has read."""
        ...

    async def of_application(self, application_id: UUID) -> list[Rating]:
        """Those of the items of one application."""
        ...

    def add(self, rating: Rating) -> None:
        """Put a new one on record."""
        ...

    async def save(self, rating: Rating) -> Rating:
        """Write a changed one over the version that was read."""
        ...

    async def bad_ones(self, *, is_answered: bool, whose: Principal, after: UUID | None, limit: int) -> list[Rating]:
        """Bad ratings of the work of the caller's own units, of applications that are finished."""
        ...

    async def counts(self, *, first: date, last: date, whose: Principal) -> list[RatingCount]:
        """Ratings given in a time in the caller's areas, of applications that are finished, by unit and item."""
        ...
