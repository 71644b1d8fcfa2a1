"""A back-test says what other rules would have said to decisions: what flips, why, the cost, and for whom."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given

from app.domain.benefit import BackTest, BenefitRules, Decided, Difference, Finding, Flip, RuleSubjects
from app.domain.entitlement import Facts
from app.domain.shared.entry import RuleValue
from app.domain.shared.identity import Category, Grade, Sex
from tests.builders import MONDAY, VILLAGE, a_rule, rules_in_force
from tests.strategies_rules import people

CERTIFIED: RuleValue = {"kind": "certificate_in_force"}
APPEAL: RuleValue = {"body": "county_government", "days": 60, "unit": "calendar_days"}


def rules_for(grade: int, fen: int) -> BenefitRules:
    severe: RuleValue = {"all": (CERTIFIED, {"kind": "grade_at_most", "grade": grade})}
    return BenefitRules.of(
        RuleSubjects(criteria="help.criteria", appeal="help.appeal", amount="help.amount"),
        rules_in_force(
            a_rule("help.criteria", severe, unit="criteria"),
            a_rule("help.appeal", APPEAL, unit="appeal"),
            a_rule("help.amount", fen, unit="fen_per_month"),
        ),
    )


BEFORE, AFTER = rules_for(2, 14000), rules_for(3, 15000)


def decided(number: int, grade: Grade, *, sex: Sex = Sex.FEMALE, **known: Any) -> Decided:
    facts = Facts(on=MONDAY, has_certificate=True, components={Category.PHYSICAL: grade}, **known)
    return Decided(
        case_id=UUID(int=number),
        item="help",
        region=VILLAGE,
        sex=sex,
        decided_on=MONDAY,
        facts=facts,
        proposal=BEFORE.proposal(facts),
    )


def replayed(*cases: Decided, rules: BenefitRules = AFTER) -> BackTest:
    return BackTest.of((case, rules.proposal(case.facts)) for case in cases)


def test_what_the_same_rules_say_to_the_same_facts_differs_in_nothing() -> None:
    test = replayed(decided(1, Grade.SECOND), decided(2, Grade.FOURTH), rules=BEFORE)

    assert (test.whole, test.flips) == (Difference(cases=2), ())


def test_a_flip_names_the_conditions_that_are_found_otherwise_and_what_it_costs() -> None:
    test = replayed(decided(1, Grade.SECOND), decided(2, Grade.THIRD), decided(3, Grade.FOURTH))

    assert test.whole == Difference(cases=3, gained=1, cost_fen=1000 + 15000)
    assert test.flips == (
        Flip(case_id=UUID(int=2), before=Finding.NOT_MET, after=Finding.MET, reasons=("grade_at_most",)),
    )


def test_what_is_taken_away_counts_as_lost_and_saves() -> None:
    test = replayed(decided(1, Grade.SECOND), rules=rules_for(1, 14000))

    assert test.whole == Difference(cases=1, lost=1, cost_fen=-14000)


@pytest.mark.parametrize(
    ("dimension", "groups"),
    [
        ("area", {"652301": 3}),
        ("sex", {"female": 2, "male": 1}),
        ("age", {"18-59": 1, "60-999": 1, "unknown": 1}),
        ("category", {"physical": 3}),
    ],
)
def test_groups_are_counted_apart(dimension: str, groups: dict[str, int]) -> None:
    test = replayed(
        decided(1, Grade.THIRD, age=59),
        decided(2, Grade.THIRD, sex=Sex.MALE, birth_date=date(1966, 11, 16)),
        decided(3, Grade.FIRST),
    )

    assert {group: one.cases for group, one in test.by_group[dimension].items()} == groups


@given(people(MONDAY))
def test_facts_are_read_again_out_of_what_a_decision_states(known: Facts) -> None:
    facts = replace(known, registration_region=VILLAGE)

    again = Facts.restated(facts.stated, on=MONDAY)

    assert again.stated == facts.stated
    assert [rules.proposal(again) for rules in (BEFORE, AFTER)] == [rules.proposal(facts) for rules in (BEFORE, AFTER)]
