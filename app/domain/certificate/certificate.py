"""The certificate that a person holds: a lineage of immutable versions, of which the last one counts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Self
from uuid import UUID

from app.domain.certificate.business import BusinessRules, Validity
from app.domain.certificate.case import CertificateCase
from app.domain.certificate.events import CertificateCancelled, CertificateFirstIssued, CertificateReplaced
from app.domain.certificate.refusals import StandardNotMet
from app.domain.certificate.rules import CertificateRules
from app.domain.certificate.stages import Action, Stage
from app.domain.certificate.standing import CertificateStatus, standing_on, valid_until
from app.domain.shared.errors import IllegalTransition
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
    """Why it stands so: the reason of a freeze, the ground of a cancellation, or the business that replaced it."""

    def status_on(self, on: date) -> CertificateStatus:
        """How it stands on a day.

        Source: 残疾人证管理办法 (2017), art. 19: valid for ten years.
        """
        return standing_on(self.status, self.valid_until, on)

    def is_reissue_of(self, before: Self) -> bool:
        """Say whether it stands in the place of a lost one: the same number, with one more reissue behind it."""
        return self.number != before.number and self.number.value[:20] == before.number.value[:20]


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A person's disability certificate (残疾人证) through its life; its last version counts.

    `version` counts up with every change, of the status too.

    Source: 残疾人证管理办法 (2017), arts. 5, 19-24, for what may follow on what.
    """

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

    @property
    def lost_on(self) -> tuple[date, ...]:
        """The days on which a card was issued in the place of a lost one."""
        return tuple(after.issued_on for before, after in pairwise(self.versions) if after.is_reissue_of(before))

    def reissue(
        self,
        case: CertificateCase,
        *,
        citizen_number: CitizenNumber,
        on: date,
        rules: CertificateRules,
        business: BusinessRules,
    ) -> tuple[Self, CertificateReplaced]:
        """The next version, of a case that has just been issued: renewed, replaced, migrated or changed.

        What doctors have found anew stands on it; otherwise it says what the one before said. It lies where the case
        was handled, which for a migration is the new place.

        Raises:
            IllegalTransition: the case is not issued.
            StandardNotMet: the doctors found that the standard is not met.
            InvalidCertificateNumber: the suffix has come to its end.
        """
        if case.stage is not Stage.ISSUED:
            raise IllegalTransition("The case is not issued, so nothing is replaced yet.", stage=case.stage.value)
        after = _next_version(self.current, case, citizen_number=citizen_number, on=on, rules=rules, business=business)
        before = replace(
            self.current, status=CertificateStatus.REPLACED, status_since=on, status_reason=case.business.value
        )
        replaced = replace(self, region=case.region, versions=(*self.versions[:-1], before, after))
        return replaced, CertificateReplaced(
            certificate_id=self.id,
            case_id=case.id,
            business=case.business,
            issued_on=on,
            valid_until=after.valid_until,
            rule_versions=(business.reference, rules.validity_years.reference),
        )

    def cancel(self, case: CertificateCase, *, on: date) -> tuple[Self, CertificateCancelled]:
        """The certificate after a case has cancelled it (注销).

        Raises:
            IllegalTransition: the case has not come to that.
        """
        if case.stage is not Stage.CANCELLED or case.ground is None:
            raise IllegalTransition("The case has cancelled nothing yet.", stage=case.stage.value)
        ended = replace(
            self.current, status=CertificateStatus.CANCELLED, status_since=on, status_reason=case.ground.value
        )
        cancelled = replace(self, versions=(*self.versions[:-1], ended))
        return cancelled, CertificateCancelled(certificate_id=self.id, case_id=case.id, cancelled_on=on)

    def status_on(self, on: date) -> CertificateStatus:
        """How the certificate stands on a day."""
        return self.current.status_on(on)


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


def _next_version(
    before: CertificateVersion,
    case: CertificateCase,
    *,
    citizen_number: CitizenNumber,
    on: date,
    rules: CertificateRules,
    business: BusinessRules,
) -> CertificateVersion:
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
