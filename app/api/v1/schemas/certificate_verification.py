"""Verifications of certificates, as they travel."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Annotated, Self

from pydantic import Field

from app.api.v1.schemas.receipt import ReceiptRead
from app.api.v1.schemas.types import (
    CertificateNumberText,
    CitizenNumberText,
    Input,
    Output,
    PersonName,
)
from app.domain.certificate import (
    Claims,
    Disclosure,
    DisclosureLevel,
    Outcome,
    VerificationResult,
)
from app.domain.shared.errors import DomainError
from app.domain.shared.identity import Category, CertificateNumber, CitizenNumber, Grade
from app.services.ports.certificate import Verified

MAX_VERIFICATIONS = 100


class ClaimedCertificate(Input):
    """A certificate as somebody shows it: its number, with the holder's name or identity number, or both."""

    number: CertificateNumberText
    name: Annotated[PersonName | None, Field(description="The holder's name as on the certificate.")] = None
    citizen_number: Annotated[CitizenNumberText | None, Field(description="The holder's identity number.")] = None

    def to_claims(self) -> Claims:
        """What is claimed, in the domain's words."""
        number = CitizenNumber.parse(self.citizen_number) if self.citizen_number else None
        return Claims(number=CertificateNumber.parse(self.number), name=self.name, citizen_number=number)


class CertificateVerificationRequest(Input):
    """Up to a hundred certificates to verify in one call."""

    certificates: Annotated[list[ClaimedCertificate], Field(min_length=1, max_length=MAX_VERIFICATIONS)]
    detail: Annotated[DisclosureLevel, Field(description="How much the purpose needs to know.")] = (
        DisclosureLevel.STATUS
    )
    grade_at_most: Annotated[Grade, Field(description="For `grade_at_most`: the lightest grade that counts.")] = (
        Grade.SECOND
    )
    receipts: Annotated[
        bool, Field(description="Whether each answer comes with a receipt that anybody can check offline.")
    ] = False

    def to_claims(self) -> list[Claims]:
        """What is claimed of each, in their order; a refusal points at the one that it is about."""
        claims = []
        for place, one in enumerate(self.certificates):
            try:
                claims.append(one.to_claims())
            except DomainError as refusal:
                refusal.pointer = f"/certificates/{place}"
                raise
        return claims

    def to_disclosure(self) -> Disclosure:
        """What may be told, in the domain's words."""
        return Disclosure(level=self.detail, grade_at_most=self.grade_at_most)


class VerificationResultRead(Output):
    """How one certificate stands. Empty fields were not asked for, or are not to be told; both look alike."""

    outcome: Outcome
    category: Category | None
    grade: Grade | None
    is_within_grade: bool | None
    receipt: Annotated[ReceiptRead | None, Field(description="The receipt, where it was asked for.")]

    @classmethod
    def of(cls, result: VerificationResult, receipt: ReceiptRead | None = None) -> Self:
        """The answer as it travels."""
        return cls(
            outcome=result.outcome,
            category=result.category,
            grade=result.grade,
            is_within_grade=result.is_within_grade,
            receipt=receipt,
        )


class CertificateVerificationRead(Output):
    """The answers in the order of the questions."""

    checked_on: Annotated[date, Field(description="The day for which the answers hold.")]
    results: Annotated[list[VerificationResultRead], Field(max_length=MAX_VERIFICATIONS)]

    @classmethod
    def of(cls, verified: Verified) -> Self:
        """The answers as they travel."""
        return cls(checked_on=verified.on, results=list(map(_without_receipt, verified.results)))

    @classmethod
    def with_receipts(cls, verified: Verified, receipts: Iterable[ReceiptRead]) -> Self:
        """The answers, each with its receipt."""
        return cls(checked_on=verified.on, results=list(map(VerificationResultRead.of, verified.results, receipts)))


@cache
def _without_receipt(result: VerificationResult) -> VerificationResultRead:
    """An answer that many get: there are some forty of them, and it takes longer to write one than to find it."""
    return VerificationResultRead.of(result)
