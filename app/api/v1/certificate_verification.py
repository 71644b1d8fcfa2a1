"""Verification of certificates: how one stands, and no more than the purpose needs."""

from typing import Annotated

from fastapi import APIRouter, Request

from app.api.dependencies import caller, ports_of
from app.api.openapi import operation
from app.api.v1.schemas.certificate import CertificateVerificationRead, CertificateVerificationRequest
from app.services.certificate_verification import verify_certificate as verify
from app.services.ports.caller import Caller

router = APIRouter(prefix="/certificate-verifications", tags=["Certificates"])


@router.post("", **operation("verify_certificate"))
async def verify_certificate(
    asked: CertificateVerificationRequest, who: Annotated[Caller, caller("verify_certificate")], request: Request
) -> CertificateVerificationRead:
    """Say whether certificates are in force; a wrong name and an unknown number answer alike."""
    verified = await verify(
        [one.to_claims() for one in asked.certificates],
        disclosure=asked.to_disclosure(),
        caller=who,
        verifications=ports_of(request).verifications,
    )
    return CertificateVerificationRead.of(verified)
