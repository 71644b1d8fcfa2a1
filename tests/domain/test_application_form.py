"""The form: every answer is of its kind, everything wrong is told at once, and what an office holds is not kept."""

from typing import Any

import pytest

from app.domain.application import (
    AnswersNotRight,
    FormField,
    Occasion,
    asked,
    declared_by,
    ignored,
    require_answers,
    require_answers_so_far,
)
from app.domain.shared.entry import Entry, MalformedRule
from tests.builders import a_field, a_package

GUARDIAN = a_field(
    "guardian_name", "certificate", is_required=False, required_when=Occasion("applied_by", ("guardian",))
)
APPLIED_BY = a_field("applied_by", "certificate", kind="choice", options=("self", "guardian"))


def a_question(kind: str, **changes: Any) -> FormField:
    return a_field("answer", "certificate", kind=kind, **changes)


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        (a_question("text", max_length=3), ["abc", "阿 "], ["abcd", "", "  ", 3, ["a"]]),
        (a_question("text"), ["x" * 500], [""]),
        (a_question("choice", options=("a", "b")), ["a"], ["c", 1, ["a"]]),
        (a_question("choices", options=("a", "b")), [["a", "b"], (), ["b"]], [["a", "a"], ["c"], "a", 3]),
        (a_question("flag"), [True, False], [1, "true"]),
        (a_question("whole"), [0, 3, -2.0], [True, 1.5, "1", 2**53, float("inf"), float("nan")]),
        (
            a_question("phone", max_length=20),
            ["+86 000-0000-0000", "00000000"],
            ["call me", "", 12, "1" * 21, "-", "٣٣", "-12", "12\n", " 12"],
        ),
    ],
)
def test_an_answer_is_of_the_kind_that_the_form_asks_for(
    question: FormField, right: list[object], wrong: list[object]
) -> None:
    for answer in right:
        require_answers((question,), {"answer": answer})
    for answer in wrong:
        with pytest.raises(AnswersNotRight):
            require_answers((question,), {"answer": answer})


def test_everything_that_is_wrong_with_a_form_is_told_at_once() -> None:
    form = (a_field("phone", "certificate", kind="phone"), a_field("name", "certificate"))

    with pytest.raises(AnswersNotRight, match="shoe_size, phone, name") as refusal:
        require_answers(form, {"phone": "none", "shoe_size": 43})

    assert refusal.value.facts["errors"] == [
        {"pointer": "/answers/shoe_size", "code": "unknown_field"},
        {"pointer": "/answers/phone", "code": "not_a_phone"},
        {"pointer": "/answers/name", "code": "missing"},
    ]


@pytest.mark.parametrize("field", [{"is_required": False}, {"provenance": "register"}, {"provenance": "earlier_item"}])
def test_what_is_optional_or_held_elsewhere_is_not_asked_for(field: dict[str, Any]) -> None:
    require_answers((a_field("answer", "certificate", **field),), {})


def test_a_field_of_an_unknown_kind_is_a_mistake_in_the_data() -> None:
    with pytest.raises(MalformedRule):
        FormField.of(Entry({"kind": "palm_reading"}, "package.test.form"))


def test_an_empty_answer_is_no_answer_of_any_kind() -> None:
    with pytest.raises(AnswersNotRight) as refusal:
        require_answers((a_question("text", is_required=False),), {"answer": None})

    assert refusal.value.facts["errors"] == [{"pointer": "/answers/answer", "code": "not_a_text"}]


def test_a_field_that_is_required_on_an_occasion_is_missed_only_then() -> None:
    form = (APPLIED_BY, GUARDIAN)

    require_answers(form, {"applied_by": "self"})
    with pytest.raises(AnswersNotRight) as refusal:
        require_answers(form, {"applied_by": "guardian"})

    assert refusal.value.facts["errors"] == [{"pointer": "/answers/guardian_name", "code": "missing"}]


@pytest.mark.parametrize(
    "occasion", [Occasion("nothing", ("self",)), Occasion("applied_by", ("robot",)), Occasion("applied_by", ())]
)
def test_an_occasion_that_can_never_come_is_a_mistake_in_the_data(occasion: Occasion) -> None:
    with pytest.raises(MalformedRule, match="guardian_name is required when"):
        a_package(form=(APPLIED_BY, a_field("guardian_name", "certificate", required_when=occasion)))


def test_a_form_that_is_not_finished_misses_nothing_and_still_takes_no_wrong_answer() -> None:
    form = (APPLIED_BY, a_field("phone", "certificate", kind="phone"))

    require_answers_so_far(form, {})
    with pytest.raises(AnswersNotRight, match="shoe_size, phone"):
        require_answers_so_far(form, {"phone": "none", "shoe_size": 43})


def test_what_an_office_holds_is_checked_and_not_kept_and_named() -> None:
    held = a_field("economic_status", "certificate", kind="choice", options=("poor",), provenance="register")
    form, answers = (held, a_field("name", "certificate")), {"name": "x", "economic_status": "poor"}

    require_answers(form, answers)

    assert asked(form, answers) == {"name": "x"}
    assert ignored(form, answers) == (held,)
    with pytest.raises(AnswersNotRight):
        require_answers(form, answers | {"economic_status": "rich"})


def test_answers_tell_the_rules_what_the_form_says_that_they_tell() -> None:
    form = (
        a_field("wishes", "help", kind="choices", options=("training", "loan"), tells="needs"),
        a_field("more_wishes", "help", kind="choices", options=("loan", "place"), tells="needs"),
        a_field("received", "help", kind="choices", options=("pension",), tells="receiving"),
        a_field("care", "help", kind="flag", tells="need.long_term_care"),
        a_field("willing", "help", kind="flag", tells="flag.willing_to_work"),
        a_field("unsaid", "help", kind="flag", tells="flag.unsaid"),
        a_field("held", "help", kind="flag", tells="flag.held", provenance="register"),
        a_field("plain", "help", kind="flag"),
    )

    declared = declared_by(
        form,
        {
            "wishes": ["loan"],
            "more_wishes": [],
            "received": [],
            "care": True,
            "willing": False,
            "held": True,
            "plain": True,
        },
    )

    assert declared.needs == {"training": False, "loan": True, "place": False, "long_term_care": True}
    assert declared.receiving == {"pension": False}
    assert declared.flags == {"willing_to_work": False}


@pytest.mark.parametrize(
    "wrong",
    [
        {"tells": "needs"},
        {"tells": "shoe_size"},
        {"kind": "choices", "tells": "flag.a"},
        {"kind": "text", "tells": "need.a"},
        {"fact": "shoe_size"},
        {"required_when": {"field": "a", "is": ("b",), "or": ()}},
    ],
)
def test_a_field_that_says_what_it_cannot_say_is_a_mistake_in_the_data(wrong: dict[str, Any]) -> None:
    field: dict[str, Any] = {"code": "a", "zh": "甲", "en": "a", "kind": "flag", "required": False}

    with pytest.raises(MalformedRule):
        FormField.of(Entry(field | {"provenance": "applicant"} | wrong, "package.test.form"))
