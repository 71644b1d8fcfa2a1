"""What is held of a person is offered, and is not asked again; what serves one purpose serves no other."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from app.domain.assessment import (
    AnewReason,
    Answer,
    AnswerNotInInstrument,
    Answers,
    Assessment,
    AssessmentHeld,
    BoundToPurpose,
    Held,
    NeedRules,
    Purpose,
    require_families,
    still_serving,
)
from tests.builders import MONDAY
from tests.builders.assessment import an_assessment, an_occasion, best_answers
from tests.builders.people import COMMISSIONER, NOW
from tests.builders.rules import BARTHEL, HERE, SELF_CARE

EARLIER = UUID(int=0xA51)
LATER = date(2027, 11, 17)
"""The day after a result of Monday has run out."""


def an_earlier(
    *, permanent: tuple[str, ...] = (), number: int = 0xA51, answers: Mapping[str, Answer] | None = None, **changes: Any
) -> Assessment:
    """An assessment of Monday, with answers that rest on what does not change."""
    signed = an_assessment(SELF_CARE, answers=answers)
    lasting = replace(signed.answers, permanent=permanent)
    return replace(signed, id=UUID(int=number), answers=lasting, **changes)


def held(*earlier: Assessment, purpose: Purpose = Purpose.NEEDS, on: date = MONDAY) -> Held:
    return Held.of(earlier, SELF_CARE, purpose=purpose, on=on, rules=HERE)


def complete(known: Held, *, anew: AnewReason | None = None, **given: Answer) -> Mapping[str, Answer]:
    return known.complete(given, anew=anew, purpose=Purpose.NEEDS)[0]


def test_nobody_is_asked_again_while_an_assessment_counts() -> None:
    known = held(an_earlier())

    with pytest.raises(AssessmentHeld, match=str(EARLIER)) as refusal:
        complete(known, eating="met")

    assert refusal.value.pointer == "/instrument"
    assert complete(held(an_earlier(), on=LATER), eating="met") == {"eating": "met"}


@pytest.mark.parametrize("reason", AnewReason)
def test_who_says_why_may_assess_again(reason: AnewReason) -> None:
    assert complete(held(an_earlier()), anew=reason, eating="met") == {"eating": "met"}


def test_a_review_looks_again_in_any_case() -> None:
    known = held(an_earlier(purpose=Purpose.REVIEW), purpose=Purpose.REVIEW)

    assert known.valid is not None
    assert known.complete({"eating": "met"}, anew=None, purpose=Purpose.REVIEW) == ({"eating": "met"}, {})


def test_an_answer_that_rests_on_what_does_not_change_is_taken_over_and_not_asked_again() -> None:
    known = held(an_earlier(permanent=("bathing",), answers={"bathing": "not_met"}), on=LATER)

    answers, taken_over = known.complete({"eating": "met"}, anew=None, purpose=Purpose.NEEDS)

    assert answers == {"bathing": "not_met", "eating": "met"}
    assert taken_over == {"bathing": EARLIER}
    with pytest.raises(AssessmentHeld) as refusal:
        complete(known, bathing="met")
    assert refusal.value.pointer == "/answers/bathing"
    assert complete(known, anew=AnewReason.CONDITION_CHANGED, bathing="met") == {"bathing": "met"}


def test_an_answer_that_lasts_is_read_in_its_own_version_alone() -> None:
    old = an_earlier(permanent=("bathing",), instrument_version="2016")

    assert held(old, on=LATER).lasting == {}


def test_another_instrument_holds_nothing() -> None:
    assert Held.of([an_earlier()], BARTHEL, purpose=Purpose.NEEDS, on=MONDAY, rules=HERE).valid is None


def test_what_was_corrected_counts_no_more_and_what_took_its_place_does() -> None:
    old, new = an_earlier(permanent=("bathing",)), an_earlier(number=0xA52, corrects=EARLIER)

    known = held(old, new)

    assert known.valid == new
    assert known.lasting == {}


@pytest.mark.parametrize(
    ("made_for", "serves"),
    [
        (Purpose.NEEDS, {Purpose.NEEDS, Purpose.BENEFIT}),
        (Purpose.BENEFIT, {Purpose.NEEDS, Purpose.BENEFIT}),
        (Purpose.REVIEW, {Purpose.NEEDS, Purpose.BENEFIT, Purpose.REVIEW}),
        (Purpose.EDUCATION, {Purpose.EDUCATION}),
    ],
)
def test_an_assessment_serves_what_the_rule_says_and_one_for_education_nothing_else(
    made_for: Purpose, serves: set[Purpose]
) -> None:
    made = an_earlier(purpose=made_for)

    assert {purpose for purpose in Purpose if still_serving([made], purpose, rules=HERE)} == serves


def test_a_plan_builds_on_an_assessment_for_education_only_for_education_and_rehabilitation() -> None:
    rules, for_school = NeedRules.of(HERE), an_earlier(purpose=Purpose.EDUCATION)

    require_families([for_school], ["education", "rehabilitation"], rules=rules)
    require_families([an_earlier()], ["home_care"], rules=rules)
    with pytest.raises(BoundToPurpose):
        require_families([an_earlier(), for_school], ["education", "home_care"], rules=rules)


def test_what_does_not_change_in_any_answer_counts_for_good() -> None:
    answers = Answers.to(SELF_CARE, best_answers(SELF_CARE), permanent=[item.code for item in SELF_CARE.items])

    signed, _ = Assessment.sign(
        an_occasion(),
        answers,
        assessment_id=EARLIER,
        instrument=SELF_CARE,
        by=COMMISSIONER,
        at=NOW,
        on=MONDAY,
    )

    assert signed.valid_until is None


@pytest.mark.parametrize("permanent", [("bathing",), ("eating", "flying")])
def test_only_an_answer_can_last(permanent: tuple[str, ...]) -> None:
    with pytest.raises(AnswerNotInInstrument) as refusal:
        Answers.to(SELF_CARE, {"eating": "met", "bathing": "refused"}, permanent=permanent)

    assert refusal.value.pointer == "/permanent"
