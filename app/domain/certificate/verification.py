"""Whether a certificate that somebody shows is good: as much of an answer as is needed, and no more."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from app.domain.certificate.standing import CertificateStatus, standing_on
from app.domain.shared.errors import Unprocessable
from app.domain.shared.identity import Category, CertificateNumber, CitizenNumber, Grade


class ClaimMissing(Unprocessable):
    """A number alone is asked about, without the name or the identity number that goes with it."""

    code = "claim_missing"
    title = "Say whose certificate it is"


class Outcome(StrEnum):
    """What a verification answers. An unknown number and a wrong name answer alike."""

    IN_FORCE = "in_force"
    EXPIRED = "expired"
    FROZEN = "frozen"
    CANCELLED = "cancelled"
    REPLACED = "replaced"
    NO_MATCH = "no_match"


class DisclosureLevel(StrEnum):
    """How much of a certificate in force the purpose of the question needs."""

    STATUS = "status"
    """Only how the certificate stands."""
    GRADE_AT_MOST = "grade_at_most"
    """Also whether the grade is at most the one asked for: grade 2 means severe."""
    CATEGORY_AND_GRADE = "category_and_grade"
    """Also category and grade."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What the asker says: a certificate number, and whose it is. Nothing of it shows itself in logs.

    Raises:
        ClaimMissing: neither name nor identity number is given, so that numbers could be guessed.
    """

    number: CertificateNumber
    name: str | None = field(default=None, repr=False)
    citizen_number: CitizenNumber | None = None

    def __post_init__(self) -> None:
        """Refuse a question about a number alone."""
        if self.name is None and self.citizen_number is None:
            raise ClaimMissing("Give the holder's name or identity number together with the certificate number.")


class CertificateFacts(NamedTuple):
    """What the register holds for claims that agree with it; a tuple, for a hundred are made for one question."""

    status: CertificateStatus
    valid_until: date
    category: Category
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """What may be told: a level and, where the question is of severity, the lightest grade that still counts."""

    level: DisclosureLevel = DisclosureLevel.STATUS
    grade_at_most: Grade = Grade.SECOND


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationResult:
    """The answer. What is not to be told is empty, and empty looks the same for every reason."""

    outcome: Outcome
    category: Category | None = None
    grade: Grade | None = None
    is_within_grade: bool | None = None


_ONLY_SO: Mapping[str, VerificationResult] = {outcome: VerificationResult(outcome=outcome) for outcome in Outcome}
"""How a certificate stands, and nothing else."""


def verification_outcome(facts: CertificateFacts | None, *, on: date, disclosure: Disclosure) -> VerificationResult:
    """The answer to whoever is shown a certificate, with the least that the disclosure allows.

    No facts means that the claims agree with nothing on the register, for whatever reason. A certificate that is not in
    force tells nothing but that.

    Source: 个人信息保护法 (2021), arts. 6, 28: no more than the purpose needs; health is sensitive.
    """
    if facts is None:
        return _ONLY_SO[Outcome.NO_MATCH]
    standing = standing_on(facts.status, facts.valid_until, on)
    if standing is not CertificateStatus.IN_FORCE or disclosure.level is DisclosureLevel.STATUS:
        return _ONLY_SO[standing]
    return _disclosed(facts, disclosure)


def _disclosed(certificate: CertificateFacts, disclosure: Disclosure) -> VerificationResult:
    if disclosure.level is DisclosureLevel.CATEGORY_AND_GRADE:
        return VerificationResult(outcome=Outcome.IN_FORCE, category=certificate.category, grade=certificate.grade)
    is_within = certificate.grade <= disclosure.grade_at_most
    return VerificationResult(outcome=Outcome.IN_FORCE, is_within_grade=is_within)
