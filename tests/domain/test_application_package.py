"""A package is data: any choice of its items has an order, one form and one list of evidence."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain.application import (
    CaseKind,
    ItemNotInPackage,
    NothingChosen,
    Package,
    PackageItem,
    PackageNotFound,
)
from app.domain.benefit import Action
from app.domain.shared.entry import MalformedRule
from tests.builders import MONDAY, VILLAGE, a_field, a_package, a_package_item, a_rule, rules_in_force
from tests.builders.rules import BOOK

HERE = BOOK.at(VILLAGE, MONDAY)
FIVE = Package.of("disability_services", HERE)
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
    assert FIVE.version == "package.disability_services@65/6523/652301#2"
    assert FIVE.wording.zh == "残疾人服务“一件事”"


def test_a_package_that_is_not_offered_in_the_place_is_not_found() -> None:
    with pytest.raises(PackageNotFound):
        Package.of("twelve_items", HERE)
    with pytest.raises(PackageNotFound):
        Package.of("disability_services", BOOK.at("44/4401", date(2026, 11, 16)))


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


def test_the_fields_of_the_package_say_who_holds_what_the_applicant_need_not_say() -> None:
    fields = {field.code: field for field in FIVE.form}

    assert (fields["economic_status"].provenance, fields["economic_status"].held_by) == ("register", "civil_affairs")
    assert fields["phone"].max_length == 20
    assert replace(fields["phone"], held_by=None) == fields["phone"]
