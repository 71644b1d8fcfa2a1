"""Use cases: whether certificates that somebody shows are good, with the least that the caller's purpose needs."""

import unicodedata
from collections.abc import Sequence

from app.domain.certificate import Claims, Disclosure, DisclosureLevel, VerificationResult, verification_outcome
from app.domain.job import Job
from app.domain.job.reading import Row
from app.domain.shared.authz import Scope
from app.domain.shared.errors import DomainError, Forbidden
from app.domain.shared.identity import CertificateNumber, CitizenNumber, Grade
from app.services.job.table_work import Fields, in_column
from app.services.ports.caller import Caller
from app.services.ports.certificate import CertificateNumbers, CertificateVerifications, Verified
from app.services.ports.work import UnitOfWork

DETAIL, GRADE_AT_MOST = "detail", "grade_at_most"
"""The parameters of a job that verifies."""


async def verify_certificate(
    claims: Sequence[Claims],
    *,
    disclosure: Disclosure,
    caller: Caller,
    numbers: CertificateNumbers,
    verifications: CertificateVerifications,
) -> Verified:
    """Answer for each certificate how it stands, and more only where the token's scope opens it.

    Source: 个人信息保护法 (2021), arts. 6 and 28: no more than the purpose needs.

    Raises:
        Forbidden: category and grade are asked for without the scope for them.
        MagicNumberInProduction: a number is for trying things out, and this is no sandbox.
    """
    require_scope_for(disclosure, caller.scopes)
    for place, one in enumerate(claims):
        try:
            numbers.take(one.number)
        except DomainError as refusal:
            refusal.pointer = f"/certificates/{place}/number"
            raise
    return await verifications.verify(caller, claims, disclosure=disclosure)


def require_scope_for(disclosure: Disclosure, scopes: frozenset[str]) -> None:
    """Hold what is asked to be told to what the token may be told.

    Raises:
        Forbidden: category and grade are asked for without the scope for them.
    """
    if disclosure.level is not DisclosureLevel.STATUS and Scope.CERTIFICATES_VERIFY_DETAIL not in scopes:
        raise Forbidden(
            f"Category and grade need the scope {Scope.CERTIFICATES_VERIFY_DETAIL}. Ask for the status only.",
            pointer="/detail",
        )


class CertificateVerificationWork:
    """The same answers, graded alike, for the rows of a table; one record of access a chunk names everybody found."""

    fields = ("outcome", "category", "grade", "is_within_grade")

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

    async def answers(self, asked: Sequence[Claims], *, job: Job, uow: UnitOfWork) -> Sequence[Fields]:
        """How the certificates stand; that they were asked for is written down with who was found."""
        disclosure = disclosure_of(job)
        require_scope_for(disclosure, job.owner.scopes)
        found = await uow.certificates.claimed(asked)
        uow.accessed(*(one.person_id for one in found if one), disclosed=(disclosure.level,))
        results = (
            verification_outcome(one.facts if one else None, on=uow.today, disclosure=disclosure) for one in found
        )
        return [_fields(result) for result in results]


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
