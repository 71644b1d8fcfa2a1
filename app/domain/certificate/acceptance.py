"""How a case is taken on: by an officer, by the law itself, or because an office has opened it."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from app.domain.certificate import events
from app.domain.certificate.business import Exemption
from app.domain.certificate.conclusion import GuardianProof, ResidencePermit
from app.domain.certificate.conditions import require_no_guardian, require_residence_permit
from app.domain.certificate.rules import CertificateRules
from app.domain.certificate.stages import Action
from app.domain.person import age_on
from app.domain.shared.access import Principal
from app.domain.shared.identity import Category

if TYPE_CHECKING:
    from app.domain.certificate.case import CertificateCase


def opened_by_office(
    case: "CertificateCase", *, by: Principal, on: date
) -> tuple["CertificateCase", events.CancellationOpened]:
    """Look into whether a certificate is to be cancelled, which nobody has applied for; it counts as accepted."""
    opened = case.stepped(Action.ACCEPT, by=by, on=on)
    return opened, events.CancellationOpened(
        case_id=case.id, opened_by=by.id, organisation_id=opened.organisation_of(Action.ACCEPT), opened_on=on
    )


def accept(
    case: "CertificateCase",
    *,
    by: Principal,
    on: date,
    birth_date: date,
    guardian_proof: GuardianProof,
    rules: CertificateRules,
    found_before: frozenset[Category] = frozenset(),
    residence_permit: ResidencePermit = ResidencePermit.NOT_SHOWN,
    exemption: Exemption | None = None,
) -> tuple["CertificateCase", events.CaseAccepted]:
    """Take the case on, its materials being complete (受理), or with an exemption from what bars it.

    Source: 残疾人证管理办法 (2017), art. 9(1): minors, intellectual and mental disability need a guardian's proof.

    Raises:
        ResidencePermitMissing: it is accepted where the person lives, and no residence permit is shown.
        GuardianProofMissing: the holder is a minor, or names or holds such a category, and no proof is shown.
    """
    moved = case.stepped(Action.ACCEPT, by=by, on=on)
    if case.accepting_region is not None:
        require_residence_permit(residence_permit)
    if guardian_proof is GuardianProof.NOT_SHOWN:
        require_no_guardian(age_on(birth_date, on), case.declared_categories | found_before, rules)
    used = rules.adult_age_years.reference, rules.guarded_categories.reference
    accepted = replace(moved, guardian_proof=guardian_proof, exemption=exemption, rule_versions=case.with_rules(*used))
    return accepted, events.CaseAccepted(
        case_id=case.id, accepted_by=by.id, organisation_id=moved.organisation_of(Action.ACCEPT), accepted_on=on
    )


def deem_accepted(
    case: "CertificateCase", *, on: date, organisation_id: UUID, rule_versions: tuple[str, ...]
) -> tuple["CertificateCase", events.CaseDeemedAccepted]:
    """Count as accepted, because nobody has said in time what is missing (视为受理).

    Source: 行政许可法 art. 32(4): from the day on which the application came in. Who is asked for the office is the
    organisation that answers for the item.
    """
    step = case.way.lifecycle.step_by_itself(case, Action.DEEM_ACCEPTED, on=on, organisation_id=organisation_id)
    versions = case.with_rules(*rule_versions)
    deemed = replace(case, stage=step.stage, done=(*case.done, step), rule_versions=versions)
    return deemed, events.CaseDeemedAccepted(
        case_id=case.id, organisation_id=organisation_id, accepted_on=on, rule_versions=rule_versions
    )
