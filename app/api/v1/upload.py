"""Uploads: announced by digest and size, sent piece by piece, used as the file of evidence, and read again."""

from collections.abc import AsyncIterator
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from starlette.requests import ClientDisconnect

from app.api.dependencies import caller, may, ports_of
from app.api.idempotency import Command, keyed
from app.api.openapi import operation
from app.api.problems import PayloadTooLarge, RequestTimeout, UnsupportedMediaType
from app.api.v1.schemas.upload import UploadCreate, UploadRead
from app.domain.evidence import (
    MediaTypeNotTaken,
    UploadDiffers,
    UploadInfected,
    UploadNotReady,
    UploadTooLarge,
)
from app.services import evidence
from app.services.ports.caller import Caller
from app.services.ports.files import FileLost, FilesUnavailable
from app.services.ports.work import UnitOfWork

router = APIRouter(tags=["Evidence"])
OCTETS = "application/octet-stream"
TAKEN = ("application/pdf", "image/jpeg", "image/png", "image/heic", OCTETS)
GIVEN = TAKEN[:-1]
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "image/heic": "heic"}
SHUT_IN = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What somebody has sent is saved and never shown by a browser as if it were ours."""


@router.post(
    "/uploads",
    response_model=UploadRead,
    status_code=201,
    **operation(
        "announce_upload",
        keyed=True,
        refusals=(UploadTooLarge, MediaTypeNotTaken),
        links={"get_upload": "upload_id"},
    ),
)
async def announce_upload(
    asked: UploadCreate, *, command: Annotated[Command, keyed("announce_upload")], request: Request
) -> Response:
    """Say what will be sent: digest, size and type. What is too large or of another kind is refused before it is sent.

    The same content announced again, before anything has used it, is the same upload.
    """
    use_case = partial(evidence.announce_upload, asked.to_announcement(), stores=ports_of(request).stores)
    return await command.run(
        use_case,
        lambda upload, _: UploadRead.of(upload),
        status=201,
        location=lambda upload: f"/v1/uploads/{upload.id}",
    )


@router.get("/uploads/{upload_id}", **operation("get_upload"))
async def get_upload(upload_id: UUID, *, uow: Annotated[UnitOfWork, may("get_upload")]) -> UploadRead:
    """Look how an upload of one's own stands, for instance whether it was scanned."""
    return UploadRead.of(await evidence.get_upload(upload_id, uow=uow))


@router.put(
    "/uploads/{upload_id}/content",
    **operation(
        "receive_upload",
        takes=TAKEN,
        refusals=(
            *(UploadDiffers, UploadInfected, UploadNotReady, FilesUnavailable),
            *(PayloadTooLarge, RequestTimeout, UnsupportedMediaType),
        ),
    ),
)
async def receive_upload(
    upload_id: UUID, *, who: Annotated[Caller, caller("receive_upload")], request: Request
) -> UploadRead:
    """Send the content of an upload of one's own: size, digest and type must be as announced, or nothing is kept.

    It may be sent again, and is kept once. Where the deployment has a scanner, it stays in quarantine until it was
    looked at.
    """
    media_type = request.headers.get("content-type", OCTETS).partition(";")[0].strip().lower()
    if media_type not in TAKEN:
        raise UnsupportedMediaType(f"Send the content with its own `Content-Type`, or as `{OCTETS}`.")
    ports = ports_of(request)
    open_work = partial(ports.open_work, who)
    return UploadRead.of(
        await evidence.receive_upload(upload_id, _pieces(request), stores=ports.stores, open_work=open_work)
    )


@router.get(
    "/evidence/{evidence_id}/content",
    response_class=Response,
    **operation("get_evidence_content", gives=GIVEN, refusals=(FileLost, FilesUnavailable)),
)
async def get_evidence_content(
    evidence_id: UUID, *, uow: Annotated[UnitOfWork, may("get_evidence_content")], request: Request
) -> StreamingResponse:
    """Get the file of some evidence, to be saved. That it was shown is written down before it is sent."""
    content, pieces = await evidence.get_evidence_content(evidence_id, stores=ports_of(request).stores, uow=uow)
    name = f"{evidence_id}.{ENDINGS.get(content.media_type, 'bin')}"
    headers = SHUT_IN | {"Content-Disposition": f'attachment; filename="{name}"', "Content-Length": str(content.size)}
    return StreamingResponse(pieces, media_type=content.media_type, headers=headers)


async def _pieces(request: Request) -> AsyncIterator[bytes]:
    try:
        async for piece in request.stream():
            yield piece
    except ClientDisconnect:
        raise RequestTimeout("The connection broke off. Send the content again.") from None
