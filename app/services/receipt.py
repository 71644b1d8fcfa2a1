"""Use cases of receipts: what a person keeps of an answer, to show to whom the person likes.

One that is overtaken is withdrawn in the transaction of what overtakes it: a decision in whose place another stands, a
grant that ends, a certificate that stands otherwise than it did, a consent that is taken back. That an application was
received stays so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from uuid import UUID

from app.domain.application import Application, Item
from app.domain.consent import Consent, ConsentStage, named
from app.domain.organisation import Organisation
from app.domain.shared.errors import Conflict
from app.domain.shared.wording import Wording
from app.services.consent import RECEIPT, RECEIPT_OF_WITHDRAWAL
from app.services.ports.receipt import Receipt, ReceiptSigner
from app.services.ports.work import UnitOfWork


class ReceiptWithdrawn(Conflict):
    """A receipt that was withdrawn is to be put on paper, where nobody would see that."""

    code = "receipt_withdrawn"
    title = "The receipt was withdrawn"


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


async def get_consent_receipt(consent_id: UUID, *, signer: ReceiptSigner, uow: UnitOfWork) -> SignedReceipt:
    """To what a person has agreed, and how it is taken back; or that it was.

    Source: 个人信息保护法 (2021) arts. 14, 15, 17: agreed to knowingly, and taken back as easily.
    """
    async with uow:
        consent = await uow.consents.get(consent_id)
        person = await uow.persons.get(consent.person_id)
        receiver = await uow.organisations.get(consent.receiver_id)
        kind = RECEIPT if consent.stage is ConsentStage.GIVEN else RECEIPT_OF_WITHDRAWAL
        receipt = replace(
            await uow.receipts.of(consent.id, kind=kind), checked_at=uow.now, facts=_agreed(consent, receiver)
        )
        number = person.citizen_number_on(uow.today)
        uow.accessed(consent.person_id, disclosed=("receipt",))
        words: dict[str, object] = {
            "receiver": Wording(zh=receiver.name, en=receiver.name_en),
            "purpose": consent.purpose,
            "fields": named(consent.fields),
            "valid_from": consent.valid_from,
            "valid_to": consent.valid_to,
            "withdrawn_on": consent.withdrawn_on,
        }
        signed = signer.sign(receipt, number=number.value if number else None)
        return await uow.commit(SignedReceipt(receipt, signed, words))


def _agreed(consent: Consent, receiver: Organisation) -> dict[str, object]:
    facts = {
        "consent_id": str(consent.id),
        "purpose": consent.purpose,
        "receiver_id": str(receiver.id),
        "receiver_code": receiver.code,
        "fields": named(consent.fields),
        "valid_from": str(consent.valid_from),
        "valid_to": str(consent.valid_to),
        "withdrawn_on": str(consent.withdrawn_on) if consent.withdrawn_on else None,
        "withdrawal": f"/v1/consents/{consent.id}/withdrawal" if consent.stage is ConsentStage.GIVEN else None,
    }
    return {name: value for name, value in facts.items() if value is not None}


@dataclass(frozen=True, slots=True)
class ReceiptOnPaper:
    """A receipt as it was given, what it says, and its days by the calendar of the law."""

    jws: str
    claims: Mapping[str, object]
    kind: str
    checked_on: date
    last_day: date


async def print_receipt(text: str, *, signer: ReceiptSigner, uow: UnitOfWork) -> ReceiptOnPaper:
    """What a receipt says, to be put on paper. It names nobody, so that nobody's access is recorded.

    Raises:
        ReceiptNotOurs: the key of this deployment has not signed it.
        ReceiptWithdrawn: what it says was overtaken.
    """
    claims = signer.read(text)
    async with uow:
        if await uow.receipts.is_withdrawn(UUID(str(claims["jti"]))):
            raise ReceiptWithdrawn("What it says counts no longer. Ask for what counts now.")
        calendar = uow.calendar("")
        ends_at = datetime.fromtimestamp(int(str(claims["exp"])) - 1, UTC)
        on_paper = ReceiptOnPaper(
            jws=text.removesuffix("~"),
            claims=claims,
            kind=str(claims["vct"]).rpartition("/")[2],
            checked_on=calendar.date_of(datetime.fromisoformat(str(claims["checked_at"]))),
            last_day=calendar.date_of(ends_at),
        )
        return await uow.commit(on_paper)


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
