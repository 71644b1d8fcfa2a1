"""What the use cases need of the directory: the catalogue for everybody, page by page as other directories count."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.domain.catalogue import ProviderKind
from app.domain.organisation import Organisation
from app.services.ports.catalogue import Offered


@dataclass(frozen=True, slots=True, kw_only=True)
class Providing:
    """Who offers services, and as what."""

    organisation: Organisation
    kind: ProviderKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """By what the entries of a directory are chosen; all of it together, and nothing is left out by what is None."""

    words: tuple[str, ...] = ()
    """In small letters; each of them must be said of it."""
    families: frozenset[str] | None = None
    needs: frozenset[str] | None = None
    """One of which is met."""
    codes: Mapping[str, frozenset[str]] | None = None
    """Of services, by the place from which on down the rules know them so; the nearest place counts."""
    organisation_id: UUID | None = None
    modified_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Modified:
    """Which service it is, and when it was last changed."""

    service_id: UUID
    modified_at: datetime


class Directories(Protocol):
    """What is offered at present, in the order of ids from the `first` on; and how many there are of it in all."""

    async def services(self, filed: Filed, *, first: int, limit: int) -> tuple[list[Offered], int]:
        """Some services."""
        ...

    async def modified(self, filed: Filed, *, first: int, limit: int) -> tuple[list[Modified], int]:
        """Some services, and no more of them than when they were changed."""
        ...

    async def providers(self, filed: Filed, *, first: int, limit: int) -> tuple[list[Providing], int]:
        """Some of the organisations that offer such services; the words are those of their names."""
        ...

    async def places(self, filed: Filed, *, first: int, limit: int) -> tuple[list[tuple[Offered, int]], int]:
        """Some services, each once for each of its places, which is named by its number."""
        ...

    async def at_place(self, key: UUID) -> Offered:
        """The service of a service at a place.

        Raises:
            NotFound: there is none.
        """
        ...
