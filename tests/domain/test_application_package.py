"""A package is data: any choice of its items has an order, one form and one list of evidence."""

from dataclasses import replace
from datetime import date
from itertools import chain, combinations
from typing import Any

import pytest

from app.adapters.rulebooks import load_rulebooks
from app.domain.application import (
    AnswersNotRight,
    CaseKind,
    FormField,
    ItemNotInPackage,
    NothingChosen,
    Package,
    PackageItem,
    PackageNotFound,
    require_answers,
)
from app.domain.benefit import Action
from app.domain.shared.entry import Entry, MalformedRule
from app.domain.shared.rulebook import Rulebook
from tests.builders import MONDAY, VILLAGE, a_field, a_package, a_package_item, a_rule, rules_in_force

HERE = Rulebook(load_rulebooks()).at(VILLAGE, MONDAY)
FIVE = Package.of("disability_services", HERE)
SUBSETS = tuple(chain.from_iterable(combinations(FIVE.items, size) for size in range(1, 6)))
CYCLES = [
    ((a_package_item("a", "a"),), "a → a"),
    ((a_package_item("a", "b"), a_package_item("b", "a")), "a → b → a"),
    (
        (a_package_item("a"), a_package_item("b", "d"), a_package_item("c", "b"), a_package_item("d", "a", "c")),
        "b → d → c → b",
    ),
    ((a_package_item("x", "y"), a_package_item("y", "z"), a_package_item("z", "y")), "y → z → y"),
]


def test_the_package_of_the_place_has_its_five_items_with_their_routes() -> None:
    assert [(item.code, item.case_kind, item.depends_on) for item in FIVE.items] == [
        ("certificate", CaseKind.CERTIFICATE, ()),
        ("living_subsidy", CaseKind.BENEFIT, ("certificate",)),
        ("nursing_subsidy", CaseKind.BENEFIT, ("certificate",)),
        ("employment_help", CaseKind.BENEFIT, ("certificate",)),
        ("pension_premium", CaseKind.BENEFIT, ("certificate",)),
    ]
    subsidy = FIVE.items[1]
    assert subsidy.route is not None
    assert [step.action for step in subsidy.route.steps] == [
        Action.ACCEPT,
        Action.CHECK,
        Action.POST_NOTICE,
        Action.VERIFY,
        Action.GRANT,
    ]
    assert (subsidy.lead.kind, subsidy.lead.level) == ("civil_affairs", "county")
    assert subsidy.rules is not None
    assert subsidy.rules.amount == "living_subsidy.amount"
    assert FIVE.version == "package.disability_services@65/6523/652301#1"
    assert FIVE.wording.zh == "残疾人服务“一件事”"


def test_a_package_that_is_not_offered_in_the_place_is_not_found() -> None:
    with pytest.raises(PackageNotFound):
        Package.of("twelve_items", HERE)
    with pytest.raises(PackageNotFound):
        Package.of("disability_services", Rulebook(load_rulebooks()).at("44/4401", date(2026, 11, 16)))


@pytest.mark.parametrize("subset", SUBSETS)
def test_every_choice_has_an_order_in_which_each_item_comes_after_what_it_waits_for(
    subset: tuple[PackageItem, ...],
) -> None:
    selection = FIVE.chosen({item.code for item in subset})

    seen: set[str] = set()
    for item in selection.items:
        assert seen.issuperset(selection.waits_for(item))
        seen.add(item.code)
    assert seen == selection.codes == {item.code for item in subset}


@pytest.mark.parametrize("subset", SUBSETS)
def test_form_and_evidence_of_a_choice_are_the_unions_of_those_of_its_items(subset: tuple[PackageItem, ...]) -> None:
    codes = {item.code for item in subset}
    selection = FIVE.chosen(codes)

    alone = [FIVE.chosen({code}) for code in codes]

    assert {field.code for field in selection.form} == {field.code for one in alone for field in one.form}
    assert {shown.code for shown in selection.evidence} == {shown.code for one in alone for shown in one.evidence}
    assert len({field.code for field in selection.form}) == len(selection.form)


def test_the_order_of_a_choice_is_that_of_the_package_as_far_as_waiting_allows() -> None:
    package = a_package(a_package_item("late", "early"), a_package_item("free"), a_package_item("early"))

    assert [item.code for item in package.chosen(["late", "early", "free"]).items] == ["free", "early", "late"]


def test_what_was_not_chosen_is_not_waited_for() -> None:
    selection = a_package().chosen(["living_subsidy"])

    assert selection.waits_for(selection.items[0]) == ()


@pytest.mark.parametrize(("items", "circle"), CYCLES)
def test_items_that_wait_for_one_another_in_a_circle_make_no_package_and_the_circle_is_named(
    items: tuple[PackageItem, ...], circle: str
) -> None:
    with pytest.raises(MalformedRule, match=f"in a circle: {circle}\\.$"):
        a_package(*items)


def test_an_item_waits_only_for_what_the_package_holds() -> None:
    with pytest.raises(MalformedRule, match="a waits for not_there"):
        a_package(a_package_item("a", "not_there"))


@pytest.mark.parametrize("needed_by", [(), ("nothing",)])
def test_a_question_that_no_item_needs_makes_no_package(needed_by: tuple[str, ...]) -> None:
    with pytest.raises(MalformedRule, match="shoe_size is needed by no item"):
        a_package(form=(a_field("shoe_size", *needed_by),))


def test_a_question_is_asked_once() -> None:
    with pytest.raises(MalformedRule, match="asks twice for phone"):
        a_package(form=(a_field("phone", "certificate"), a_field("phone", "living_subsidy")))


def test_a_package_has_one_item_of_each_code() -> None:
    with pytest.raises(MalformedRule, match="two items"):
        a_package(a_package_item("a"), a_package_item("a"))


def test_an_application_asks_for_something() -> None:
    with pytest.raises(NothingChosen):
        a_package().chosen([])


def test_an_application_asks_only_for_what_the_package_holds() -> None:
    with pytest.raises(ItemNotInPackage, match="pension_premium") as refusal:
        a_package().chosen(["certificate", "pension_premium"])

    assert refusal.value.pointer == "/items"


@pytest.mark.parametrize("broken", [{"case_kind": "lottery"}, {"lead": "federation"}])
def test_a_package_that_nobody_can_read_is_a_mistake_in_the_data(broken: dict[str, Any]) -> None:
    item = {"code": "a", "zh": "甲", "en": "a", "case_kind": "certificate", "lead": {"kind": "x", "level": "y"}}
    package: dict[str, Any] = {"code": "test", "zh": "测试", "en": "test", "items": (item | broken,)}

    with pytest.raises(MalformedRule):
        Package.of("test", rules_in_force(a_rule("package.test", package, unit="package")))


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
        (a_question("whole"), [0, 3], [True, 1.0, "1"]),
        (
            a_question("phone", max_length=20),
            ["+86 000-0000-0000", "00000000"],
            ["call me", "", 12, "1" * 21, "-", "٣٣"],
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


def test_the_fields_of_the_package_say_who_holds_what_the_applicant_need_not_say() -> None:
    fields = {field.code: field for field in FIVE.form}

    assert (fields["economic_status"].provenance, fields["economic_status"].held_by) == ("register", "civil_affairs")
    assert fields["phone"].max_length == 20
    assert replace(fields["phone"], held_by=None) == fields["phone"]
