"""Certificate cases at any stage, and what goes into them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from app.domain.certificate import (
    CertificateCase,
    CertificateRules,
    Choice,
    DeclineReason,
    DeclineRules,
    DeclineSaid,
    DesignatedInstitution,
    EvaluationConclusion,
    GuardianProof,
    RefusalReason,
    Stage,
)
from app.domain.shared.access import Principal, Role
from app.domain.shared.identity import Category, Grade
from app.domain.shared.refusal import Appeal, Refusal
from tests.builders.people import (
    AFTER_NOTICE,
    APPLICATION_ID,
    APPROVER,
    CASE_ID,
    CERTIFICATE_ID,
    COUNTY_OFFICER,
    DOCTORS,
    DRAW_ID,
    EVALUATOR,
    EVERY_CATEGORY,
    HOLDER,
    INSTITUTION_ID,
    MONDAY,
    NOW,
    PERSON_ID,
    REVIEWER,
    TOWNSHIP_OFFICER,
    VILLAGE,
    WEEKDAYS,
    a_principal,
    a_rule,
    rules_in_force,
)

CERTIFICATE_RULEBOOK = (
    a_rule("certificate.notice", 5, unit="working_days"),
    a_rule("certificate.review", 10, unit="working_days"),
    a_rule("certificate.validity", 10, unit="years"),
    a_rule("certificate.minimum_doctors", 2, unit="count"),
    a_rule("certificate.guardian_proof.adult_age", 18, unit="years"),
    a_rule("certificate.guardian_proof.categories", {"categories": ("intellectual", "mental")}, unit="categories"),
    a_rule("certificate.decline_within", 3, unit="working_days"),
    a_rule("certificate.decline_reasons", ("doctor_absent", "conflict_of_interest"), unit="list"),
    a_rule("certificate.cancellation_grounds", ("death", "no_longer_meets_standard", "voluntary"), unit="list"),
    a_rule("certificate.appeal", {"body": "prefecture_federation", "days": 10, "unit": "working_days"}, unit="appeal"),
)


CERTIFICATE_RULES = CertificateRules.of(rules_in_force(*CERTIFICATE_RULEBOOK))
COLLEAGUE_ID = UUID(int=0xE7)
"""Another of the institution that evaluates, who was not drawn."""
SAID = DeclineSaid(by=COLLEAGUE_ID, on=MONDAY, reason=DeclineReason.DOCTOR_ABSENT)
DECLINE_RULES = DeclineRules.of(rules_in_force(*CERTIFICATE_RULEBOOK))


def an_institution(categories: frozenset[Category] = EVERY_CATEGORY) -> DesignatedInstitution:
    return DesignatedInstitution(id=INSTITUTION_ID, categories=categories)


DRAWN = Choice(draw_id=DRAW_ID, doctors=DOCTORS)
"""The institution was drawn."""


def a_conclusion(**changes: Any) -> EvaluationConclusion:
    """Two doctors found a physical disability of the second grade."""
    settings: dict[str, Any] = {
        "doctors": DOCTORS,
        "meets_standard": True,
        "concluded_on": MONDAY,
        "category": Category.PHYSICAL,
        "grade": Grade.SECOND,
    }
    return EvaluationConclusion(**(settings | changes))


def not_meeting(**changes: Any) -> EvaluationConclusion:
    """Two doctors found that the standard is not met."""
    return a_conclusion(**({"meets_standard": False, "category": None, "grade": None} | changes))


def multiple(components: Mapping[Category, Grade], **changes: Any) -> EvaluationConclusion:
    """Two doctors found several disabilities."""
    settings: dict[str, Any] = {
        "category": Category.MULTIPLE,
        "components": components,
        "grade": min(components.values()),
    }
    return a_conclusion(**(settings | changes))


APPEAL = Appeal(body="prefecture_federation", days=10, unit="working_days", source="invented for the test")


def a_refusal(
    reason: RefusalReason = RefusalReason.STANDARD_NOT_MET, text: str = "invented words for the person"
) -> Refusal[RefusalReason]:
    return Refusal(reason=reason, text=text, appeal=APPEAL)


_CERTIFICATE_PATH = (
    Stage.SUBMITTED,
    Stage.ACCEPTED,
    Stage.EVALUATION_ASSIGNED,
    Stage.EVALUATED,
    Stage.ON_NOTICE,
    Stage.REVIEWED,
    Stage.APPROVED,
    Stage.ISSUED,
)


def a_certificate_case(
    stage: Stage = Stage.SUBMITTED, *, conclusion: EvaluationConclusion | None = None, **changes: Any
) -> CertificateCase:
    """A case that went its ordinary way to a stage, by the usual holders of each role; `changes` come at the end."""
    case = CertificateCase(
        id=CASE_ID,
        person_id=PERSON_ID,
        region=VILLAGE,
        submitted_at=NOW,
        application_id=APPLICATION_ID,
    )
    for reached in _CERTIFICATE_PATH[: _CERTIFICATE_PATH.index(stage)]:
        case = _moved_on(case, reached, conclusion or a_conclusion())
    return replace(case, **changes)


def _moved_on(case: CertificateCase, reached: Stage, conclusion: EvaluationConclusion) -> CertificateCase:
    steps: dict[Stage, Callable[[], CertificateCase]] = {
        Stage.SUBMITTED: lambda: accepted(case),
        Stage.ACCEPTED: lambda: assigned(case),
        Stage.EVALUATION_ASSIGNED: lambda: evaluated(case, conclusion),
        Stage.EVALUATED: lambda: posted(case),
        Stage.ON_NOTICE: lambda: case.review(by=REVIEWER, on=AFTER_NOTICE)[0],
        Stage.REVIEWED: lambda: case.approve(by=APPROVER, on=AFTER_NOTICE)[0],
        Stage.APPROVED: lambda: case.issue(by=APPROVER, on=AFTER_NOTICE, certificate_id=CERTIFICATE_ID)[0],
    }
    return steps[reached]()


def assigned(case: CertificateCase, **changes: Any) -> CertificateCase:
    """The case after an institution was drawn."""
    settings: dict[str, Any] = {"by": COUNTY_OFFICER, "on": MONDAY, "institution": an_institution(), "choice": DRAWN}
    return case.assign_evaluation(**(settings | changes))[0]


def declined(case: CertificateCase, **changes: Any) -> CertificateCase:
    """The case after the institution that was asked has declined by two of its people, in time and excused."""
    settings: dict[str, Any] = {
        "by": EVALUATOR,
        "on": MONDAY,
        "reason": DeclineReason.DOCTOR_ABSENT,
        "rules": DECLINE_RULES,
        "calendar": WEEKDAYS,
    }
    asked = settings | changes
    first = DeclineSaid(by=COLLEAGUE_ID, on=asked["on"], reason=asked["reason"], doctors=asked.get("doctors", ()))
    return replace(case, said=first).decline_evaluation(**asked)[0]


def evaluated(case: CertificateCase, conclusion: EvaluationConclusion, **changes: Any) -> CertificateCase:
    """The case after the doctors of the institution have concluded, each by the own account."""
    settings: dict[str, Any] = {"on": MONDAY, "conclusion": conclusion, "rules": CERTIFICATE_RULES}
    *others, last = conclusion.doctors or DOCTORS
    for doctor in others:
        case = case.evaluate(**(settings | changes | {"by": a_doctor(doctor)}))[0]
    return case.evaluate(**({"by": a_doctor(last)} | settings | changes))[0]


def a_doctor(account: UUID) -> Principal:
    """A doctor of the institution, by the own account."""
    return a_principal(Role.EVALUATOR, number=account.int)


def posted(case: CertificateCase, **changes: Any) -> CertificateCase:
    """The case after its notice was put up."""
    settings: dict[str, Any] = {
        "by": COUNTY_OFFICER,
        "on": MONDAY,
        "rules": CERTIFICATE_RULES,
        "calendar": WEEKDAYS,
    }
    return case.post_notice(**(settings | changes))[0]


def accepted(case: CertificateCase, **changes: Any) -> CertificateCase:
    """The case after its acceptance by the township officer, of a grown-up without a guardian's proof."""
    settings: dict[str, Any] = {
        "by": TOWNSHIP_OFFICER,
        "on": MONDAY,
        "birth_date": HOLDER.born_on,
        "guardian_proof": GuardianProof.NOT_SHOWN,
        "rules": CERTIFICATE_RULES,
    }
    return case.accept(**(settings | changes))[0]
