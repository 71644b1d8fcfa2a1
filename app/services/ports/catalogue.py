"""What the use cases need of the catalogue of services."""

from typing import Protocol
from uuid import UUID

from app.domain.catalogue import Family, Service


class Services(Protocol):
    """The services that organisations offer. No person stands in them."""

    async def get(self, service_id: UUID) -> Service:
        """One of them.

        Raises:
            NotFound: there is none.
        """
        ...

    async def get_many(self, service_ids: list[UUID]) -> dict[UUID, Service]:
        """Those of them that there are."""
        ...

    async def that_meet(self, need: str) -> list[Service]:
        """All that are offered at present and meet a need of the catalogue."""
        ...

    async def page(
        self, *, family: Family | None, need: str | None, region: str | None, after: UUID | None, limit: int
    ) -> list[Service]:
        """Some of those that are offered, in the order of their ids; with `region`, that take its residents."""
        ...
