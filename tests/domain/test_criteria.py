"""Each condition says met, not met or unknown of the facts, and rule data of another shape is refused."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from app.domain.entitlement import Facts, evaluate, parse
from app.domain.person import EconomicStatus
from app.domain.shared.entry import MalformedRule, RuleValue
from app.domain.shared.finding import Finding
from app.domain.shared.identity import Category, Grade
from tests.builders import COUNTY, ELSEWHERE, MONDAY, VILLAGE
from tests.builders.facts import some_facts

MET, NOT_MET, UNKNOWN = Finding.MET, Finding.NOT_MET, Finding.UNKNOWN
SEVEN = date(2019, 1, 2)
BORN_LATER = date(2020, 1, 2)


def finding(condition: Mapping[str, RuleValue], facts: Facts) -> Finding:
    return evaluate(parse(condition, "test"), facts)


@pytest.mark.parametrize(
    ("condition", "facts", "expected"),
    [
        ({"kind": "certificate_in_force"}, Facts(has_certificate=True), MET),
        ({"kind": "certificate_in_force"}, Facts(has_certificate=False), NOT_MET),
        ({"kind": "certificate_in_force"}, Facts(), UNKNOWN),
        ({"kind": "category_in", "categories": ("physical",)}, some_facts(), MET),
        ({"kind": "category_in", "categories": ("visual", "mental")}, some_facts(), NOT_MET),
        ({"kind": "category_in", "categories": ("visual",)}, Facts(), UNKNOWN),
        ({"kind": "grade_at_most", "grade": 2}, some_facts(), MET),
        ({"kind": "grade_at_most", "grade": 1}, some_facts(), NOT_MET),
        ({"kind": "grade_at_most", "grade": 4}, Facts(grade=Grade.FOURTH), MET),
        ({"kind": "grade_at_most", "grade": 4}, Facts(), UNKNOWN),
        ({"kind": "grade_at_most", "grade": 4}, Facts(has_certificate=False), NOT_MET),
        ({"kind": "category_in", "categories": ("visual",)}, Facts(has_certificate=False), NOT_MET),
        ({"kind": "economic_status_in", "statuses": ("subsistence_allowance",)}, some_facts(), MET),
        ({"kind": "economic_status_in", "statuses": ("low_income", "monitored")}, some_facts(), NOT_MET),
        ({"kind": "economic_status_in", "statuses": ("low_income",)}, Facts(), UNKNOWN),
        ({"kind": "registered_in", "area": COUNTY}, some_facts(), MET),
        ({"kind": "registered_in", "area": ELSEWHERE}, some_facts(), NOT_MET),
        ({"kind": "registered_in", "area": COUNTY}, Facts(residence_region=VILLAGE), UNKNOWN),
        ({"kind": "residing_in", "area": COUNTY}, some_facts(), MET),
        ({"kind": "residing_in", "area": ELSEWHERE}, some_facts(), NOT_MET),
        ({"kind": "residing_in", "area": COUNTY}, Facts(registration_region=VILLAGE), UNKNOWN),
        ({"kind": "diagnosis_present", "categories": ("visual",)}, Facts(diagnoses={Category.VISUAL: True}), MET),
        ({"kind": "diagnosis_present", "categories": ("visual",)}, Facts(diagnoses={Category.VISUAL: False}), NOT_MET),
        ({"kind": "diagnosis_present", "categories": ("visual", "mental")}, Facts(), UNKNOWN),
        ({"kind": "need_present", "needs": ("a", "b")}, Facts(needs={"b": True}), MET),
        ({"kind": "need_present", "needs": ("a", "b")}, Facts(needs={"a": False, "b": False}), NOT_MET),
        ({"kind": "need_present", "needs": ("a", "b")}, Facts(needs={"a": False}), UNKNOWN),
        ({"kind": "not_receiving", "benefits": ("a", "b")}, Facts(receiving={"a": False, "b": False}), MET),
        ({"kind": "not_receiving", "benefits": ("a", "b")}, Facts(receiving={"a": True}), NOT_MET),
        ({"kind": "not_receiving", "benefits": ("a", "b")}, Facts(receiving={"a": False}), UNKNOWN),
        ({"kind": "quota_left", "services": ("a", "b")}, Facts(places={"b": True}), MET),
        ({"kind": "quota_left", "services": ("a",)}, Facts(places={"a": False}), NOT_MET),
        ({"kind": "quota_left", "services": ("a", "b")}, Facts(places={"a": False}), UNKNOWN),
        ({"kind": "flag_present", "flags": ("severe",)}, Facts(flags={"severe": True}), MET),
        ({"kind": "flag_present", "flags": ("severe",)}, Facts(flags={"severe": False}), NOT_MET),
        ({"kind": "flag_present", "flags": ("severe",)}, Facts(), UNKNOWN),
    ],
)
def test_a_condition_is_met_not_met_or_unknown(
    condition: Mapping[str, RuleValue], facts: Facts, expected: Finding
) -> None:
    assert finding(condition, facts) is expected


def test_a_multiple_disability_meets_by_any_of_its_components_and_by_the_heaviest_grade() -> None:
    facts = some_facts(components={Category.HEARING: Grade.FOURTH, Category.MENTAL: Grade.FIRST})

    assert finding({"kind": "category_in", "categories": ("hearing",)}, facts) is MET
    assert finding({"kind": "grade_at_most", "grade": 1}, facts) is MET


def test_a_multiple_disability_whose_components_are_not_known_leaves_a_category_open() -> None:
    facts = some_facts(components={Category.MULTIPLE: Grade.SECOND})

    assert finding({"kind": "category_in", "categories": ("visual",)}, facts) is UNKNOWN
    assert finding({"kind": "category_in", "categories": ("multiple",)}, facts) is MET


@pytest.mark.parametrize(
    ("bounds", "born", "expected"),
    [
        ({"at_least": 16, "at_most": 59}, date(2010, 11, 16), MET),
        ({"at_least": 16, "at_most": 59}, date(2010, 11, 17), NOT_MET),
        ({"at_least": 16, "at_most": 59}, date(1966, 11, 17), MET),
        ({"at_least": 16, "at_most": 59}, date(1966, 11, 16), NOT_MET),
        ({"at_least": 7}, SEVEN, MET),
        ({"at_most": 6}, SEVEN, NOT_MET),
        ({"at_most": 6, "reference_day": "01-01"}, SEVEN, MET),
        ({"at_most": 6, "reference_day": "08-31"}, SEVEN, NOT_MET),
        ({"at_least": 60}, None, UNKNOWN),
    ],
)
def test_an_age_is_counted_in_completed_years_on_the_day_or_on_the_reference_day(
    bounds: dict[str, RuleValue], born: date | None, expected: Finding
) -> None:
    assert finding({"kind": "age_between", **bounds}, Facts(on=MONDAY, birth_date=born)) is expected


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ({"WHEELCHAIR": date(2023, 11, 16)}, MET),
        ({"WHEELCHAIR": date(2023, 11, 17)}, NOT_MET),
        ({"WHEELCHAIR": None}, MET),
        ({}, UNKNOWN),
    ],
)
def test_an_interval_has_passed_on_the_corresponding_day_or_where_nothing_was_ever_received(
    last: dict[str, date | None], expected: Finding
) -> None:
    condition: dict[str, RuleValue] = {"kind": "interval_since", "benefits": ("WHEELCHAIR",), "months": 36}

    assert finding(condition, Facts(on=MONDAY, last_received=last)) is expected


LEAF: RuleValue = {"kind": "certificate_in_force"}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"all": ()}, MET),
        ({"any": ()}, NOT_MET),
        ({"all": (LEAF, LEAF)}, MET),
        ({"not": LEAF}, NOT_MET),
        ({"at_least": {"count": 1, "of": (LEAF, {"not": LEAF})}}, MET),
        ({"at_least": {"count": 2, "of": (LEAF, {"not": LEAF})}}, NOT_MET),
    ],
)
def test_conditions_are_combined_by_all_any_not_and_at_least(value: RuleValue, expected: Finding) -> None:
    assert evaluate(parse(value, "test"), some_facts()) is expected


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("everybody", "not a mapping"),
        ({}, "neither a condition nor one of all, any, not, at_least"),
        ({"none": (LEAF,)}, "neither a condition nor"),
        ({"all": (LEAF,), "any": (LEAF,)}, "neither a condition nor"),
        ({"all": [LEAF]}, "not of the type tuple"),
        ({"all": ({"kind": "rich"},)}, "rich is none of"),
        ({"not": ()}, "not a mapping"),
        ({"at_least": {"count": 0, "of": (LEAF,)}}, "0 of 1 cannot be"),
        ({"at_least": {"count": 2, "of": (LEAF,)}}, "2 of 1 cannot be"),
        ({"at_least": {"count": 1, "of": (LEAF,), "among": 3}}, "unknown keys: among"),
        ({"kind": "certificate_in_force", "since": 3}, "unknown keys: since"),
        ({"kind": "grade_at_most", "grade": 5}, "5 is no grade"),
        ({"kind": "grade_at_most", "grade": True}, "not of the type int"),
        ({"kind": "grade_at_most"}, "lacks grade"),
        ({"kind": "category_in", "categories": ("tired",)}, "names no categories, or one that there is not"),
        ({"kind": "category_in", "categories": ()}, "names no categories"),
        ({"kind": "diagnosis_present", "categories": ("tired",)}, "names no categories"),
        ({"kind": "economic_status_in", "statuses": ("rich",)}, "names no economic status"),
        ({"kind": "economic_status_in"}, "names no economic status"),
        ({"kind": "age_between"}, "has no bound"),
        ({"kind": "age_between", "at_least": 7, "at_most": 6}, "bounds in the wrong order"),
        ({"kind": "age_between", "at_least": 7, "reference_day": "02-29"}, "no month and day that every year has"),
        ({"kind": "interval_since", "benefits": ("x",), "months": 0}, "a month or more"),
    ],
)
def test_criteria_of_another_shape_are_refused(value: RuleValue, message: str) -> None:
    with pytest.raises(MalformedRule, match=message):
        parse(value, "test")


def test_economic_statuses_are_those_of_the_person() -> None:
    facts = replace(some_facts(), economic_status=EconomicStatus.MONITORED)

    assert finding({"kind": "economic_status_in", "statuses": ("low_income", "monitored")}, facts) is MET
