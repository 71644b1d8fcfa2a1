"""What the use cases of archives need of the store."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from app.domain.archive import Alike, ArchiveDocument, ArchiveOf, Checklist, PlaceCount, Seen, Source, Want


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSeen:
    """What is seen of one person for an archive."""

    person_id: UUID
    region: str
    traits: frozenset[str]
    """What the items of a checklist may be for: `holder`, `minor`, a flag."""
    seen: Mapping[str, Seen]
    """By what it is: the latest of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledFor:
    """A document of an association that no other has replaced."""

    id: UUID
    item: str
    year: int
    made_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What was counted of an area, and when."""

    places: tuple[PlaceCount, ...]
    on: date


class Archives(Protocol):
    """Documents in archives, and what else counts there."""

    async def get(self, key: UUID, *, version: int | None = None) -> ArchiveDocument:
        """One document."""
        ...

    def add(self, document: ArchiveDocument) -> None:
        """Put a new one on record; it never changes.

        Raises:
            DocumentReplaced: when it is written, and another has taken the same place before.
        """
        ...

    async def documents(self, archive_of: ArchiveOf, subject_id: UUID, *, limit: int) -> list[ArchiveDocument]:
        """Those of an archive, the newest first; the replaced ones among them."""
        ...

    async def people(
        self, person_ids: Collection[UUID], *, sources: Collection[Source], minor_since: date, on: date
    ) -> dict[UUID, PersonSeen]:
        """What is seen of some people on a day, as far as the caller may know of it."""
        ...

    async def work(self, associations: Mapping[UUID, str], *, year: int, on: date) -> dict[UUID, tuple[Seen, ...]]:
        """What is seen of the work of associations in a year, each by its id with its place."""
        ...

    async def filed_for(self, associations: Collection[UUID], *, year: int) -> dict[UUID, tuple[FiledFor, ...]]:
        """What is filed of associations for a year and all before, without what was replaced."""
        ...

    async def on_roster(self, area: str, *, after: UUID | None, limit: int) -> list[UUID]:
        """Some of the people on the roster of an area, by their ids."""
        ...

    async def alike(
        self, area: str, *, sources: Collection[Source], wants: Sequence[Want], minor_since: date, on: date
    ) -> list[Alike]:
        """Everybody on the roster of an area, counted by place, by who they are and by what is there."""
        ...

    async def keep_counts(self, area: str, counts: Sequence[PlaceCount], *, checklist: Checklist, on: date) -> None:
        """Put down what was counted of an area, in the place of all that was put down of it before."""
        ...

    async def kept_counts(self, area: str, *, checklist: Checklist, since: date, on: date) -> Counted | None:
        """What was counted of an area by this checklist, last and between two days; None where nothing was."""
        ...
