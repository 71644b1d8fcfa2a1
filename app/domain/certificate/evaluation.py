"""How a case is given to doctors, and what they conclude comes into it."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from app.domain.certificate import events
from app.domain.certificate.choice import Choice, LapsedChoice
from app.domain.certificate.conclusion import DesignatedInstitution, EvaluationConclusion
from app.domain.certificate.decline import (
    DeclineReason,
    DeclineRules,
    DeclineSaid,
    DeclineWord,
    require_drawn,
    word_of,
)
from app.domain.certificate.rules import CertificateRules
from app.domain.certificate.signing import EvaluationSigned, signed
from app.domain.certificate.stages import Action
from app.domain.shared.access import Principal
from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.reason import Reason

if TYPE_CHECKING:
    from app.domain.certificate.case import CertificateCase


def require_assignable(case: "CertificateCase", *, by: Principal, on: date) -> None:
    """Refuse what `assign_evaluation` would refuse, before an institution is drawn for it."""
    case.stepped(Action.ASSIGN_EVALUATION, by=by, on=on)


def assign_evaluation(
    case: "CertificateCase", *, by: Principal, on: date, institution: DesignatedInstitution, choice: Choice
) -> tuple["CertificateCase", events.EvaluationAssigned]:
    """Ask a designated institution to evaluate (指定评定机构), one that was drawn or, for a reason, chosen by hand.

    Raises:
        NotTheDesignatedInstitution: it is not designated for a category that the person names.
    """
    moved = case.stepped(Action.ASSIGN_EVALUATION, by=by, on=on)
    institution.require_designation(case.declared_categories)
    assigned = replace(
        moved,
        institution=institution,
        choice=choice,
        said=None,
        signed=None,
        rule_versions=case.with_rules(*choice.rule_versions),
    )
    return assigned, events.EvaluationAssigned(
        case_id=case.id,
        assigned_by=by.id,
        institution_id=institution.id,
        draw_id=choice.draw_id,
        by_hand=choice.reason,
        taken_over_from=choice.taken_over_from,
        instead_of=choice.instead_of,
        assigned_on=on,
        rule_versions=choice.rule_versions,
    )


def decline_evaluation(
    case: "CertificateCase",
    *,
    by: Principal,
    on: date,
    reason: DeclineReason,
    doctors: tuple[UUID, ...] = (),
    rules: DeclineRules,
    calendar: WorkingCalendar,
) -> tuple["CertificateCase", events.EvaluationDeclined | events.EvaluationDeclineSaid]:
    """Not evaluate (谢绝评定): the whole institution, or doctors of it who were drawn, for whom others are drawn then.

    A doctor says so alone. For others the institution says no more than that they are absent, and that is its word. Of
    who was drawn it takes two of its people, so that no single friend there undoes a draw: the first word is kept, and
    nothing changes until another says the same.

    A decline that comes late, or for a reason that the place does not excuse, is taken all the same: the person does
    not wait for who will not come. It is told as not excused, and can be counted.

    Raises:
        NotTheDesignatedInstitution: another institution was asked.
        DoctorNotDrawn: a doctor is named who was not drawn.
        NotYourWord: it would be in the name of another doctor, who is not absent.
        SecondWordMissing: the same person says the same again.
    """
    moved = case.stepped(Action.DECLINE_EVALUATION, by=by, on=on)
    assert case.institution  # only the institution that was asked comes so far
    assert case.choice
    require_drawn(doctors, case.choice.doctors)
    word = word_of(doctors, reason, by=by.id)
    own = DeclineSaid(by=by.id, on=on, reason=reason, doctors=doctors)
    takes_two = word is DeclineWord.INSTITUTION and case.choice.draw_id is not None
    if takes_two and not own.is_second_to(case.said):
        return replace(case, said=own), events.EvaluationDeclineSaid(
            case_id=case.id,
            said_by=by.id,
            institution_id=case.institution.id,
            doctors=doctors,
            reason=reason,
            said_on=on,
        )
    first = case.said if takes_two and case.said else own
    asked_on = next(step.on for step in reversed(case.done) if step.action is Action.ASSIGN_EVALUATION)
    lapsed = LapsedChoice(
        round=case.evaluation_round - 1,
        institution_id=case.institution.id,
        draw_id=case.choice.draw_id,
        ended_on=on,
        doctors=doctors,
        reason=reason,
        is_excused=rules.excuse(reason, asked_on=asked_on, on=first.on, calendar=calendar),
        by=by.id,
        said_by=first.by if takes_two else None,
        word=word,
    )
    left = replace(case.choice, doctors=tuple(one for one in case.choice.doctors if one not in doctors))
    declined = replace(
        moved,
        turns=(*case.turns, lapsed),
        institution=case.institution if doctors else None,
        choice=left if doctors else None,
        said=None,
        signed=None,
        rule_versions=case.with_rules(*rules.references),
    )
    return declined, events.EvaluationDeclined(
        case_id=case.id,
        declined_by=by.id,
        said_by=lapsed.said_by,
        institution_id=lapsed.institution_id,
        draw_id=lapsed.draw_id,
        doctors=doctors,
        reason=reason,
        word=word,
        is_excused=lapsed.is_excused,
        declined_on=on,
        rule_versions=rules.references,
    )


def evaluate(
    case: "CertificateCase",
    *,
    by: Principal,
    on: date,
    conclusion: EvaluationConclusion,
    rules: CertificateRules,
    warnings: tuple[Reason, ...] = (),
) -> tuple["CertificateCase", events.CaseEvaluated | EvaluationSigned]:
    """Sign what the doctors of the institution have concluded (残疾评定); it counts once each of them has.

    Nobody signs for another: else a friend at the hospital would write both names of those who were drawn. Warnings
    stand beside it and change nothing of it: see `Grading`.

    Raises:
        NotTheDesignatedInstitution: another institution was asked, or it is not designated for what was found.
        DoctorNotDrawn: the institution was drawn with its doctors, and somebody else has signed.
        SignatureNotYours: the caller is none of the doctors.
        SecondWordMissing: the caller has signed, and another has not.
        TooFewDoctors: fewer doctors have signed than must.
        EvaluationDateImpossible: it is dated before the assignment or in the future.
        GuardianProofMissing: what was found needs a guardian's proof, and none was shown so far.
    """
    moved = case.stepped(Action.EVALUATE, by=by, on=on, others=conclusion.doctors)
    conclusion.require_drawn(case.choice)
    conclusion.require_signatures(rules)
    conclusion.require_designation(case.institution)
    conclusion.require_possible_date(assigned_on=case.done[-1].on, on=on)
    proof = conclusion.require_guardian_proof(case.guardian_proof, rules)
    with_own = signed(conclusion, case.signed, by=by.id)
    if with_own.missing:
        assert case.institution  # only the institution that was asked comes so far
        return replace(case, signed=with_own), EvaluationSigned(
            case_id=case.id, signed_by=by.id, institution_id=case.institution.id, signed_on=on
        )
    used = rules.minimum_doctors.reference, rules.guarded_categories.reference
    versions = case.with_rules(*used)
    evaluated = replace(
        moved,
        conclusion=conclusion,
        said=None,
        signed=None,
        guardian_proof=proof,
        warnings=warnings,
        rule_versions=versions,
    )
    return evaluated, events.CaseEvaluated(
        case_id=case.id,
        evaluated_by=by.id,
        doctors=conclusion.doctors,
        concluded_on=conclusion.concluded_on,
        rule_versions=used,
    )
