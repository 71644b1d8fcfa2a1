"""A document of an archive: a file with its digest, where it comes from, who filed it, and what it replaces."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Self
from uuid import UUID

from app.domain.archive.checklist import ArchiveOf, Checklist, Source, what_counts
from app.domain.archive.completeness import Seen
from app.domain.archive.events import ArchiveDocumentFiled
from app.domain.archive.refusals import ArchiveDayImpossible, DocumentNotOfThisItem
from app.domain.shared.access import Principal, has_function, organisation_of
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.transitions import NotYourFunction, OwnCase


class DocumentOrigin(StrEnum):
    """How a document came to whoever files it."""

    MADE_HERE = "made_here"
    """本单位形成"""
    RECEIVED = "received"
    """收到: from the person, or from another body."""
    TAKEN_OVER = "taken_over"
    """移交接收: from an archive that was kept before, on paper or elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """The file, by what names it for ever. Its name on somebody's computer is not kept."""

    file_id: UUID
    digest: str
    """SHA-256 in lower-case hexadecimal."""
    size: int
    """In octets."""
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Into which archive a document goes, and where that lies."""

    archive_of: ArchiveOf
    subject_id: UUID
    """The person, the case or the association."""
    region: str
    person_id: UUID | None = None
    """Whom it is about; None where it is about nobody alone."""
    year: int | None = None
    """The year of the work of an association."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What somebody files."""

    item: str
    """For which item of the checklist."""
    file: File
    made_on: date
    """The day that the document bears."""
    origin: DocumentOrigin
    received_from: str = field(default="", repr=False)
    """From whom or from which archive it came, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveDocument:
    """A document in an archive (归档文件). It is never changed: a better one replaces it and names it.

    Source: 档案法 art. 14, what is to be archived is not kept by individuals; art. 37, electronic archives equal paper.
    """

    id: UUID
    archive_of: ArchiveOf
    subject_id: UUID
    region: str
    person_id: UUID | None
    year: int | None
    item: str
    file: File
    made_on: date
    origin: DocumentOrigin
    received_from: str = field(repr=False)
    filed_on: date
    filed_by: UUID
    filed_for: UUID | None
    """The organisation that the filer acts for."""
    replaces: UUID | None = None
    checklist: str = ""
    """The rule of the list that it was filed by, with its version."""
    version: int = 1

    @property
    def application_id(self) -> None:
        """A document belongs to its archive, and to no application."""

    @property
    def place(self) -> tuple[ArchiveOf, UUID, str, int | None]:
        """What a document must share with the one that it replaces."""
        return self.archive_of, self.subject_id, self.item, self.year

    @classmethod
    def file_away(
        cls,
        filing: Filing,
        *,
        into: Place,
        document_id: UUID,
        by: Principal,
        on: date,
        checklist: Checklist,
        replaces: Self | None = None,
    ) -> tuple[Self, ArchiveDocumentFiled]:
        """File a document (归档).

        Raises:
            NotYourFunction: the archive lies in a place that is not the caller's.
            OwnCase: it is the caller's own archive, or that of somebody whom the caller answers for.
            ArchiveItemUnknown: the checklist has no such item, or what counts for it is seen and not filed.
            ArchiveDayImpossible: it bears a day that has not come.
            DocumentNotOfThisItem: what it replaces is of another archive, year or item.
        """
        roles = OPERATIONS["file_archive_document"].roles
        if not has_function(by, roles, region=into.region):
            raise NotYourFunction("The archive lies elsewhere. Its own offices file there.")
        if by.is_concerned(into.person_id):
            raise OwnCase("Nobody files into their own archive. Another officer must.", action="file")
        document = cls(
            id=document_id,
            archive_of=into.archive_of,
            subject_id=into.subject_id,
            region=into.region,
            person_id=into.person_id,
            year=into.year,
            item=filing.item,
            file=filing.file,
            made_on=filing.made_on,
            origin=filing.origin,
            received_from=filing.received_from,
            filed_on=on,
            filed_by=by.id,
            filed_for=organisation_of(by, roles, region=into.region),
            replaces=replaces.id if replaces else None,
            checklist=checklist.reference,
        )
        _require_possible(document, checklist, replaces=replaces)
        return document, document.filed()

    def filed(self) -> ArchiveDocumentFiled:
        """The fact that it was filed."""
        return ArchiveDocumentFiled(
            document_id=self.id,
            archive_of=self.archive_of.value,
            subject_id=self.subject_id,
            item=self.item,
            replaces=self.replaces,
            filed_by=self.filed_by,
            filed_on=self.filed_on,
        )


def in_force(documents: Iterable[ArchiveDocument]) -> tuple[Seen, ...]:
    """What counts of documents: those that no other has replaced, of each item the newest last."""
    known = sorted(documents, key=lambda one: (one.made_on, one.id))
    replaced = {one.replaces for one in known}
    return tuple(
        Seen(what=what_counts(Source.DOCUMENT, one.item), on=one.made_on, id=one.id)
        for one in known
        if one.id not in replaced
    )


def _require_possible(document: ArchiveDocument, checklist: Checklist, *, replaces: ArchiveDocument | None) -> None:
    checklist.require_documents_for(document.item)
    if document.made_on > document.filed_on:
        raise ArchiveDayImpossible("Give the day that the document bears; it cannot lie ahead.", pointer="/made_on")
    if replaces is not None and replaces.place != document.place:
        raise DocumentNotOfThisItem("Name a document of the same archive, year and item, or none.", pointer="/replaces")
