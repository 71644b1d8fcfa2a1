"""What the use cases need to know of organisations."""

from typing import Protocol
from uuid import UUID

from app.domain.organisation import Organisation, OrganisationKind


class Organisations(Protocol):
    """All organisations of a deployment."""

    async def get(self, organisation_id: UUID) -> Organisation:
        """One of them.

        Raises:
            NotFound: there is none.
        """
        ...

    async def page(self, *, kind: OrganisationKind | None, after: UUID | None, limit: int) -> list[Organisation]:
        """Some of them, in the order of their ids."""
        ...

    async def nearest(self, kind: OrganisationKind, *, region: str) -> Organisation:
        """The organisation of a kind that is responsible for a region: of the region itself or the first above it.

        Raises:
            NotFound: none is.
        """
        ...
