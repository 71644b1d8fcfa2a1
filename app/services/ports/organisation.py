"""What the use cases need to know of organisations."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A federation, an office, an institution, a provider or the operator of a portal."""

    id: UUID
    code: str | None
    kind: str
    name: str
    name_en: str
    region: str
    categories: tuple[int, ...]


class Organisations(Protocol):
    """All organisations of a deployment."""

    async def get(self, organisation_id: UUID) -> Organisation:
        """One of them.

        Raises:
            NotFound: there is none.
        """
        ...

    async def page(self, *, kind: str | None, after: UUID | None, limit: int) -> list[Organisation]:
        """Some of them, in the order of their ids."""
        ...

    async def nearest(self, kind: str, *, region: str) -> Organisation:
        """The organisation of a kind that is responsible for a region: of the region itself or the first above it.

        Raises:
            NotFound: none is.
        """
        ...
