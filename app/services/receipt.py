"""Use cases of receipts: what a person keeps of an answer, to show to whom the person likes.

One that is overtaken is withdrawn in the transaction of what overtakes it: a decision in whose place another stands, a
grant that ends, a certificate that stands otherwise than it did. That an application was received stays so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from app.domain.application import Application, Item
from app.services.ports.receipt import Receipt, ReceiptSigner
from app.services.ports.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class SignedReceipt:
    """A receipt with its signature, and with what it says in words."""

    of: Receipt
    jws: str = field(repr=False)
    words: Mapping[str, object] = field(default_factory=dict)
    """Parameters of the sentence of its kind."""


async def issue_receipt(
    receipt: Receipt,
    *,
    about: UUID,
    number: str | None,
    words: Mapping[str, object],
    signer: ReceiptSigner,
    uow: UnitOfWork,
) -> SignedReceipt:
    """Put a receipt about a thing on record and sign it, about whoever bears the number.

    Whoever withdraws what it is about calls `uow.receipts.withdraw` with the same id.
    """
    given = await uow.receipts.register(receipt, subject_id=about)
    return SignedReceipt(given, signer.sign(given, number=number), words)


async def get_application_receipt(application_id: UUID, *, signer: ReceiptSigner, uow: UnitOfWork) -> SignedReceipt:
    """That an application was received: when, from whom and for what. Whom it is for, it tells nobody else.

    Source: 行政许可法 art. 32: a written acknowledgement of receipt, with date.
    """
    async with uow:
        application = await uow.applications.get(application_id)
        given = await uow.receipts.of(application_id, kind="application")
        number = (await uow.applications.form(application_id)).applicant.get("citizen_number")
        receipt = replace(given, facts=_facts(application))
        uow.accessed(application.person_id, disclosed=("receipt",))
        words = {
            "submitted_on": uow.calendar(application.region).date_of(application.submitted_at),
            "channel": application.channel,
            "items": tuple(item.code for item in application.items),
            "source_number": application.source_number,
        }
        signed = signer.sign(receipt, number=number if isinstance(number, str) else None)
        return await uow.commit(SignedReceipt(receipt, signed, words))


def _facts(application: Application) -> dict[str, object]:
    return {
        "application_id": str(application.id),
        "source_number": application.source_number,
        "package_code": application.package_code,
        "channel": application.channel.value,
        "items": [_item(item) for item in application.items],
    }


def _item(item: Item) -> dict[str, object]:
    names = {
        "code": item.code,
        "matter_code": item.platform.matter_code.value if item.platform.matter_code else None,
        "source_number": item.platform.source_number,
        "owner_code": item.owner_code,
    }
    return {name: value for name, value in names.items() if value is not None}
