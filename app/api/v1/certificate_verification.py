"""Verification of certificates: how one stands, and no more than the purpose needs."""

from fastapi import APIRouter, Request, Response

from app.api.dependencies import caller_of, ports_of
from app.api.openapi import operation
from app.api.texts import told
from app.api.v1.schemas.certificate_verification import CertificateVerificationRead, CertificateVerificationRequest
from app.api.v1.schemas.receipt import ReceiptRead
from app.services.certificate.verification import Inquiry, verify_with_receipts
from app.services.certificate.verification import verify_certificate as verify
from app.services.magic_number import HOLDER, MAGIC_NUMBERS, AnswerPending, MagicNumberInProduction

router = APIRouter(prefix="/certificate-verifications", tags=["Certificates"])
EXAMPLES = {
    f"magic_{magic.sequence:03d}": {
        "summary": f"In a sandbox: {magic.wording.en}",
        "value": {"certificates": [{"number": magic.number.value, "name": HOLDER}], "detail": "status"},
    }
    for magic in MAGIC_NUMBERS
}


@router.post(
    "", **operation("verify_certificate", refusals=(AnswerPending, MagicNumberInProduction), examples=EXAMPLES)
)
async def verify_certificate(
    asked: CertificateVerificationRequest, *, request: Request, response: Response
) -> CertificateVerificationRead:
    """Say whether certificates are in force; a wrong name and an unknown number answer alike.

    With `receipts` each answer comes with one that anybody can check offline. One that says `in_force` is withdrawn
    in its status list when the certificate is cancelled, frozen or replaced.

    In a sandbox, magic numbers have one answer each; they are listed at `GET /v1/sandbox/scenarios`. Elsewhere a
    request that has one among its numbers is refused, and nothing is looked up.
    """
    ports = ports_of(
        request
    )  # no dependencies: of all requests this one comes most often, and each would be solved anew
    inquiry = Inquiry(caller_of(request, "verify_certificate"), asked.to_claims(), asked.to_disclosure())
    numbers, verifications = ports.certificate_numbers, ports.verifications
    if not asked.receipts:
        return CertificateVerificationRead.of(await verify(inquiry, numbers=numbers, verifications=verifications))
    verified, receipts = await verify_with_receipts(
        inquiry, numbers=numbers, verifications=verifications, signer=ports.receipts
    )
    teller = told(request, response)
    read = (ReceiptRead.of(receipt, teller, issuer=ports.issuer) for receipt in receipts)
    return CertificateVerificationRead.with_receipts(verified, read)
