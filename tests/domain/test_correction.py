"""What is missing is told once and completely; the answer may come in parts, and late."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.benefit import Stage as BenefitStage
from app.domain.certificate import Stage
from app.domain.correction import (
    Correction,
    CorrectionNotComplete,
    CorrectionStage,
    Lacking,
    NothingAnswered,
    NotWantedHere,
    Want,
    WantKind,
)
from app.domain.shared.access import Role
from app.domain.shared.errors import IllegalTransition
from app.domain.shared.transitions import NotYourFunction, StepTakenBefore
from tests.builders import (
    APPLICATION_ID,
    CASE_ID,
    MONDAY,
    PERSON_ID,
    REVIEWER,
    TOWNSHIP_OFFICER,
    VILLAGE,
    WEEKDAYS,
    a_benefit_case,
    a_certificate_case,
    a_principal,
    a_rule,
    rules_in_force,
)

RULES = rules_in_force(a_rule("procedure.correction_answer", 15, unit="working_days"))
CITIZEN = a_principal(Role.CITIZEN, person_id=PERSON_ID)
PHONE = Want(kind=WantKind.ANSWER, code="phone", text="电话号码少一位。")
ADDRESS = Want(kind=WantKind.ANSWER, code="residence_address", text="请写明门牌号。")
PHOTO = Want(kind=WantKind.EVIDENCE, code="photo", text="请补交近期白底照片。")
LACKING = Lacking(
    case_id=CASE_ID,
    application_id=APPLICATION_ID,
    item="certificate",
    person_id=PERSON_ID,
    region=VILLAGE,
    fields=frozenset({"phone", "residence_address"}),
    missing=frozenset({"photo"}),
)


def asked(*wants: Want, lacking: Lacking = LACKING, **changes: Any) -> Correction:
    settings: dict[str, Any] = {
        "correction_id": UUID(int=7),
        "by": TOWNSHIP_OFFICER,
        "on": MONDAY,
        "answer_within": RULES.working_days("procedure.correction_answer"),
        "calendar": WEEKDAYS,
    }
    return Correction.ask(lacking, wants or (PHONE, ADDRESS, PHOTO), **(settings | changes))[0]


def test_the_person_is_told_until_when_to_answer_in_working_days_after_the_day_of_the_notice() -> None:
    correction = asked()

    assert date(2026, 11, 16) == MONDAY
    assert correction.answer_by == date(2026, 12, 7)
    assert correction.rule_versions == ("procedure.correction_answer@CN#1",)


def test_evidence_that_is_missing_must_be_named_at_once() -> None:
    with pytest.raises(CorrectionNotComplete, match="photo"):
        asked(PHONE)


def test_an_office_asks_for_no_answer_that_is_not_the_persons_to_give() -> None:
    with pytest.raises(NotWantedHere, match="economic_status"):
        asked(PHOTO, Want(kind=WantKind.ANSWER, code="economic_status", text="请说明。"))


def test_nothing_is_named_twice() -> None:
    with pytest.raises(NotWantedHere):
        asked(PHOTO, PHOTO)


def test_an_answer_in_part_leaves_the_rest_open() -> None:
    answered, event = asked().answer({"phone": "0994-2340000"}, shown=(), by=CITIZEN, on=MONDAY)

    assert answered.stage is CorrectionStage.ASKED
    assert answered.unanswered == (ADDRESS, PHOTO)
    assert event.missing == ("answer/residence_address", "evidence/photo")
    assert not event.is_complete


def test_the_last_part_completes_it_and_all_answers_are_kept() -> None:
    partly, _ = asked().answer({"phone": "0994-2340000"}, shown=(), by=CITIZEN, on=MONDAY)

    answered, event = partly.answer({"residence_address": "红柳村 2 号"}, shown={"photo"}, by=CITIZEN, on=MONDAY)

    assert answered.stage is CorrectionStage.ANSWERED
    assert event.is_complete
    assert answered.answers == {"phone": "0994-2340000", "residence_address": "红柳村 2 号"}


def test_an_answer_that_brings_nothing_of_what_is_missing_is_refused() -> None:
    with pytest.raises(NothingAnswered):
        asked().answer({}, shown={"household_register"}, by=CITIZEN, on=MONDAY)


def test_a_late_answer_still_counts() -> None:
    lapsed, event = asked(PHOTO).lapse(on=date(2026, 12, 8))

    answered, _ = lapsed.answer({}, shown={"photo"}, by=CITIZEN, on=date(2027, 3, 1))

    assert event.name == "correction.lapsed"
    assert answered.stage is CorrectionStage.ANSWERED


def test_nobody_answers_what_is_closed() -> None:
    closed, _ = asked(PHOTO).close(on=MONDAY)

    with pytest.raises(IllegalTransition):
        closed.answer({}, shown={"photo"}, by=CITIZEN, on=MONDAY)


def test_a_reviewer_does_not_answer_for_the_person() -> None:
    with pytest.raises(NotYourFunction):
        asked(PHOTO).answer({}, shown={"photo"}, by=REVIEWER, on=MONDAY)


@given(order=st.permutations((PHONE, ADDRESS, PHOTO)))
def test_in_whatever_order_the_parts_come_the_last_one_completes_it(order: list[Want]) -> None:
    correction = asked()

    for place, want in enumerate(order):
        answers = {want.code: "红柳"} if want.kind is WantKind.ANSWER else {}
        shown = {want.code} if want.kind is WantKind.EVIDENCE else set()
        correction, event = correction.answer(answers, shown=shown, by=CITIZEN, on=MONDAY)
        assert event.is_complete is (place == 2)

    assert correction.is_complete


def test_a_certificate_case_waits_for_the_answer_and_goes_on_with_it() -> None:
    waiting = a_certificate_case().ask_correction(by=TOWNSHIP_OFFICER, on=MONDAY)[0]

    assert waiting.stage is Stage.AWAITING_CORRECTION
    assert waiting.complete_correction(on=MONDAY)[0].stage is Stage.SUBMITTED


def test_a_case_that_rests_is_not_refused_and_goes_on_with_an_answer() -> None:
    resting = a_certificate_case().ask_correction(by=TOWNSHIP_OFFICER, on=MONDAY)[0].rest(on=date(2026, 12, 8))[0]

    assert resting.stage is Stage.INACTIVE
    assert not resting.is_finished
    assert resting.complete_correction(on=date(2027, 3, 1))[0].stage is Stage.SUBMITTED


def test_what_is_missing_is_told_once_for_a_case() -> None:
    case = a_certificate_case().ask_correction(by=TOWNSHIP_OFFICER, on=MONDAY)[0].complete_correction(on=MONDAY)[0]

    with pytest.raises(StepTakenBefore):
        case.ask_correction(by=TOWNSHIP_OFFICER, on=MONDAY)[0]

    told = {answer.action: answer for answer in case.allowed_actions(TOWNSHIP_OFFICER, on=MONDAY)}
    assert told["ask_correction"].reason_code == "step_taken_before"
    assert told["accept"].allowed


def test_a_case_begun_anew_by_a_review_may_be_corrected_anew() -> None:
    case = a_certificate_case().ask_correction(by=TOWNSHIP_OFFICER, on=MONDAY)[0].complete_correction(on=MONDAY)[0]
    restarted = replace(case.done[-1], action=type(case.done[-1].action).RESTART)

    again = replace(case, done=(*case.done, restarted)).ask_correction(by=TOWNSHIP_OFFICER, on=MONDAY)[0]

    assert again.stage is Stage.AWAITING_CORRECTION


def test_a_benefit_case_is_corrected_in_the_same_way() -> None:
    waiting = a_benefit_case(BenefitStage.SUBMITTED).ask_correction(by=TOWNSHIP_OFFICER, on=MONDAY)[0]

    assert waiting.stage is BenefitStage.AWAITING_CORRECTION
    assert waiting.rest(on=MONDAY)[0].stage is BenefitStage.INACTIVE
    with pytest.raises(StepTakenBefore):
        waiting.complete_correction(on=MONDAY)[0].ask_correction(by=TOWNSHIP_OFFICER, on=MONDAY)[0]
