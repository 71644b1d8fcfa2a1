"""What is asked of the store about households, and written into it."""

from collections.abc import Collection
from datetime import date
from typing import Protocol
from uuid import UUID

from app.domain.person import Joined, Living


class Households(Protocol):
    """Who lives with whom."""

    async def of(self, person_id: UUID, *, on: date) -> tuple[Living, ...]:
        """All of the person's household on a day, the person among them, as far as the caller may know of them."""
        ...

    async def living_of(self, person_id: UUID, *, on: date) -> Living | None:
        """In which household the person lives on a day, and as whom."""
        ...

    async def has_others(self, person_id: UUID, *, besides: Collection[UUID], on: date) -> bool:
        """Say whether anybody lives with the person on a day, besides these, whoever asks."""
        ...

    async def settle(self, joined: Joined) -> None:
        """Write with whom somebody lives, and end where the person lived before."""
        ...

    async def grown_with(self, person_id: UUID, *, on: date, born_by: date) -> tuple[UUID, ...]:
        """Who of age lives with the person on a day, whoever asks."""
        ...
