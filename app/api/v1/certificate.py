"""Certificates: what the register holds of one."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.api.dependencies import may
from app.api.openapi import operation
from app.api.preconditions import etag_of
from app.api.v1.schemas.certificate import CertificateRead
from app.services import certificate
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
