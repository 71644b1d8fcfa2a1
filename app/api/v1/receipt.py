"""Receipts: what a person keeps, signed so that anybody can check it with our published keys alone."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request

from app.api.dependencies import may, ports_of
from app.api.openapi import operation
from app.api.texts import Told
from app.api.v1.schemas.receipt import ReceiptRead
from app.services import receipt
from app.services.ports.work import UnitOfWork

router = APIRouter(tags=["Applications"])


@router.get("/applications/{application_id}/receipt", **operation("get_application_receipt"))
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
