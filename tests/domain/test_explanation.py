"""An explanation tells a person what decides, by which law, and what would turn it, and nobody to become another."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from app.domain.assessment import NeedRules
from app.domain.entitlement import Criteria, Explanation, Facts, entitlements, explain, parse
from app.domain.person import EconomicStatus
from app.domain.shared.entry import MalformedRule, RuleValue
from app.domain.shared.errors import Unavailable
from app.domain.shared.finding import Finding
from app.domain.shared.identity import Category, Grade
from app.domain.shared.reason import Reason
from tests.builders import MONDAY, a_rule, rules_in_force
from tests.builders.facts import after, some_facts
from tests.builders.rules import HERE

MET, NOT_MET, UNKNOWN = Finding.MET, Finding.NOT_MET, Finding.UNKNOWN
ENTITLEMENTS = {code: one.criteria for code, one in entitlements(HERE).items()}
NEED_CODES = tuple(NeedRules.of(HERE).types)
PROTECTED = {"category_in", "grade_at_most", "age_at_least", "age_at_most", "age_between", "diagnosis_present"}


def explained(value: RuleValue, facts: Facts) -> Explanation:
    criteria = Criteria(root=parse(value, "test"), citation="invented for the test", rule_versions=("test#1",))
    return explain(criteria, facts)


def test_an_explanation_says_what_decides_it_by_which_law_and_what_would_turn_it() -> None:
    poor = some_facts(economic_status=EconomicStatus.ORDINARY)

    explanation = explain(ENTITLEMENTS["SUB-LIVING"], poor)

    assert (explanation.finding, explanation.is_met) == (NOT_MET, False)
    assert [reason.code for reason in explanation.reasons] == ["condition.economic_status_in.not_met"]
    assert explanation.remedies == (
        Reason(code="remedy.economic_status_in", parameters={"statuses": ("subsistence_allowance",)}),
    )
    assert explanation.citation == "国发〔2015〕52号, living subsidy"
    assert explanation.rule_versions == ("living_subsidy.criteria@CN#1", "living_subsidy.exclusions@CN#1")


def test_what_is_met_needs_no_remedy() -> None:
    explanation = explain(ENTITLEMENTS["SUB-LIVING"], some_facts())

    assert explanation.is_met
    assert explanation.remedies == ()


def test_what_is_not_known_is_asked_for() -> None:
    explanation = explain(ENTITLEMENTS["HOU"], some_facts())

    assert explanation.finding is UNKNOWN
    assert explanation.remedies == (Reason(code="evidence.need_present", parameters={"needs": ("safe_housing",)}),)


def test_where_a_rule_excludes_it_is_asked_whether_what_excludes_is_not_there() -> None:
    unlisted = some_facts(economic_status=None)

    assert explain(ENTITLEMENTS["SUB-NURSING"], unlisted).remedies == (
        Reason(code="counter_evidence.economic_status_in", parameters={"statuses": ("extreme_hardship",)}),
    )


@pytest.mark.parametrize(
    "condition",
    [
        {"kind": "grade_at_most", "grade": 1},
        {"kind": "category_in", "categories": ("visual",)},
        {"kind": "age_between", "at_most": 6},
        {"kind": "age_between", "at_least": 60},
        {"kind": "age_between", "at_least": 1, "at_most": 2},
        {"kind": "diagnosis_present", "categories": ("mental",)},
        {"kind": "flag_present", "flags": ("multi_in_household",)},
        {"not": {"kind": "certificate_in_force"}},
    ],
)
def test_nobody_is_told_to_change_a_disability_an_age_or_a_family(condition: RuleValue) -> None:
    facts = some_facts(diagnoses={Category.MENTAL: False}, flags={"multi_in_household": False})

    explanation = explained(condition, facts)

    assert (explanation.finding, len(explanation.reasons), explanation.remedies) == (NOT_MET, 1, ())


@pytest.mark.parametrize(
    ("condition", "remedy"),
    [
        ({"kind": "registered_in", "area": "11"}, Reason(code="remedy.registered_in", parameters={"area": "11"})),
        ({"kind": "residing_in", "area": "11"}, Reason(code="remedy.residing_in", parameters={"area": "11"})),
        (
            {"kind": "flag_present", "flags": ("severe", "willing_to_work")},
            Reason(code="remedy.flag_present", parameters={"flags": ("willing_to_work",)}),
        ),
        (
            {"kind": "not_receiving", "benefits": ("CARE-HOME", "CARE-SUNSHINE")},
            Reason(code="remedy.not_receiving", parameters={"benefits": ("CARE-HOME",)}),
        ),
        (
            {"kind": "interval_since", "benefits": ("AID-FIT",), "months": 36},
            Reason(code="remedy.interval_since", parameters={"until": "2028-05-31"}),
        ),
    ],
)
def test_what_can_be_changed_is_told(condition: RuleValue, remedy: Reason) -> None:
    facts = some_facts(
        flags={"severe": False, "willing_to_work": False},
        receiving={"CARE-HOME": True, "CARE-SUNSHINE": False},
        last_received={"AID-FIT": date(2025, 5, 31)},
    )

    assert explained(condition, facts).remedies == (remedy,)


def test_an_interval_is_over_on_the_day_that_was_told() -> None:
    condition: RuleValue = {"kind": "interval_since", "benefits": ("AID-FIT",), "months": 36}
    facts = Facts(on=MONDAY, last_received={"AID-FIT": date(2025, 5, 31)})
    (remedy,) = explained(condition, facts).remedies
    until = date.fromisoformat(str(remedy.parameters["until"]))

    assert explained(condition, replace(facts, on=until)).finding is MET
    assert explained(condition, replace(facts, on=until - timedelta(days=1))).finding is NOT_MET


def somebody(chance: Random) -> Facts:
    """A person of whom some things are known, and others are not."""
    categories = chance.sample(list(Category)[:6], chance.choice([0, 1, 1, 2]))
    flags = ("willing_to_work", "no_fixed_income", "earns_income", "owns_motor_wheelchair")
    return Facts(
        on=MONDAY,
        has_certificate=chance.choice([True, True, False, None]),
        components={category: chance.choice(list(Grade)) for category in categories},
        birth_date=chance.choice([None, date(chance.randint(1940, 2025), 6, 15)]),
        economic_status=chance.choice([None, *EconomicStatus]),
        needs={code: chance.random() < 0.5 for code in NEED_CODES if chance.random() < 0.7},
        receiving={code: chance.random() < 0.3 for code in ("orphan_allowance", "work_injury_nursing_fee", "ACC-HOME")},
        flags={flag: chance.random() < 0.5 for flag in flags if chance.random() < 0.7},
    )


@pytest.mark.slow
def test_for_a_thousand_people_and_all_services_what_is_told_turns_the_finding_and_touches_nothing_protected() -> None:
    chance = Random(20261116)
    told = 0
    for facts in (somebody(chance) for _ in range(1000)):
        for criteria in ENTITLEMENTS.values():
            explanation = explain(criteria, facts)
            changed = facts
            for remedy in explanation.remedies:
                changed = after(changed, remedy)
                kind, _, about = remedy.code.partition(".")
                assert kind != "remedy" or about not in PROTECTED
            told += bool(explanation.remedies)
            assert explanation.reasons or explanation.is_met
            assert explanation.finding is not UNKNOWN or explanation.remedies
            assert not explanation.remedies or explain(criteria, changed).is_met

    assert told > 5000


def test_every_service_of_the_catalogue_has_its_criteria() -> None:
    assert len(ENTITLEMENTS) == len(HERE.under("service."))
    assert all(criteria.citation and criteria.rule_versions for criteria in ENTITLEMENTS.values())


def test_somebody_whom_the_rules_exclude_is_not_entitled() -> None:
    injured = some_facts(receiving={"orphan_allowance": False, "work_injury_nursing_fee": True})

    explanation = explain(ENTITLEMENTS["SUB-LIVING"], injured)

    assert [reason.code for reason in explanation.reasons] == ["condition.not_receiving.not_met"]
    assert [remedy.code for remedy in explanation.remedies] == ["remedy.not_receiving"]


def test_a_service_says_its_eligibility_itself_or_names_a_rule_that_is_in_force() -> None:
    both: RuleValue = {"code": "X", "eligibility": {"all": ()}, "eligibility_rule": "x.criteria"}

    with pytest.raises(MalformedRule, match="either its eligibility or the rule"):
        entitlements(rules_in_force(a_rule("service.x", both, unit="service")))
    with pytest.raises(Unavailable):
        entitlements(rules_in_force(a_rule("service.x", {"code": "X", "eligibility_rule": "x.y"}, unit="service")))
