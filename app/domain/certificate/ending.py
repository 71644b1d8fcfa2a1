"""How a case comes to its end: reviewed, decided, handed out, or taken back."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from app.domain.certificate import events
from app.domain.certificate.choice import LapsedChoice
from app.domain.certificate.refusals import ReasonContradictsConclusion, RefusalReason
from app.domain.certificate.rules import CertificateRules
from app.domain.certificate.stages import Action
from app.domain.shared.access import Principal
from app.domain.shared.refusal import Refusal
from app.domain.shared.voice import Word

if TYPE_CHECKING:
    from app.domain.certificate.case import CertificateCase


def review(case: "CertificateCase", *, by: Principal, on: date) -> tuple["CertificateCase", events.CaseReviewed]:
    """Find materials, procedure, conclusion and notice in order (审核).

    Source: 残疾人证管理办法 (2017), art. 9(4): the review follows the notice.

    Raises:
        NoticeStillRunning: the last day of the notice has not passed.
    """
    reviewed = case.stepped(Action.REVIEW, by=by, on=on)
    return reviewed, events.CaseReviewed(case_id=case.id, reviewed_by=by.id, reviewed_on=on)


def approve(case: "CertificateCase", *, by: Principal, on: date) -> tuple["CertificateCase", events.CaseApproved]:
    """Decide to issue (批准).

    Source: 残疾人证管理办法 (2017), arts. 7, 9(4): the county federation decides by the doctors' conclusion.
    """
    approved = case.stepped(Action.APPROVE, by=by, on=on)
    return approved, events.CaseApproved(
        case_id=case.id, approved_by=by.id, organisation_id=approved.organisation_of(Action.APPROVE), approved_on=on
    )


def issue(
    case: "CertificateCase", *, by: Principal, on: date, certificate_id: UUID
) -> tuple["CertificateCase", events.CaseIssued]:
    """Hand out the certificate (核发); `Certificate` makes it from the issued case."""
    issued = replace(case.stepped(Action.ISSUE, by=by, on=on), certificate_id=certificate_id)
    return issued, events.CaseIssued(case_id=case.id, issued_by=by.id, certificate_id=certificate_id, issued_on=on)


def cancel(
    case: "CertificateCase", *, by: Principal, on: date, certificate_id: UUID, rules: CertificateRules
) -> tuple["CertificateCase", events.CaseCancelled]:
    """Decide to cancel the certificate (注销); `Certificate.cancel` follows.

    Source: 残疾人证管理办法 (2017), arts. 7, 22: what doctors have to conclude, they have concluded.

    Raises:
        NotConcludedUnmet: it is said that the standard is no longer met, and no doctor has concluded that.
    """
    moved = case.stepped(Action.CANCEL, by=by, on=on)
    used = rules.appeal.reference
    cancelled = replace(moved, certificate_id=certificate_id, rule_versions=case.with_rules(used))
    return cancelled, events.CaseCancelled(
        case_id=case.id, cancelled_by=by.id, certificate_id=certificate_id, cancelled_on=on, rule_versions=(used,)
    )


def refuse(
    case: "CertificateCase", *, by: Principal, on: date, refusal: Refusal[RefusalReason], rules: CertificateRules
) -> tuple["CertificateCase", events.CaseRefused]:
    """Decide not to issue (不予办理), with the reason in writing and the way to appeal.

    Source: 残疾人证管理办法 (2017), arts. 9(3), 25.

    Raises:
        ReasonContradictsConclusion: no doctor has concluded what the reason says.
    """
    moved = case.stepped(Action.REFUSE, by=by, on=on)
    has_failed = case.conclusion is not None and not case.conclusion.meets_standard
    if refusal.reason is RefusalReason.STANDARD_NOT_MET and not has_failed:
        raise ReasonContradictsConclusion("No doctor has concluded that the standard is not met. Give the true reason.")
    used = rules.appeal.reference
    refused = replace(moved, refusal=refusal, rule_versions=case.with_rules(used))
    return refused, events.CaseRefused(
        case_id=case.id, refused_by=by.id, reason=refusal.reason, refused_on=on, rule_versions=(used,)
    )


def withdraw(
    case: "CertificateCase", *, by: Principal, on: date, word: Word
) -> tuple["CertificateCase", events.CaseWithdrawn]:
    """Take the application back. Source: 残疾人证管理办法 (2017), art. 3: applying is voluntary."""
    withdrawn = case.stepped(Action.WITHDRAW, by=by, on=on)
    return withdrawn, events.CaseWithdrawn(
        case_id=case.id, withdrawn_by=by.id, capacity=word.capacity, said_by=word.said_by, withdrawn_on=on
    )


def reopen(
    case: "CertificateCase", *, on: date, review_decision: UUID
) -> tuple["CertificateCase", events.CaseReopened]:
    """Evaluate anew what a review has sent back, by other doctors (重新评定). It follows from the review.

    Source: 残疾人证管理办法 (2017), art. 25.

    Raises:
        IllegalTransition: the certificate was issued; that one is changed by business of its own.
    """
    action = Action.REOPEN if case.was_accepted else Action.RESTART
    step = case.way.lifecycle.step_by_itself(case, action, on=on)
    reopened = replace(
        case,
        turns=(*case.turns, *_sent_back(case, on=on)),
        stage=step.stage,
        done=(*case.done, step),
        institution=None,
        choice=None,
        conclusion=None,
        notice=None,
        refusal=None,
        certificate_id=None,
        reopened_by=review_decision,
    )
    return reopened, events.CaseReopened(case_id=case.id, review_decision=review_decision, reopened_on=on)


def _sent_back(case: "CertificateCase", *, on: date) -> tuple[LapsedChoice, ...]:
    """The choice that a review ends: none, where nobody had been asked, or whoever had been has declined."""
    rounds = case.evaluation_round - 1
    if case.institution is None or case.choice is None or len(case.turns) == rounds:
        return ()
    return (LapsedChoice(round=rounds, institution_id=case.institution.id, draw_id=case.choice.draw_id, ended_on=on),)
