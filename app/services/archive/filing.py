"""Use cases of documents in archives: filed away, read, and their files opened. None is ever changed."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.domain.archive import ArchiveDocument, ArchiveOf, DocumentOrigin, File, Filing
from app.domain.evidence import Content
from app.services.archive.places import find
from app.services.evidence import Stores, opened
from app.services.ports.work import UnitOfWork

SHOWN = ("archive_document",)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToFile:
    """What somebody files, and into which archive."""

    archive_of: ArchiveOf
    subject_id: UUID
    year: int | None
    item: str
    upload_id: UUID
    made_on: date
    origin: DocumentOrigin
    received_from: str
    replaces: UUID | None


async def file_archive_document(asked: ToFile, *, uow: UnitOfWork) -> ArchiveDocument:
    """File a document into an archive; its file is an upload of the caller's own, which nothing else can use then.

    Raises:
        NotFound: the caller may not know of the archive, of the upload, or of what it would replace.
        ArchiveYearImpossible: a year is missing or out of place, or has not begun.
        NotYourFunction, OwnCase, ArchiveItemUnknown, ArchiveDayImpossible, DocumentNotOfThisItem: see the domain.
        DocumentReplaced: another has taken the place of that document.
    """
    async with uow:
        found = await find(asked.archive_of, asked.subject_id, year=asked.year, uow=uow)
        found.checklist.require_documents_for(asked.item)
        replaces = await uow.archives.get(asked.replaces) if asked.replaces else None
        document, event = ArchiveDocument.file_away(
            Filing(
                item=asked.item,
                file=await _file(asked.upload_id, uow=uow),
                made_on=asked.made_on,
                origin=asked.origin,
                received_from=asked.received_from,
            ),
            into=found.place,
            document_id=uow.new_id(),
            by=uow.actor,
            on=uow.today,
            checklist=found.checklist,
            replaces=replaces,
        )
        uow.archives.add(document)
        uow.record(event, about=document)
        return await _shown(document, uow=uow)


async def get_archive_document(document_id: UUID, *, uow: UnitOfWork) -> ArchiveDocument:
    """What is on record of a document; the file itself is another read."""
    async with uow:
        return await _shown(await uow.archives.get(document_id), uow=uow)


async def get_archive_document_content(
    document_id: UUID, *, stores: Stores, uow: UnitOfWork
) -> tuple[Content, AsyncIterator[bytes]]:
    """The file of a document; that it was shown is written down before.

    Raises:
        FileLost, FilesUnavailable: it cannot be read.
    """
    async with uow:
        document = await uow.archives.get(document_id)
        file = document.file
        content = Content(file_id=file.file_id, digest=file.digest, size=file.size, media_type=file.media_type)
        pieces = await opened(content, stores)
        if document.person_id is not None:
            uow.accessed(document.person_id, disclosed=(*SHOWN, "archive_document_content"))
        await uow.commit(None)
    return content, pieces


async def _file(upload_id: UUID, *, uow: UnitOfWork) -> File:
    """The file of an upload, which nothing else can use from now on."""
    upload = await uow.uploads.get(upload_id)
    content = (await uow.uploads.save(upload.use())).content
    return File(file_id=content.file_id, digest=content.digest, size=content.size, media_type=content.media_type)


async def _shown(document: ArchiveDocument, *, uow: UnitOfWork) -> ArchiveDocument:
    if document.person_id is not None:
        uow.accessed(document.person_id, disclosed=SHOWN)
    return await uow.commit(document)
