"""What the rules propose for a subsidy: the combinations that the documents name, with the rulebook of 昌吉市."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain.benefit import (
    BenefitRules,
    Finding,
    Proposal,
    RuleSubjects,
)
from app.domain.entitlement import Facts, Fixed, evaluate, leaves, parse
from app.domain.person import EconomicStatus
from app.domain.shared.entry import MalformedRule, RuleValue
from app.domain.shared.identity import Category, Grade
from tests.builders import TOWNSHIP, VILLAGE
from tests.builders.rules import BOOK

MET, NOT_MET, UNKNOWN = Finding.MET, Finding.NOT_MET, Finding.UNKNOWN
ALLOWANCES = (
    "work_injury_nursing_fee",
    "orphan_allowance",
    "elderly_nursing_allowance",
    "line_of_duty_disability_allowance",
    "retired_cadre_allowance",
)
RECEIVES_NOTHING = dict.fromkeys(ALLOWANCES, False)
EVERYTHING_MET = Facts(
    has_certificate=True,
    components={Category.PHYSICAL: Grade.SECOND},
    age=42,
    economic_status=EconomicStatus.SUBSISTENCE_ALLOWANCE,
    registration_region=VILLAGE,
    receiving=RECEIVES_NOTHING,
    flags={"willing_to_work": True},
)


def rules_of(item: str, *, on: date = date(2026, 11, 16), region: str = VILLAGE) -> BenefitRules:
    is_subsidy = item.endswith("_subsidy")
    subjects = RuleSubjects(
        criteria=f"{item}.criteria",
        appeal="benefit.appeal",
        exclusions=f"{item}.exclusions" if is_subsidy else None,
        amount=f"{item}.amount" if is_subsidy else None,
        choices=f"{item}.choose_the_higher",
    )
    return BenefitRules.of(subjects, BOOK.at(region, on))


def proposed(item: str, facts: Facts) -> Proposal:
    return rules_of(item).proposal(facts)


def found(item: str, **changes: Any) -> Finding:
    return proposed(item, replace(EVERYTHING_MET, **changes)).finding


@pytest.mark.parametrize(
    ("circumstance", "living", "nursing"),
    [
        ({}, MET, MET),
        ({"economic_status": EconomicStatus.EXTREME_HARDSHIP}, NOT_MET, NOT_MET),
        ({"receiving": RECEIVES_NOTHING | {"work_injury_nursing_fee": True}}, NOT_MET, NOT_MET),
        ({"receiving": RECEIVES_NOTHING | {"orphan_allowance": True}}, NOT_MET, MET),
        ({"receiving": RECEIVES_NOTHING | {"elderly_nursing_allowance": True}}, MET, UNKNOWN),
        ({"receiving": RECEIVES_NOTHING | {"line_of_duty_disability_allowance": True}}, UNKNOWN, UNKNOWN),
        ({"receiving": RECEIVES_NOTHING | {"retired_cadre_allowance": True}}, UNKNOWN, UNKNOWN),
        ({"receiving": RECEIVES_NOTHING | {"nursing_subsidy": True}}, MET, MET),
        ({"economic_status": EconomicStatus.LOW_INCOME}, NOT_MET, MET),
        ({"economic_status": EconomicStatus.ORDINARY}, NOT_MET, MET),
        ({"components": {Category.PHYSICAL: Grade.THIRD}}, MET, NOT_MET),
        ({"components": {Category.VISUAL: Grade.FOURTH, Category.MENTAL: Grade.FIRST}}, MET, MET),
        ({"has_certificate": False}, NOT_MET, NOT_MET),
        ({"has_certificate": None}, UNKNOWN, UNKNOWN),
        ({"economic_status": None}, UNKNOWN, UNKNOWN),
        ({"components": {}}, MET, UNKNOWN),
        ({"components": {}, "grade": Grade.FIRST}, MET, MET),
        ({"receiving": {}}, UNKNOWN, UNKNOWN),
        ({"receiving": {}, "economic_status": EconomicStatus.EXTREME_HARDSHIP}, NOT_MET, NOT_MET),
    ],
)
def test_the_two_subsidies_combine_as_the_documents_say(
    circumstance: dict[str, Any], living: Finding, nursing: Finding
) -> None:
    assert found("living_subsidy", **circumstance) is living
    assert found("nursing_subsidy", **circumstance) is nursing


@pytest.mark.parametrize(
    ("changes", "employment", "pension"),
    [
        ({}, MET, MET),
        ({"age": 15}, NOT_MET, NOT_MET),
        ({"age": 16}, MET, MET),
        ({"age": 59}, MET, MET),
        ({"age": 60}, NOT_MET, NOT_MET),
        ({"age": None}, UNKNOWN, UNKNOWN),
        ({"flags": {"willing_to_work": False}}, NOT_MET, MET),
        ({"flags": {}}, UNKNOWN, MET),
        ({"components": {Category.SPEECH: Grade.THIRD}}, MET, NOT_MET),
    ],
)
def test_help_to_employment_and_with_the_pension_premium_have_their_own_conditions(
    changes: dict[str, Any], employment: Finding, pension: Finding
) -> None:
    assert found("employment_help", **changes) is employment
    assert found("pension_premium", **changes) is pension


@pytest.mark.parametrize(("on", "fen"), [(date(2025, 12, 31), 12000), (date(2026, 1, 1), 14000)])
@pytest.mark.parametrize("item", ["living_subsidy", "nursing_subsidy"])
def test_the_amount_is_the_one_of_the_place_and_the_day(on: date, fen: int, item: str) -> None:
    amount = rules_of(item, on=on).amount

    assert amount is not None
    assert (amount.value, amount.rule.unit, amount.rule.region) == (Fixed(fen), "fen_per_month", "65")


def test_elsewhere_the_nursing_subsidy_asks_for_the_need_of_care_itself() -> None:
    criteria = BenefitRules.of(
        RuleSubjects(criteria="nursing_subsidy.criteria", appeal="benefit.appeal"),
        BOOK.at("44/4401", date(2026, 11, 16)),
    )

    assert criteria.proposal(EVERYTHING_MET).finding is UNKNOWN
    assert criteria.proposal(replace(EVERYTHING_MET, needs={"long_term_care": True})).finding is MET
    assert criteria.proposal(replace(EVERYTHING_MET, needs={"long_term_care": False})).finding is NOT_MET


def test_a_proposal_says_what_speaks_against_it_by_which_law() -> None:
    facts = replace(EVERYTHING_MET, receiving=RECEIVES_NOTHING | {"orphan_allowance": True}, economic_status=None)

    proposal = proposed("living_subsidy", facts)

    assert [(reason.code, reason.finding) for reason in proposal.reasons] == [
        ("certificate_in_force", MET),
        ("economic_status_in", UNKNOWN),
        ("kept_by_the_state", UNKNOWN),
        ("work_injury_nursing_fee", MET),
        ("orphan_allowance", NOT_MET),
    ]
    assert [reason.code for reason in proposal.unmet] == ["orphan_allowance"]
    assert [reason.code for reason in proposal.unknown] == ["economic_status_in", "kept_by_the_state"]
    assert "52号" in proposal.unmet[0].source


def test_the_words_of_an_exclusion_come_with_its_rule_in_both_languages() -> None:
    facts = replace(EVERYTHING_MET, receiving=RECEIVES_NOTHING | {"orphan_allowance": True})

    wording = proposed("living_subsidy", facts).unmet[0].wording

    assert wording is not None
    assert (wording.zh, wording.en) == ("领取孤儿基本生活保障", "receives the basic living allowance of orphans")


@pytest.mark.parametrize(
    ("bounds", "code"),
    [
        ({"at_least": 16, "at_most": 59}, "age_between"),
        ({"at_least": 16}, "age_at_least"),
        ({"at_most": 59}, "age_at_most"),
    ],
)
def test_an_age_with_one_bound_has_a_sentence_of_its_own(bounds: dict[str, RuleValue], code: str) -> None:
    (leaf,) = leaves(parse({"kind": "age_between"} | bounds, "test.criteria"))

    assert (leaf.code, leaf.parameters) == (code, bounds)


def test_a_proposal_keeps_the_versions_of_the_rules_that_it_was_made_from() -> None:
    assert proposed("nursing_subsidy", EVERYTHING_MET).rule_versions == (
        "nursing_subsidy.criteria@65#1",
        "nursing_subsidy.exclusions@CN#1",
        "nursing_subsidy.choose_the_higher@CN#1",
    )


def test_whoever_receives_an_allowance_of_the_same_kind_is_asked_which_one_to_take() -> None:
    receiving = RECEIVES_NOTHING | {"elderly_nursing_allowance": True}

    reason = proposed("nursing_subsidy", replace(EVERYTHING_MET, receiving=receiving)).unknown[0]

    assert (reason.code, reason.parameters) == ("choose_the_higher", {"received": ("elderly_nursing_allowance",)})


def a_tree(value: RuleValue, facts: Facts = EVERYTHING_MET) -> Finding:
    return evaluate(parse(value, "test.criteria"), facts)


@pytest.mark.parametrize(
    ("components", "finding"),
    [
        ({Category.MENTAL: Grade.THIRD}, MET),
        ({Category.VISUAL: Grade.FIRST, Category.MENTAL: Grade.FOURTH}, MET),
        ({Category.VISUAL: Grade.FIRST}, NOT_MET),
        ({Category.MULTIPLE: Grade.FIRST}, UNKNOWN),
        ({}, UNKNOWN),
    ],
)
def test_a_category_counts_also_as_a_component(components: dict[Category, Grade], finding: Finding) -> None:
    leaf: RuleValue = {"kind": "category_in", "categories": ("intellectual", "mental")}

    assert a_tree(leaf, replace(EVERYTHING_MET, components=components)) is finding


def test_without_a_certificate_there_is_neither_category_nor_grade() -> None:
    facts = replace(EVERYTHING_MET, has_certificate=False)

    assert a_tree({"kind": "category_in", "categories": ("physical",)}, facts) is NOT_MET
    assert a_tree({"kind": "grade_at_most", "grade": 2}, facts) is NOT_MET


@pytest.mark.parametrize(
    ("facts", "finding"),
    [
        (Facts(age=4), MET),
        (Facts(age=6), UNKNOWN),
        (Facts(age=7), UNKNOWN),
        (Facts(age=8), NOT_MET),
        (Facts(), UNKNOWN),
        (Facts(age=7, birth_date=date(2019, 3, 1), on=date(2026, 11, 26)), MET),
        (Facts(age=7, birth_date=date(2019, 1, 1), on=date(2026, 11, 26)), NOT_MET),
    ],
)
def test_an_age_on_a_reference_day_is_known_where_the_day_of_birth_is_or_makes_no_difference(
    facts: Facts, finding: Finding
) -> None:
    assert a_tree({"kind": "age_between", "at_most": 6, "reference_day": "01-01"}, facts) is finding


@pytest.mark.parametrize(
    ("diagnoses", "finding"), [({}, UNKNOWN), ({Category.VISUAL: True}, MET), ({Category.VISUAL: False}, NOT_MET)]
)
def test_a_diagnosis_counts_without_a_certificate(diagnoses: dict[Category, bool], finding: Finding) -> None:
    leaf: RuleValue = {"kind": "diagnosis_present", "categories": ("visual",)}

    assert a_tree(leaf, Facts(has_certificate=False, diagnoses=diagnoses)) is finding


@pytest.mark.parametrize(
    ("service", "reference"),
    [("service.tra_blind", "service.tra_blind@CN#1"), ("service.ins_pension", "pension_premium.criteria@CN#1")],
)
def test_an_item_may_have_the_conditions_of_a_service_of_the_catalogue(service: str, reference: str) -> None:
    rules = BenefitRules.of(
        RuleSubjects(criteria=service, appeal="benefit.appeal"), BOOK.at(VILLAGE, date(2026, 11, 16))
    )

    assert rules.references == (reference,)
    blind = replace(EVERYTHING_MET, components={Category.VISUAL: Grade.FIRST})
    assert rules.proposal(blind).finding is MET


@pytest.mark.parametrize(("region", "finding"), [(VILLAGE, MET), ("65/6501", NOT_MET), (None, UNKNOWN)])
def test_registration_in_an_area_reaches_below_it(region: str | None, finding: Finding) -> None:
    leaf: RuleValue = {"kind": "registered_in", "area": TOWNSHIP}

    assert a_tree(leaf, replace(EVERYTHING_MET, registration_region=region)) is finding


@pytest.mark.parametrize(
    ("tree", "finding"),
    [
        ({"all": ()}, MET),
        ({"any": ()}, NOT_MET),
        ({"any": ({"kind": "certificate_in_force"}, {"kind": "flag_present", "flags": ("asked",)})}, MET),
        ({"any": ({"kind": "age_between", "at_most": 17}, {"kind": "flag_present", "flags": ("asked",)})}, UNKNOWN),
        ({"not": {"kind": "age_between", "at_least": 60}}, MET),
        ({"not": {"kind": "flag_present", "flags": ("asked",)}}, UNKNOWN),
    ],
)
def test_trees_join_their_leaves_with_three_values(tree: RuleValue, finding: Finding) -> None:
    assert a_tree(tree) is finding


@pytest.mark.parametrize(
    "tree",
    [
        {"kind": "star_sign_in"},
        {"kind": "age_between", "at_least": 3, "reference_day": "02-29"},
        {"kind": "age_between", "at_least": 3, "reference_day": "yesterday"},
        {"kind": "age_between", "at_least": 3, "moon": "full"},
        {"kind": "grade_at_most"},
        "certificate",
    ],
)
def test_a_tree_that_nobody_can_read_is_a_mistake_in_the_data(tree: RuleValue) -> None:
    with pytest.raises(MalformedRule):
        a_tree(tree)
