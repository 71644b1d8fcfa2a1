"""Certificates: read, frozen and let go on, brought before a cancellation, and what the passing of days proposes."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.api.dependencies import may
from app.api.idempotency import Command, keyed
from app.api.openapi import operation
from app.api.pagination import Cursor, Limit, Page, page_of, position_of
from app.api.preconditions import ExpectedVersion, etag_of
from app.api.texts import Told
from app.api.v1.schemas.certificate import (
    CancellationOpen,
    CertificateProposalRead,
    CertificateRead,
    FreezeCreate,
    UnfreezingCreate,
)
from app.api.v1.schemas.certificate_case import CaseRead
from app.domain.certificate import CancellationUnderWay, CertificateNotHeld, GroundNotInForce
from app.services.certificate import cancellation, proposal, standing
from app.services.ports.work import UnitOfWork

router = APIRouter(tags=["Certificates"])
step = partial(operation, keyed=True, versioned=True)


@router.get("/certificates/{certificate_id}", **operation("get_certificate", tagged=True))
async def get_certificate(
    certificate_id: UUID, *, uow: Annotated[UnitOfWork, may("get_certificate")], teller: Told, response: Response
) -> CertificateRead:
    """Read a certificate with all its versions and what the caller may do to it; the number is masked."""
    found = await standing.get_certificate(certificate_id, uow=uow)
    response.headers["ETag"] = etag_of(found.version)
    return CertificateRead.of_view(found, teller)


@router.post("/certificates/{certificate_id}/freeze", response_model=CertificateRead, **step("freeze_certificate"))
async def freeze_certificate(
    certificate_id: UUID,
    *,
    asked: FreezeCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("freeze_certificate")],
) -> Response:
    """Let a certificate not be relied on for a time, in writing and with the way to appeal."""
    use_case = partial(
        standing.freeze_certificate, certificate_id, version=version, reason=asked.reason, text=asked.text
    )
    return await command.run(use_case, CertificateRead.of_view)


@router.post(
    "/certificates/{certificate_id}/unfreezing", response_model=CertificateRead, **step("unfreeze_certificate")
)
async def unfreeze_certificate(
    certificate_id: UUID,
    *,
    asked: UnfreezingCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("unfreeze_certificate")],
) -> Response:
    """Let a certificate be relied on again."""
    use_case = partial(standing.unfreeze_certificate, certificate_id, version=version, text=asked.text)
    return await command.run(use_case, CertificateRead.of_view)


@router.post(
    "/certificates/{certificate_id}/cancellation-cases",
    status_code=201,
    response_model=CaseRead,
    **operation(
        "open_certificate_cancellation",
        keyed=True,
        refusals=(CancellationUnderWay, CertificateNotHeld, GroundNotInForce),
        links={"get_certificate_case": "case_id"},
    ),
)
async def open_certificate_cancellation(
    certificate_id: UUID,
    *,
    asked: CancellationOpen,
    command: Annotated[Command, keyed("open_certificate_cancellation")],
) -> Response:
    """Look into whether a certificate is to be cancelled. Nothing changes until a named human has decided it."""
    return await command.run(
        partial(cancellation.open_certificate_cancellation, certificate_id, ground=asked.ground),
        CaseRead.of_view,
        status=201,
        location=lambda view: f"/v1/certificate-cases/{view.id}",
    )


@router.get("/certificate-proposals", **operation("list_certificate_proposals", found=False))
async def list_certificate_proposals(
    uow: Annotated[UnitOfWork, may("list_certificate_proposals")],
    *,
    asked_of: Annotated[UUID | None, Query(description="Only what this account is asked by name.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[CertificateProposalRead]:
    """List which certificates of the caller's areas should be frozen or cancelled by the rules of the place.

    Where a holder is reported dead, the proposal says by which records, and which officer of the county is asked to
    open the cancellation (POST /v1/certificates/{id}/cancellation-cases) or to take the report back. Once that was
    done it is no longer listed. Nothing of it happens by itself. A page may hold fewer than `limit`; go on while there
    is a `next_cursor`.
    """
    found = await proposal.list_certificate_proposals(
        asked_of=asked_of, after=position_of(cursor), limit=limit, uow=uow
    )
    return page_of(found, CertificateProposalRead.of)
