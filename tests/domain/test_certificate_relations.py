"""Whoever is related to the person by the record takes no part, is told no more, and is offered a colleague."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from app.domain.certificate import Action, CertificateCase, Stage
from app.domain.person import Contact, ContactKind
from app.domain.shared.access import Principal
from app.domain.shared.relations import RelationOnRecord, Relations
from tests.builders import (
    AFTER_NOTICE,
    APPROVER,
    CITIZEN,
    COUNTY_OFFICER,
    DOCTORS,
    EVALUATOR,
    MONDAY,
    OWN_WORD,
    REVIEWER,
    TOWNSHIP_OFFICER,
    a_certificate_case,
    a_conclusion,
    declined,
    evaluated,
)

COLLEAGUES = tuple(UUID(int=0xE0 + number) for number in range(5))
DUTIES = [
    (Stage.SUBMITTED, Action.ACCEPT, TOWNSHIP_OFFICER),
    (Stage.ACCEPTED, Action.ASSIGN_EVALUATION, COUNTY_OFFICER),
    (Stage.EVALUATION_ASSIGNED, Action.EVALUATE, EVALUATOR),
    (Stage.EVALUATED, Action.POST_NOTICE, COUNTY_OFFICER),
    (Stage.ON_NOTICE, Action.REVIEW, REVIEWER),
    (Stage.REVIEWED, Action.APPROVE, APPROVER),
    (Stage.APPROVED, Action.ISSUE, APPROVER),
    (Stage.ON_NOTICE, Action.REFUSE, REVIEWER),
]


def related_to(case: CertificateCase, *accounts: UUID, colleagues: tuple[UUID, ...] = ()) -> CertificateCase:
    return replace(case, known=Relations(accounts=frozenset(accounts), colleagues=colleagues))


@pytest.mark.parametrize(("stage", "action", "by"), DUTIES, ids=[action for _, action, _ in DUTIES])
def test_no_duty_is_open_to_whoever_is_related_by_the_record(stage: Stage, action: Action, by: Principal) -> None:
    case = related_to(a_certificate_case(stage), by.id)

    answer = next(one for one in case.allowed_actions(by, on=AFTER_NOTICE) if one.action == action)

    assert (answer.allowed, answer.reason_code) == (False, RelationOnRecord.code)
    assert answer.reason == "You have a relation to the person on record. Another person must act here."
    assert not {"phone", "address", "household"} & set(str(answer.parameters).split())


def test_three_colleagues_are_offered_at_most_and_none_who_has_done_another_duty() -> None:
    case = related_to(a_certificate_case(Stage.ON_NOTICE), REVIEWER.id, colleagues=(TOWNSHIP_OFFICER.id, *COLLEAGUES))

    with pytest.raises(RelationOnRecord) as refusal:
        case.review(by=REVIEWER, on=AFTER_NOTICE)

    assert refusal.value.facts["others"] == list(map(str, COLLEAGUES[:3]))
    assert str(COLLEAGUES[0]) in refusal.value.detail


def test_another_person_goes_on() -> None:
    case = related_to(a_certificate_case(Stage.ON_NOTICE), APPROVER.id)

    assert case.review(by=REVIEWER, on=AFTER_NOTICE)[0].stage is Stage.REVIEWED


def test_of_doctors_who_sign_it_is_not_said_which_one_is_related() -> None:
    case = related_to(a_certificate_case(Stage.EVALUATION_ASSIGNED), DOCTORS[1])

    with pytest.raises(RelationOnRecord) as refusal:
        evaluated(case, a_conclusion())

    assert not any(str(doctor) in str(refusal.value.facts) + refusal.value.detail for doctor in DOCTORS)


def test_a_family_takes_its_application_back_and_who_is_related_may_decline() -> None:
    own = related_to(a_certificate_case(), CITIZEN.id)
    asked = related_to(a_certificate_case(Stage.EVALUATION_ASSIGNED), EVALUATOR.id)

    assert own.withdraw(by=CITIZEN, on=MONDAY, word=OWN_WORD)[0].stage is Stage.WITHDRAWN
    assert declined(asked).stage is Stage.ACCEPTED


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (ContactKind.PHONE, "0994-0000000", "994 0000000"),
        (ContactKind.PHONE, "+86 139 0000 0000", "13900000000"),
        (ContactKind.PHONE, "0086-994-0000000", "（0994）0000000"),
        (ContactKind.ADDRESS, "红柳示例村 1 号", "红柳示例村１号"),
        (ContactKind.ADDRESS, "大西渠镇，红柳示例村1号。", "大西渠镇红柳示例村1号"),
    ],
)
def test_the_same_contact_has_one_form_however_it_is_written(kind: ContactKind, one: str, other: str) -> None:
    forms = {Contact(kind=kind, value=value, valid_from=date(2020, 1, 1)).form for value in (one, other)}

    assert len(forms) == 1
    assert forms != {""}
