"""What the use cases of the ledger need of the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from app.domain.shared.access import Principal
from app.domain.uncertified_entry import EntryStage, UncertifiedEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What figures are asked of: some areas, told apart at a depth of their paths, and some days."""

    areas: Sequence[str]
    depth: int
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCount:
    """Of one place and one reason: how many stand on the ledger, and how many of all came onto it in some days."""

    region: str
    reason: str
    standing: int
    opened: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversionCount:
    """Of one place and one month: how many entries have led to an application."""

    region: str
    month: date
    """Its first day."""
    converted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries a list shows."""

    stages: tuple[EntryStage, ...] = (EntryStage.OPEN,)
    person_id: UUID | None = None
    owner_id: UUID | None = None
    reason: str | None = None
    contact_by: date | None = None
    """Those whose next contact is due by this day."""


class UncertifiedEntries(Protocol):
    """The ledger of disabled people without a certificate."""

    async def get(self, key: UUID, *, version: int | None = None) -> UncertifiedEntry:
        """The entry; with `version`, only if it still is the one that the caller has read."""
        ...

    async def open_of(self, person_id: UUID) -> UncertifiedEntry | None:
        """The person's open entry."""
        ...

    async def page(self, wanted: Wanted, *, whose: Principal, after: UUID | None, limit: int) -> list[UncertifiedEntry]:
        """Some of those that the caller may see, in the order of their ids."""
        ...

    def add(self, entry: UncertifiedEntry) -> None:
        """Put a new one on record."""
        ...

    async def save(self, entry: UncertifiedEntry) -> UncertifiedEntry:
        """Write a changed one over the version that was read."""
        ...

    async def of_person(self, person_id: UUID) -> list[UncertifiedEntry]:
        """All entries of a person that the caller may see, those that have ended among them."""
        ...

    def erase(self, entry: UncertifiedEntry) -> None:
        """Leave nothing of it, together with the event that says so."""
        ...

    async def counts(self, span: Span, *, whose: Principal) -> list[EntryCount]:
        """How many stand on the ledger and came onto it, by the region at a depth of the path and by reason."""
        ...

    async def conversions(self, span: Span, *, whose: Principal) -> list[ConversionCount]:
        """How many entries have led to an application, by the region at a depth of the path and by month."""
        ...
