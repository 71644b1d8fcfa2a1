"""What the use cases of places ask of the store."""

from typing import Protocol
from uuid import UUID

from app.domain.capacity import Places


class AllServicePlaces(Protocol):
    """The places of services. No person stands in them."""

    async def held(self, service_id: UUID) -> int:
        """How many referrals hold; nobody takes or frees one before the unit of work ends."""
        ...

    def state(self, service_id: UUID, places: Places) -> None:
        """Put on record what a provider says, in the place of what it said before."""
        ...
