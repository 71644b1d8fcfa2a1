"""Certificates: what the register holds of one."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.api.dependencies import may
from app.api.idempotency import Command, keyed
from app.api.openapi import operation
from app.api.preconditions import etag_of
from app.api.v1.schemas.certificate import CancellationOpen, CaseRead, CertificateRead
from app.domain.certificate import CancellationUnderWay, CertificateNotHeld, GroundNotInForce
from app.services import certificate, certificate_cancellation
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/certificates", tags=["Certificates"])


@router.get("/{certificate_id}", **operation("get_certificate", tagged=True))
async def get_certificate(
    certificate_id: UUID, uow: Annotated[UnitOfWork, may("get_certificate")], response: Response
) -> CertificateRead:
    """Read a certificate with all its versions; the number is masked."""
    found = await certificate.get_certificate(certificate_id, uow=uow)
    response.headers["ETag"] = etag_of(found.version)
    return CertificateRead.of(found)


@router.post(
    "/{certificate_id}/cancellation-cases",
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
        partial(certificate_cancellation.open_cancellation, certificate_id, ground=asked.ground),
        CaseRead.of_view,
        status=201,
        location=lambda view: f"/v1/certificate-cases/{view.id}",
    )
