"""Use cases: whether certificates that somebody shows are good, with the least that the caller's purpose needs."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.certificate import Claims, Disclosure, DisclosureLevel, VerificationResult, verification_outcome
from app.domain.job import Job
from app.domain.job.reading import Row, RowProblem
from app.domain.shared.authz import Scope
from app.domain.shared.errors import DomainError, Forbidden
from app.domain.shared.identity import CertificateNumber, CitizenNumber, Grade
from app.services.job.table_work import Fields, in_column
from app.services.ports.caller import Caller
from app.services.ports.certificate import CertificateNumbers, CertificateVerifications, Verified
from app.services.ports.quota import TooManyRequests
from app.services.ports.receipt import ReceiptSigner
from app.services.ports.work import UnitOfWork
from app.services.receipt import SignedReceipt

DETAIL, GRADE_AT_MOST = "detail", "grade_at_most"
"""The parameters of a job that verifies."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """Which certificates somebody asks about, and how much is to be told."""

    caller: Caller
    claims: Sequence[Claims]
    disclosure: Disclosure


async def verify_certificate(
    asked: Inquiry, *, numbers: CertificateNumbers, verifications: CertificateVerifications
) -> Verified:
    """Answer for each certificate how it stands, and more only where the token's scope opens it.

    Source: 个人信息保护法 (2021), arts. 6 and 28: no more than the purpose needs.

    Raises:
        Forbidden: more than the status is asked for without the scope for it.
        MagicNumberInProduction: a number is for trying things out, and this is no sandbox.
    """
    _require_taken(asked, numbers)
    return await verifications.verify(asked.caller, asked.claims, disclosure=asked.disclosure)


async def verify_with_receipts(
    asked: Inquiry, *, numbers: CertificateNumbers, verifications: CertificateVerifications, signer: ReceiptSigner
) -> tuple[Verified, tuple[SignedReceipt, ...]]:
    """The same, and of each answer a receipt that anybody can check offline; it names nobody.

    Raises:
        Forbidden, MagicNumberInProduction: see `verify_certificate`.
    """
    _require_taken(asked, numbers)
    verified = await verifications.verify_with_receipts(asked.caller, asked.claims, disclosure=asked.disclosure)
    receipts = tuple(
        SignedReceipt(
            receipt,
            signer.sign(receipt, number=one.number.value),
            {"checked_on": verified.on, "standing": receipt.outcome},
        )
        for receipt, one in zip(verified.receipts, asked.claims, strict=True)
    )
    return verified, receipts


def _require_taken(asked: Inquiry, numbers: CertificateNumbers) -> None:
    require_scope_for(asked.disclosure, asked.caller.scopes)
    for place, one in enumerate(asked.claims):
        try:
            numbers.take(one.number)
        except DomainError as refusal:
            refusal.pointer = f"/certificates/{place}/number"
            raise


def require_scope_for(disclosure: Disclosure, scopes: frozenset[str]) -> None:
    """Hold what is asked to be told to what the token may be told.

    Raises:
        Forbidden: more than the status is asked for, be it only a bound of the grade, without the scope for it.
    """
    if disclosure.level is not DisclosureLevel.STATUS and Scope.CERTIFICATES_VERIFY_DETAIL not in scopes:
        raise Forbidden(
            f"More than the status needs the scope {Scope.CERTIFICATES_VERIFY_DETAIL}. Ask for the status only.",
            pointer="/detail",
        )


class CertificateVerificationWork:
    """The same answers, graded alike, for the rows of a table; one record of access a chunk names everybody found."""

    fields = ("outcome", "category", "grade", "is_within_grade")
    compares_when_dry = False

    def __init__(self, numbers: CertificateNumbers) -> None:
        self._numbers = numbers

    def asked(self, row: Row, _job: Job) -> Claims:
        """What a row claims.

        Raises:
            Unprocessable: a number cannot be right, or stands alone.
            DomainError: the number is a magic one, and is not answered here or not now.
        """
        with in_column("number"):
            number = CertificateNumber.parse(row.values["number"])
            self._numbers.take(number)
        claimed = row.values.get("citizen_number")
        with in_column("citizen_number"):
            citizen_number = CitizenNumber.parse(claimed) if claimed else None
        name = unicodedata.normalize("NFC", row.values.get("name", ""))
        return Claims(number=number, name=name or None, citizen_number=citizen_number)

    async def answers(self, asked: Sequence[Claims], *, job: Job, uow: UnitOfWork) -> Sequence[Fields | RowProblem]:
        """How the certificates stand; that they were asked for is written down with who was found.

        Of a holder on whom certificates are tried out nothing is told.
        """
        disclosure = disclosure_of(job)
        require_scope_for(disclosure, job.owner.scopes)
        found = await uow.certificates.claimed(asked)
        guessed = uow.guessed(asked, missed=[one is None for one in found])
        told = [one for one, is_guess in zip(found, guessed, strict=True) if one and not is_guess]
        uow.accessed(*(one.person_id for one in told), disclosed=(disclosure.level,))
        results = (
            verification_outcome(one.facts if one else None, on=uow.today, disclosure=disclosure) for one in found
        )
        return [
            RowProblem(TooManyRequests.code, "number") if is_guess else _fields(result)
            for result, is_guess in zip(results, guessed, strict=True)
        ]


def disclosure_of(job: Job) -> Disclosure:
    """What a job may tell, by its parameters."""
    level = DisclosureLevel(str(job.parameters.get(DETAIL, DisclosureLevel.STATUS)))
    return Disclosure(level=level, grade_at_most=Grade(int(job.parameters.get(GRADE_AT_MOST) or Grade.SECOND)))


def _fields(result: VerificationResult) -> Fields:
    return {
        "outcome": result.outcome.value,
        "category": result.category.value if result.category else None,
        "grade": result.grade.value if result.grade else None,
        "is_within_grade": result.is_within_grade,
    }
