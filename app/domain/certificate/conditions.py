"""What a step of certificate business waits for besides its stage and its role."""

from datetime import date

from app.domain.certificate.conclusion import (
    DesignatedInstitution,
    EvaluationConclusion,
    GuardianProofMissing,
    NotTheDesignatedInstitution,
    ResidencePermit,
)
from app.domain.certificate.notice import Notice
from app.domain.certificate.refusals import (
    CancellationGround,
    NotConcludedUnmet,
    NoticeStillRunning,
    ResidencePermitMissing,
    StandardNotMet,
)
from app.domain.certificate.rules import CertificateRules
from app.domain.shared.access import Principal
from app.domain.shared.identity import Category


def require_no_guardian(age: int, declared: frozenset[Category], rules: CertificateRules) -> None:
    """Without a guardian's proof nobody is taken on who is a minor, or names a category in which one is needed.

    Raises:
        GuardianProofMissing: the person is such a one.
    """
    if age < rules.adult_age_years.value or declared & rules.guarded_categories.value:
        raise GuardianProofMissing("This person needs a guardian's proof. Ask for it before you accept.")


def require_institution(institution: DesignatedInstitution | None, *, by: Principal) -> None:
    """Only the institution that was asked concludes.

    Raises:
        NotTheDesignatedInstitution: another one does.
    """
    if institution is None or institution.id not in by.organisation_ids:
        asked = str(institution.id) if institution else "none yet"
        raise NotTheDesignatedInstitution(
            f"The institution that was asked is {asked}. Only that one concludes, or declines.", institution_id=asked
        )


def require_standard_met(conclusion: EvaluationConclusion | None) -> None:
    """Only a conclusion that the standard is met is put up.

    Raises:
        StandardNotMet: it is not.
    """
    if conclusion is None or not conclusion.meets_standard:
        raise StandardNotMet("The standard is not met, so there is nothing to put up. Refuse the case with the reason.")


def require_notice_over(notice: Notice | None, *, on: date) -> None:
    """The review follows the notice, whose last day belongs to the public whole.

    Raises:
        NoticeStillRunning: the last day has not passed.
    """
    last_day = notice.last_day if notice else date.max
    if on <= last_day:
        raise NoticeStillRunning(
            f"The public notice runs until {last_day}. Review the day after.", last_day=str(last_day)
        )


def require_ground(ground: CancellationGround | None, conclusion: EvaluationConclusion | None) -> None:
    """That the standard is no longer met is a ground only where doctors have concluded it.

    Raises:
        NotConcludedUnmet: nobody has, or they have concluded the contrary.
    """
    needs_doctors = ground is CancellationGround.NO_LONGER_MEETS_STANDARD
    if needs_doctors and (conclusion is None or conclusion.meets_standard):
        raise NotConcludedUnmet("Have a designated institution evaluate the person first, and decide then.")


def require_residence_permit(permit: ResidencePermit) -> None:
    """Who has business accepted where they live shows that they live there.

    Source: the guide to cross-province business (跨省通办) of 2021-06-28.

    Raises:
        ResidencePermitMissing: no valid residence permit was shown.
    """
    if permit is ResidencePermit.NOT_SHOWN:
        raise ResidencePermitMissing("Ask for a valid residence permit of this place before you accept.")
