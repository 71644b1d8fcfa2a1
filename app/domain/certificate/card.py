"""What a card says, and how the next one follows from a case that was issued."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from app.domain.certificate.business import BusinessRules, Validity
from app.domain.certificate.case import CertificateCase
from app.domain.certificate.refusals import StandardNotMet
from app.domain.certificate.rules import CertificateRules
from app.domain.certificate.standing import CertificateStatus, standing_on, valid_until
from app.domain.shared.identity import Category, CertificateNumber, CitizenNumber, Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateVersion:
    """What the card says. A correction, a loss or a change makes the next version; this one stays as it was.

    The number changes with category, grade and loss, so it is an attribute and never a key.
    """

    version: int
    number: CertificateNumber
    category: Category
    components: Mapping[Category, Grade]
    """The grade of each category that was found, also where it is only one."""
    grade: Grade
    issued_on: date
    valid_until: date
    """The last day of validity."""
    status: CertificateStatus = CertificateStatus.IN_FORCE
    status_since: date | None = None
    """The first day of a status that is not the one of the issue."""
    status_reason: str | None = None
    """Why it stands so: the reason of a freeze, the ground of a cancellation, or what replaced it."""

    def status_on(self, on: date) -> CertificateStatus:
        """How it stands on a day.

        Source: 残疾人证管理办法 (2017), art. 19: valid for ten years.
        """
        return standing_on(self.status, self.valid_until, on)

    def is_reissue_of(self, before: Self) -> bool:
        """Say whether it stands in the place of a lost one: the same number, with one more reissue behind it."""
        return self.number != before.number and self.number.value[:20] == before.number.value[:20]


def first_version(
    case: CertificateCase, citizen_number: CitizenNumber, *, on: date, rules: CertificateRules
) -> CertificateVersion:
    """What the first card says, by what the doctors have found.

    Raises:
        StandardNotMet: they have found no category and no grade.
    """
    found = case.conclusion
    if found is None or found.category is None or found.grade is None:
        raise StandardNotMet("No doctor has concluded a category and a grade, so no number can be made.")
    return CertificateVersion(
        version=1,
        number=CertificateNumber.of(citizen_number, category=found.category, grade=found.grade),
        category=found.category,
        components=found.found,
        grade=found.grade,
        issued_on=on,
        valid_until=valid_until(on, years=rules.validity_years.value),
    )


def next_version(
    before: CertificateVersion,
    case: CertificateCase,
    *,
    citizen_number: CitizenNumber,
    on: date,
    rules: CertificateRules,
    business: BusinessRules,
) -> CertificateVersion:
    """What the next card says: what doctors have found anew, and otherwise what the one before said.

    Raises:
        StandardNotMet: the doctors found that the standard is not met.
        InvalidCertificateNumber: the suffix has come to its end.
    """
    category, grade, components = before.category, before.grade, before.components
    if (found := case.conclusion) is not None:
        if found.category is None or found.grade is None:
            raise StandardNotMet("The doctors found that the standard is not met, so nothing can be issued.")
        category, grade, components = found.category, found.grade, found.found
    number = business.number(before.number, citizen_number=citizen_number, category=category, grade=grade)
    is_anew = business.validity is Validity.ANEW
    return CertificateVersion(
        version=before.version + 1,
        number=number,
        category=category,
        components=components,
        grade=grade,
        issued_on=on,
        valid_until=valid_until(on, years=rules.validity_years.value) if is_anew else before.valid_until,
    )
