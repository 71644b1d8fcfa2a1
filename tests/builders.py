"""Builders of domain objects: a test names what it is about, and the rest is something sensible and invented."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from app.domain.certificate import (
    CertificateCase,
    CertificateRules,
    DesignatedInstitution,
    EvaluationConclusion,
    GuardianProof,
    RefusalReason,
    Stage,
)
from app.domain.person import Person
from app.domain.shared.access import Membership, Principal, Role
from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.entry import RuleValue
from app.domain.shared.identity import Category, CitizenNumber, Grade, Sex
from app.domain.shared.provenance import Confidence
from app.domain.shared.refusal import Appeal, Refusal
from app.domain.shared.rulebook import Rule, Rulebook, RulesInForce

COUNTY = "65/6523/652301"
TOWNSHIP = f"{COUNTY}/652301104"
VILLAGE = f"{TOWNSHIP}/652301104201"
ELSEWHERE = "65/6523/652302"

MONDAY = date(2026, 11, 16)
NOTICE_ENDS = date(2026, 11, 23)
AFTER_NOTICE = date(2026, 11, 24)
WEEKDAYS = WorkingCalendar.of([], zone=ZoneInfo("Asia/Shanghai"))

HOLDER = CitizenNumber.of(region="990101", born_on=date(1984, 2, 29), sequence=12)
PERSON_ID = UUID(int=0x9E)
CASE_ID = UUID(int=0xCA)
CERTIFICATE_ID = UUID(int=0xCE)
APPLICATION_ID = UUID(int=0xA9)
INSTITUTION_ID = UUID(int=0x105)
DOCTORS = (UUID(int=0xD1), UUID(int=0xD2))
EVERY_CATEGORY = frozenset(Category) - {Category.MULTIPLE}

_ORGANISATIONS = {role: UUID(int=0x100 + number) for number, role in enumerate(Role)} | {Role.EVALUATOR: INSTITUTION_ID}


def a_principal(
    *roles: Role, number: int | None = None, region: str = COUNTY, person_id: UUID | None = None, **changes: Any
) -> Principal:
    """Somebody appointed to the roles; each role has a usual holder, and a number makes another one."""
    own = number if number is not None else 1 + list(Role).index(roles[0])
    memberships = tuple(
        Membership(organisation_id=_ORGANISATIONS[role], role=role, region=region, valid_from=date(2020, 1, 1))
        for role in roles
    )
    settings: dict[str, Any] = {"scopes": frozenset(), "memberships": memberships, "person_id": person_id} | changes
    return Principal(id=UUID(int=own), client_id=UUID(int=0xC1), roles=frozenset(roles), **settings)


TOWNSHIP_OFFICER = a_principal(Role.TOWNSHIP_OFFICER, region=TOWNSHIP)
COUNTY_OFFICER = a_principal(Role.COUNTY_OFFICER)
EVALUATOR = a_principal(Role.EVALUATOR)
REVIEWER = a_principal(Role.COUNTY_REVIEWER)
APPROVER = a_principal(Role.COUNTY_APPROVER)
CIVIL_AFFAIRS = a_principal(Role.CIVIL_AFFAIRS)
CITIZEN = a_principal(Role.CITIZEN, memberships=(), person_id=PERSON_ID)


def a_rule(subject: str, value: RuleValue, *, unit: str, **changes: Any) -> Rule:
    """A rule that has held everywhere for long."""
    settings: dict[str, Any] = {
        "source": "invented for the test",
        "confidence": Confidence.HIGH,
        "valid_from": date(2018, 1, 1),
        "recorded_at": datetime(2026, 1, 1, tzinfo=UTC),
    }
    return Rule(subject=subject, value=value, unit=unit, **(settings | changes))


CERTIFICATE_RULEBOOK = (
    a_rule("certificate.notice", 5, unit="working_days"),
    a_rule("certificate.review", 10, unit="working_days"),
    a_rule("certificate.validity", 10, unit="years"),
    a_rule("certificate.minimum_doctors", 2, unit="count"),
    a_rule("certificate.guardian_proof.adult_age", 18, unit="years"),
    a_rule("certificate.guardian_proof.categories", {"categories": ("intellectual", "mental")}, unit="categories"),
    a_rule("certificate.appeal", {"body": "prefecture_federation", "days": 10, "unit": "working_days"}, unit="appeal"),
)


def rules_in_force(*rules: Rule, on: date = MONDAY, region: str = VILLAGE) -> RulesInForce:
    """What holds in the village when there are these rules."""
    return Rulebook(rules).at(region, on)


CERTIFICATE_RULES = CertificateRules.of(rules_in_force(*CERTIFICATE_RULEBOOK))


def an_institution(categories: frozenset[Category] = EVERY_CATEGORY) -> DesignatedInstitution:
    return DesignatedInstitution(id=INSTITUTION_ID, categories=categories)


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


def a_person(**changes: Any) -> Person:
    settings: dict[str, Any] = {
        "id": PERSON_ID,
        "region": VILLAGE,
        "registration_region": VILLAGE,
        "birth_date": HOLDER.born_on,
        "sex": Sex.FEMALE,
    }
    return Person(**(settings | changes))


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
        submitted_at=datetime(2026, 11, 16, 2, tzinfo=UTC),
        application_id=APPLICATION_ID,
    )
    for reached in _CERTIFICATE_PATH[: _CERTIFICATE_PATH.index(stage)]:
        case = _moved_on(case, reached, conclusion or a_conclusion())
    return replace(case, **changes)


def _moved_on(case: CertificateCase, reached: Stage, conclusion: EvaluationConclusion) -> CertificateCase:
    steps: dict[Stage, Callable[[], CertificateCase]] = {
        Stage.SUBMITTED: lambda: accepted(case),
        Stage.ACCEPTED: lambda: case.assign_evaluation(by=COUNTY_OFFICER, on=MONDAY, institution=an_institution())[0],
        Stage.EVALUATION_ASSIGNED: lambda: evaluated(case, conclusion),
        Stage.EVALUATED: lambda: posted(case),
        Stage.ON_NOTICE: lambda: case.review(by=REVIEWER, on=AFTER_NOTICE)[0],
        Stage.REVIEWED: lambda: case.approve(by=APPROVER, on=AFTER_NOTICE)[0],
        Stage.APPROVED: lambda: case.issue(by=APPROVER, on=AFTER_NOTICE, certificate_id=CERTIFICATE_ID)[0],
    }
    return steps[reached]()


def evaluated(case: CertificateCase, conclusion: EvaluationConclusion, **changes: Any) -> CertificateCase:
    """The case after the doctors of the institution have concluded."""
    settings: dict[str, Any] = {"by": EVALUATOR, "on": MONDAY, "conclusion": conclusion, "rules": CERTIFICATE_RULES}
    return case.evaluate(**(settings | changes))[0]


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
