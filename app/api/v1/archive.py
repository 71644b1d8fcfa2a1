"""Archives: what belongs into them, what is there, what is missing and who brings it; and their documents."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from app.api.dependencies import may, ports_of
from app.api.idempotency import Command, keyed
from app.api.openapi import operation
from app.api.preconditions import etag_of
from app.api.texts import Told
from app.api.v1.schemas.archive import ArchiveDocumentCreate, ArchiveDocumentRead, ArchiveRead
from app.api.v1.upload import ENDINGS, GIVEN, SHUT_IN
from app.domain.archive import (
    ArchiveDayImpossible,
    ArchiveItemUnknown,
    ArchiveYearImpossible,
    DocumentNotOfThisItem,
    DocumentReplaced,
)
from app.domain.evidence import UploadInfected, UploadNotReady, UploadNotScanned
from app.domain.shared.transitions import NotYourFunction, OwnCase
from app.services import archive
from app.services.ports.files import FileLost, FilesUnavailable
from app.services.ports.work import UnitOfWork

router = APIRouter(tags=["Archives"])


@router.get("/persons/{person_id}/archive", **operation("get_person_archive"))
async def get_person_archive(
    person_id: UUID, *, uow: Annotated[UnitOfWork, may("get_person_archive")], told: Told
) -> ArchiveRead:
    """Read how complete a person's archive is (一人一档): what is there, what is missing, and who brings it.

    What the service holds counts by itself: certificate, assessments, plans, visits, referrals. For other items
    documents are filed. Suspected harm stands in no archive.
    """
    return ArchiveRead.of(await archive.get_person_archive(person_id, uow=uow), told)


@router.get("/certificate-cases/{case_id}/archive", **operation("get_certificate_case_archive", tagged=False))
async def get_certificate_case_archive(
    case_id: UUID, *, uow: Annotated[UnitOfWork, may("get_certificate_case_archive")], told: Told
) -> ArchiveRead:
    """Read how complete the archive of a certificate case is, by the checklist of the day of its submission.

    What the package asks to be shown belongs into it, and what the steps so far leave behind. What the person does not
    want to be used is not missing.
    """
    return ArchiveRead.of(await archive.get_certificate_case_archive(case_id, uow=uow), told)


@router.get("/benefit-cases/{case_id}/archive", **operation("get_benefit_case_archive", tagged=False))
async def get_benefit_case_archive(
    case_id: UUID, *, uow: Annotated[UnitOfWork, may("get_benefit_case_archive")], told: Told
) -> ArchiveRead:
    """Read how complete the archive of a case of a benefit is, by the checklist of the day of its submission."""
    return ArchiveRead.of(await archive.get_benefit_case_archive(case_id, uow=uow), told)


@router.get(
    "/organisations/{organisation_id}/archive",
    **operation("get_association_archive", refusals=(ArchiveYearImpossible,)),
)
async def get_association_archive(
    organisation_id: UUID,
    *,
    uow: Annotated[UnitOfWork, may("get_association_archive")],
    told: Told,
    year: Annotated[
        int | None, Query(ge=1900, le=2199, description="Of which year; this one, if none is named.")
    ] = None,
) -> ArchiveRead:
    """Read how complete the archive of an association's work of a year is (残协工作档案). It names nobody.

    Roster, commissioner, groups, visits and survey count by themselves; members, posted rules, plan and report of the
    year are filed.
    """
    return ArchiveRead.of(await archive.get_association_archive(organisation_id, year=year, uow=uow), told)


@router.post(
    "/archive-documents",
    response_model=ArchiveDocumentRead,
    status_code=201,
    **operation(
        "file_archive_document",
        keyed=True,
        found=True,
        refusals=(
            *(ArchiveItemUnknown, ArchiveDayImpossible, ArchiveYearImpossible, DocumentNotOfThisItem),
            *(DocumentReplaced, NotYourFunction, OwnCase, UploadInfected, UploadNotReady, UploadNotScanned),
        ),
        links={"get_archive_document": "document_id"},
    ),
)
async def file_archive_document(
    asked: ArchiveDocumentCreate, *, command: Annotated[Command, keyed("file_archive_document")]
) -> Response:
    """File a document into an archive (归档), with its digest, where it comes from, and what it replaces.

    Nothing is overwritten: what is replaced stays on record, and can be read. Its file is an upload of your own.
    """
    return await command.run(
        partial(archive.file_archive_document, asked.to_file()),
        lambda document, _: ArchiveDocumentRead.of(document),
        status=201,
        location=lambda document: f"/v1/archive-documents/{document.id}",
    )


@router.get("/archive-documents/{document_id}", **operation("get_archive_document"))
async def get_archive_document(
    document_id: UUID, *, uow: Annotated[UnitOfWork, may("get_archive_document")], response: Response
) -> ArchiveDocumentRead:
    """Read what is on record of a document: digest, origin, who filed it when and for whom, and what it replaced."""
    document = await archive.get_archive_document(document_id, uow=uow)
    response.headers["ETag"] = etag_of(document.version)
    return ArchiveDocumentRead.of(document)


@router.get(
    "/archive-documents/{document_id}/content",
    response_class=Response,
    **operation("get_archive_document_content", gives=GIVEN, refusals=(FileLost, FilesUnavailable)),
)
async def get_archive_document_content(
    document_id: UUID, *, uow: Annotated[UnitOfWork, may("get_archive_document_content")], request: Request
) -> StreamingResponse:
    """Get the file of a document, to be saved. That it was shown is written down before it is sent."""
    content, pieces = await archive.get_archive_document_content(document_id, stores=ports_of(request).stores, uow=uow)
    name = f"{document_id}.{ENDINGS.get(content.media_type, 'bin')}"
    headers = SHUT_IN | {"Content-Disposition": f'attachment; filename="{name}"', "Content-Length": str(content.size)}
    return StreamingResponse(pieces, media_type=content.media_type, headers=headers)
