"""The certificate that a person holds: a lineage of immutable versions, of which the last one counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self
from uuid import UUID

from app.domain.certificate.case import CertificateCase
from app.domain.certificate.events import CertificateFirstIssued
from app.domain.certificate.refusals import StandardNotMet
from app.domain.certificate.rules import CertificateRules
from app.domain.certificate.stages import Action, Stage
from app.domain.shared.errors import IllegalTransition
from app.domain.shared.identity import Category, CertificateNumber, CitizenNumber, Grade


class CertificateStatus(StrEnum):
    """How a certificate stands. `expired` is never stored: it follows from the day."""

    IN_FORCE = "in_force"
    EXPIRED = "expired"
    FROZEN = "frozen"
    CANCELLED = "cancelled"
    REPLACED = "replaced"


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

    def status_on(self, on: date) -> CertificateStatus:
        """How it stands on a day.

        Source: 残疾人证管理办法 (2017), art. 19: valid for ten years.
        """
        return standing_on(self.status, self.valid_until, on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A person's disability certificate (残疾人证) through its life; `version` names the version that counts."""

    id: UUID
    person_id: UUID
    region: str
    accepting_organisation_id: UUID
    approving_organisation_id: UUID
    versions: tuple[CertificateVersion, ...]
    application_id: UUID | None = None
    version: int = 1

    @classmethod
    def first_issue(
        cls, case: CertificateCase, *, citizen_number: CitizenNumber, on: date, rules: CertificateRules
    ) -> tuple[Self, CertificateFirstIssued]:
        """The certificate of a case that has just been issued.

        Source: 残疾人证管理办法 (2017), art. 5: identity number, category and grade; art. 19: ten years.

        Raises:
            IllegalTransition: the case is not issued.
        """
        if case.stage is not Stage.ISSUED or case.certificate_id is None:
            raise IllegalTransition("The case is not issued, so there is no certificate yet.", stage=case.stage.value)
        first = _first_version(case, citizen_number, on=on, rules=rules)
        certificate = cls(
            id=case.certificate_id,
            person_id=case.person_id,
            region=case.region,
            accepting_organisation_id=case.organisation_of(Action.ACCEPT),
            approving_organisation_id=case.organisation_of(Action.APPROVE),
            versions=(first,),
            application_id=case.application_id,
        )
        return certificate, CertificateFirstIssued(
            certificate_id=certificate.id,
            case_id=case.id,
            issued_on=on,
            valid_until=first.valid_until,
            rule_versions=(rules.validity_years.reference,),
        )

    @property
    def current(self) -> CertificateVersion:
        """The version that counts."""
        return self.versions[-1]

    def status_on(self, on: date) -> CertificateStatus:
        """How the certificate stands on a day."""
        return self.current.status_on(on)


def standing_on(stored: CertificateStatus, valid_until: date, on: date) -> CertificateStatus:
    """The status on a day, from the stored one and the last day of validity.

    A day before the issue is not told apart: a certificate that is in the register has been issued.

    >>> standing_on(CertificateStatus.IN_FORCE, date(2036, 11, 24), date(2036, 11, 25)).value
    'expired'
    """
    if stored is CertificateStatus.IN_FORCE and on > valid_until:
        return CertificateStatus.EXPIRED
    return stored


def valid_until(issued_on: date, *, years: int) -> date:
    """The last day of a validity counted in years.

    Source: 民法典 arts. 201, 202: counting starts the day after and ends on the corresponding day; where that month
    has no such day, on the last day of the month.

    >>> valid_until(date(2028, 2, 29), years=10)
    datetime.date(2038, 2, 28)
    """
    try:
        return issued_on.replace(year=issued_on.year + years)
    except ValueError:  # 29 February of a year that has none
        return issued_on.replace(year=issued_on.year + years, day=28)


def _first_version(
    case: CertificateCase, citizen_number: CitizenNumber, *, on: date, rules: CertificateRules
) -> CertificateVersion:
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
