"""A certificate is a lineage of versions; whoever verifies one learns as little as the purpose needs."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.certificate import (
    Action,
    Certificate,
    CertificateFacts,
    CertificateStatus,
    ClaimMissing,
    Claims,
    Disclosure,
    DisclosureLevel,
    Outcome,
    Stage,
    StandardNotMet,
    VerificationResult,
    standing_on,
    valid_until,
    verification_outcome,
)
from app.domain.shared.errors import IllegalTransition
from app.domain.shared.identity import Category, CertificateNumber, Grade
from tests.builders import (
    AFTER_NOTICE,
    CERTIFICATE_ID,
    CERTIFICATE_RULES,
    HOLDER,
    PERSON_ID,
    a_certificate_case,
    multiple,
)

LAST_DAY = date(2036, 11, 24)
ALL = Disclosure(level=DisclosureLevel.CATEGORY_AND_GRADE)


def a_certificate() -> Certificate:
    case = a_certificate_case(Stage.ISSUED)
    return Certificate.first_issue(case, citizen_number=HOLDER, on=AFTER_NOTICE, rules=CERTIFICATE_RULES)[0]


def some_facts(
    status: CertificateStatus = CertificateStatus.IN_FORCE, *, grade: Grade = Grade.SECOND
) -> CertificateFacts:
    return CertificateFacts(status=status, valid_until=LAST_DAY, category=Category.PHYSICAL, grade=grade)


def test_the_number_of_a_first_issue_is_identity_number_category_and_grade() -> None:
    assert a_certificate().current.number.value == f"{HOLDER.value}42"


def test_a_first_issue_belongs_to_the_case_that_led_to_it() -> None:
    case = a_certificate_case(Stage.ISSUED)
    certificate, event = Certificate.first_issue(case, citizen_number=HOLDER, on=AFTER_NOTICE, rules=CERTIFICATE_RULES)

    assert (certificate.id, certificate.person_id, certificate.version) == (CERTIFICATE_ID, PERSON_ID, 1)
    assert certificate.application_id == case.application_id
    assert certificate.accepting_organisation_id == case.organisation_of(Action.ACCEPT)
    assert certificate.approving_organisation_id == case.organisation_of(Action.APPROVE)
    assert certificate.accepting_organisation_id != certificate.approving_organisation_id
    assert event.facts() == {
        "certificate_id": str(CERTIFICATE_ID),
        "case_id": str(case.id),
        "issued_on": "2026-11-24",
        "valid_until": "2036-11-24",
        "rule_versions": ["certificate.validity@CN#1"],
    }


def test_a_multiple_disability_keeps_its_components_on_the_certificate() -> None:
    components = {Category.PHYSICAL: Grade.SECOND, Category.HEARING: Grade.THIRD}
    case = a_certificate_case(Stage.ISSUED, conclusion=multiple(components))

    version = Certificate.first_issue(case, citizen_number=HOLDER, on=AFTER_NOTICE, rules=CERTIFICATE_RULES)[0].current

    assert (version.category, version.grade, version.components) == (Category.MULTIPLE, Grade.SECOND, components)
    assert version.number.value.endswith("72")


@pytest.mark.parametrize("stage", [Stage.APPROVED, Stage.EVALUATED])
def test_a_case_that_is_not_issued_makes_no_certificate(stage: Stage) -> None:
    with pytest.raises(IllegalTransition):
        Certificate.first_issue(
            a_certificate_case(stage), citizen_number=HOLDER, on=AFTER_NOTICE, rules=CERTIFICATE_RULES
        )


def test_nothing_but_a_doctors_conclusion_makes_a_certificate() -> None:
    case = replace(a_certificate_case(Stage.ISSUED), conclusion=None)

    with pytest.raises(StandardNotMet):
        Certificate.first_issue(case, citizen_number=HOLDER, on=AFTER_NOTICE, rules=CERTIFICATE_RULES)


def test_a_certificate_is_in_force_through_its_last_day_and_expired_after_it() -> None:
    certificate = a_certificate()

    assert certificate.current.valid_until == LAST_DAY
    assert certificate.status_on(LAST_DAY) is CertificateStatus.IN_FORCE
    assert certificate.status_on(date(2036, 11, 25)) is CertificateStatus.EXPIRED


@pytest.mark.parametrize("status", [CertificateStatus.FROZEN, CertificateStatus.CANCELLED, CertificateStatus.REPLACED])
def test_what_has_ended_otherwise_does_not_expire_as_well(status: CertificateStatus) -> None:
    assert standing_on(status, LAST_DAY, date(2040, 1, 1)) is status


def test_a_certificate_of_the_29th_of_february_ends_on_the_28th_of_a_common_year() -> None:
    assert valid_until(date(2028, 2, 29), years=10) == date(2038, 2, 28)
    assert valid_until(date(2028, 2, 29), years=20) == date(2048, 2, 29)


@given(st.dates(max_value=date(9000, 1, 1)), st.integers(1, 30))
def test_a_validity_ends_on_the_corresponding_day_or_the_last_of_its_month(issued_on: date, years: int) -> None:
    last = valid_until(issued_on, years=years)

    assert (last.year, last.month) == (issued_on.year + years, issued_on.month)
    assert last.day == issued_on.day or (issued_on.day, last.day) == (29, 28)


def test_a_number_alone_is_no_question() -> None:
    with pytest.raises(ClaimMissing):
        Claims(number=CertificateNumber.parse(f"{HOLDER.value}42"))


def test_a_name_or_an_identity_number_makes_it_a_question_that_shows_neither() -> None:
    number = CertificateNumber.parse(f"{HOLDER.value}42")

    assert "测试甲" not in repr(Claims(number=number, name="测试甲"))
    assert HOLDER.value not in repr(Claims(number=number, citizen_number=HOLDER))


@pytest.mark.parametrize("level", DisclosureLevel)
def test_what_does_not_match_tells_nothing_whatever_may_be_disclosed(level: DisclosureLevel) -> None:
    answer = verification_outcome(None, on=AFTER_NOTICE, disclosure=Disclosure(level=level))

    assert answer == VerificationResult(outcome=Outcome.NO_MATCH)


@pytest.mark.parametrize(
    ("status", "on", "outcome"),
    [
        (CertificateStatus.FROZEN, AFTER_NOTICE, Outcome.FROZEN),
        (CertificateStatus.CANCELLED, AFTER_NOTICE, Outcome.CANCELLED),
        (CertificateStatus.REPLACED, AFTER_NOTICE, Outcome.REPLACED),
        (CertificateStatus.IN_FORCE, date(2036, 11, 25), Outcome.EXPIRED),
    ],
)
def test_what_is_not_in_force_tells_only_that(status: CertificateStatus, on: date, outcome: Outcome) -> None:
    assert verification_outcome(some_facts(status), on=on, disclosure=ALL) == VerificationResult(outcome=outcome)


def test_in_force_is_all_that_everybody_learns() -> None:
    answer = verification_outcome(some_facts(), on=AFTER_NOTICE, disclosure=Disclosure())

    assert answer == VerificationResult(outcome=Outcome.IN_FORCE)


@pytest.mark.parametrize("grade", Grade)
def test_a_question_of_severity_learns_yes_or_no_and_not_the_grade(grade: Grade) -> None:
    disclosure = Disclosure(level=DisclosureLevel.GRADE_AT_MOST, grade_at_most=Grade.SECOND)

    answer = verification_outcome(some_facts(grade=grade), on=AFTER_NOTICE, disclosure=disclosure)

    assert answer == VerificationResult(outcome=Outcome.IN_FORCE, is_within_grade=grade <= Grade.SECOND)


def test_whoever_needs_category_and_grade_learns_both() -> None:
    answer = verification_outcome(some_facts(), on=AFTER_NOTICE, disclosure=ALL)

    assert (answer.outcome, answer.category, answer.grade) == (Outcome.IN_FORCE, Category.PHYSICAL, Grade.SECOND)
