"""What stands on a public notice and when it comes down, what becomes of an objection, and who keeps out of a case."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.certificate import (
    Action,
    CertificateCase,
    EvaluationConclusion,
    NoticeNotUp,
    NoticeRules,
    NoticeSheet,
    Relation,
    RelationDeclared,
    Stage,
)
from app.domain.shared.access import Principal
from app.domain.shared.errors import DutiesNotSeparated, IllegalTransition
from app.domain.shared.identity import Category, Grade
from tests.builders import (
    AFTER_NOTICE,
    APPROVER,
    COUNTY_OFFICER,
    DOCTORS,
    EVALUATOR,
    MONDAY,
    NOTICE_ENDS,
    REVIEWER,
    SECOND_COUNTY_OFFICER,
    TOWNSHIP_OFFICER,
    VILLAGE,
    a_certificate_case,
    a_conclusion,
    accepted,
    evaluated,
    multiple,
)
from tests.builders.business import rules_here

RULES = NoticeRules.of(rules_here())
NAME = "样峰宁"


def test_the_sheet_shows_the_first_character_of_the_name_and_what_the_rules_name() -> None:
    sheet = a_certificate_case(Stage.ON_NOTICE).sheet(NAME, on=MONDAY, rules=RULES)

    assert (sheet.name, sheet.village) == ("样**", VILLAGE)
    assert (sheet.category, sheet.grade, sheet.last_day) == (Category.PHYSICAL, Grade.SECOND, NOTICE_ENDS)


@pytest.mark.parametrize(
    "conclusion",
    [
        a_conclusion(category=Category.MENTAL),
        multiple({Category.PHYSICAL: Grade.SECOND, Category.MENTAL: Grade.THIRD}),
    ],
    ids=["alone", "as a component"],
)
def test_with_a_mental_disability_no_character_of_the_name_is_shown(conclusion: EvaluationConclusion) -> None:
    case = replace(a_certificate_case(Stage.ON_NOTICE), conclusion=conclusion)

    assert case.sheet(NAME, on=MONDAY, rules=RULES).name == "***"


def test_a_place_that_names_less_shows_less() -> None:
    sparing = replace(RULES, fields=frozenset({"masked_name"}))

    sheet = a_certificate_case(Stage.ON_NOTICE).sheet(NAME, on=MONDAY, rules=sparing)

    assert (sheet.name, sheet.village, sheet.category, sheet.grade) == ("样**", None, None, None)


def test_it_comes_down_by_itself_after_its_last_day() -> None:
    case = a_certificate_case(Stage.ON_NOTICE)

    assert case.sheet(NAME, on=NOTICE_ENDS, rules=RULES).last_day == NOTICE_ENDS
    assert case.sheet(NAME, on=NOTICE_ENDS + timedelta(days=1), rules=RULES) == NoticeSheet()
    assert a_certificate_case(Stage.EVALUATED).sheet(NAME, on=MONDAY, rules=RULES) == NoticeSheet()


def objected() -> CertificateCase:
    case = a_certificate_case(Stage.ON_NOTICE)
    return case.record_objection(by=TOWNSHIP_OFFICER, on=NOTICE_ENDS, text="有群众反映情况不实。")[0]


def test_nothing_goes_on_while_an_objection_is_looked_into() -> None:
    case = objected()

    assert case.stage is Stage.UNDER_INVESTIGATION
    with pytest.raises(IllegalTransition):
        case.review(by=REVIEWER, on=AFTER_NOTICE)


def test_an_objection_that_is_not_so_lets_the_case_go_on_with_what_was_found() -> None:
    case, event = objected().dismiss_objection(by=SECOND_COUNTY_OFFICER, on=AFTER_NOTICE, finding="经核查不属实。")

    assert (case.stage, case.objections[0].finding) == (Stage.ON_NOTICE, "经核查不属实。")
    assert case.review(by=REVIEWER, on=AFTER_NOTICE)[0].stage is Stage.REVIEWED
    assert "核查" not in str(event.facts())


def test_the_public_objects_until_the_last_day_and_not_after_it() -> None:
    case = a_certificate_case(Stage.ON_NOTICE)

    with pytest.raises(NoticeNotUp):
        case.record_objection(by=TOWNSHIP_OFFICER, on=AFTER_NOTICE, text="迟了。")


@pytest.mark.parametrize(
    "earlier", [TOWNSHIP_OFFICER, EVALUATOR, COUNTY_OFFICER], ids=["accepted", "evaluated", "put up"]
)
def test_whoever_did_an_earlier_duty_does_not_settle_the_objection(earlier: Principal) -> None:
    same_person = replace(COUNTY_OFFICER, id=earlier.id)

    with pytest.raises(DutiesNotSeparated):
        objected().dismiss_objection(by=same_person, on=AFTER_NOTICE, finding="不属实。")


def test_whoever_settled_the_objection_does_not_review() -> None:
    case, _ = objected().dismiss_objection(by=SECOND_COUNTY_OFFICER, on=AFTER_NOTICE, finding="不属实。")
    same_person = replace(REVIEWER, id=SECOND_COUNTY_OFFICER.id)

    with pytest.raises(DutiesNotSeparated):
        case.review(by=same_person, on=AFTER_NOTICE)


@pytest.mark.parametrize("relation", Relation)
def test_who_has_declared_a_relation_takes_no_part_and_another_does(relation: Relation) -> None:
    case, event = a_certificate_case().declare_relation(relation, by=TOWNSHIP_OFFICER, on=MONDAY)
    another = replace(TOWNSHIP_OFFICER, id=COUNTY_OFFICER.id)

    with pytest.raises(RelationDeclared):
        accepted(case)
    assert accepted(case, by=another).stage is Stage.ACCEPTED
    assert relation.value not in str(event.facts())


def test_it_is_said_with_the_actions_why_somebody_may_not() -> None:
    case, _ = a_certificate_case(Stage.REVIEWED).declare_relation(Relation.KIN, by=APPROVER, on=MONDAY)

    answers = {one.action: one for one in case.allowed_actions(APPROVER, on=AFTER_NOTICE)}

    assert answers[Action.APPROVE].reason_code == "relation_declared"


def test_a_related_doctor_does_not_sign() -> None:
    related = a_certificate_case(Stage.EVALUATION_ASSIGNED, related={DOCTORS[1]: Relation.HOUSEHOLD})

    with pytest.raises(RelationDeclared):
        evaluated(related, a_conclusion())
