"""Receipts: what a person keeps, signed so that anybody can check it with our published keys alone."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from app.api.dependencies import may, ports_of
from app.api.openapi import operation
from app.api.pages.receipt import receipt_page
from app.api.texts import Told
from app.api.v1.schemas.receipt import ReceiptPageCreate, ReceiptRead
from app.services import receipt
from app.services.ports.receipt import ReceiptNotOurs
from app.services.ports.work import UnitOfWork

router = APIRouter()
PAGE = {"schema": {"type": "string", "maxLength": 400_000, "description": "The page."}}


def printed(name: str) -> dict[str, Any]:
    """The arguments of a route that answers with a page."""
    told = operation(name, refusals=(ReceiptNotOurs, receipt.ReceiptWithdrawn))
    told["responses"][200] = {"description": "The page.", "content": {"text/html": PAGE}}
    return told


@router.get("/applications/{application_id}/receipt", tags=["Applications"], **operation("get_application_receipt"))
async def get_application_receipt(
    application_id: UUID,
    request: Request,
    *,
    uow: Annotated[UnitOfWork, may("get_application_receipt")],
    teller: Told,
) -> ReceiptRead:
    """Give the receipt of an application, for the person to keep.

    It is a compact JWS (ES256) of the type `dc+sd-jwt`; with `~` at its end it is an SD-JWT without disclosures. It
    says what was received and when, and names nobody.
    """
    ports = ports_of(request)
    signed = await receipt.get_application_receipt(application_id, signer=ports.receipts, uow=uow)
    return ReceiptRead.of(signed, teller, issuer=ports.issuer)


@router.get("/consents/{consent_id}/receipt", tags=["Consents"], **operation("get_consent_receipt"))
async def get_consent_receipt(
    consent_id: UUID,
    request: Request,
    *,
    uow: Annotated[UnitOfWork, may("get_consent_receipt")],
    teller: Told,
) -> ReceiptRead:
    """Give the receipt of a consent, for the person to keep: who is told what, what for, and how it is taken back.

    Once the consent was taken back, it is the receipt of that. It names the receiver, and nobody else.
    """
    ports = ports_of(request)
    signed = await receipt.get_consent_receipt(consent_id, signer=ports.receipts, uow=uow)
    return ReceiptRead.of(signed, teller, issuer=ports.issuer)


@router.post("/receipt-pages", tags=["Receipts"], response_class=HTMLResponse, **printed("print_receipt"))
async def print_receipt(
    asked: ReceiptPageCreate, *, uow: Annotated[UnitOfWork, may("print_receipt")], teller: Told, request: Request
) -> Response:
    """Put a receipt on paper: a page to print on a sheet or a card, with a QR code that holds it signed.

    It takes any receipt that this deployment has given and not withdrawn, names nobody, keeps nothing and loads
    nothing. Where a receipt is too long for a code of version 25, the page has its text alone.
    """
    on_paper = await receipt.print_receipt(asked.jws, signer=ports_of(request).receipts, uow=uow)
    return receipt_page(on_paper, asked.paper, teller)
