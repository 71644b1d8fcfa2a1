"""Anybody may ask what to expect without a name; what is not known is asked about and never held against one."""

from datetime import date
from typing import Any

import pytest

from app.domain.application import Likelihood, Outlook, Package, outlook_of
from app.domain.entitlement import Facts
from app.domain.person import EconomicStatus
from app.domain.shared.identity import Category, Grade
from tests.builders import ELSEWHERE, VILLAGE, a_package, a_package_item, a_rule, rules_in_force
from tests.builders.benefit import BENEFIT_RULEBOOK
from tests.builders.rules import BOOK

HERE = BOOK.at(VILLAGE, date(2026, 11, 16))
FIVE = Package.of("disability_services", HERE)
RECEIVES_NOTHING = {"work_injury_nursing_fee": False, "orphan_allowance": False}
LIKELY, UNLIKELY, UNKNOWN = Likelihood.LIKELY, Likelihood.UNLIKELY, Likelihood.UNKNOWN


def expected(**facts: Any) -> dict[str, Likelihood]:
    return {item: outlook.likelihood for item, outlook in outlooks(**facts).items()}


def outlooks(**facts: Any) -> dict[str, Outlook]:
    return {outlook.item: outlook for outlook in outlook_of(FIVE, Facts(**facts), rules=HERE)}


def test_whoever_says_nothing_learns_that_all_depends() -> None:
    assert set(expected().values()) == {UNKNOWN}


def test_whoever_holds_a_certificate_learns_what_the_rules_say_to_it() -> None:
    assert expected(
        has_certificate=True,
        components={Category.PHYSICAL: Grade.SECOND},
        age=42,
        economic_status=EconomicStatus.SUBSISTENCE_ALLOWANCE,
        receiving=RECEIVES_NOTHING,
        flags={"willing_to_work": False},
    ) == {
        "certificate": UNLIKELY,
        "living_subsidy": LIKELY,
        "nursing_subsidy": LIKELY,
        "employment_help": UNLIKELY,
        "pension_premium": LIKELY,
    }


def test_whoever_has_no_certificate_yet_is_not_turned_away_from_what_needs_one() -> None:
    looked = outlooks(
        has_certificate=False, age=42, economic_status=EconomicStatus.SUBSISTENCE_ALLOWANCE, receiving=RECEIVES_NOTHING
    )

    assert looked["living_subsidy"].likelihood is UNKNOWN
    assert [reason.code for reason in looked["living_subsidy"].reasons if reason.finding == "unknown"] == [
        "certificate_in_force"
    ]


def test_what_no_certificate_could_mend_stays_unlikely() -> None:
    assert expected(has_certificate=False, economic_status=EconomicStatus.ORDINARY)["living_subsidy"] is UNLIKELY
    assert expected(has_certificate=False, age=70)["pension_premium"] is UNLIKELY


def test_where_the_package_gives_no_certificate_the_lack_of_one_counts() -> None:
    package = a_package(a_package_item("help"))
    rules = rules_in_force(*BENEFIT_RULEBOOK, a_rule("unused", 1, unit="count"))

    (looked,) = outlook_of(package, Facts(has_certificate=False), rules=rules)

    assert looked.likelihood is UNLIKELY


@pytest.mark.parametrize(
    ("has_certificate", "code"),
    [(True, "holds_a_certificate"), (False, "doctors_decide"), (None, "doctors_decide")],
)
def test_nobody_but_doctors_can_tell_whether_a_certificate_is_likely(
    has_certificate: bool | None,  # noqa: FBT001
    code: str,
) -> None:
    assert [reason.code for reason in outlooks(has_certificate=has_certificate)["certificate"].reasons] == [code]


def test_every_outlook_of_a_benefit_names_the_rules_and_the_law_that_it_rests_on() -> None:
    looked = outlooks()["nursing_subsidy"]

    assert looked.rule_versions[0] == "nursing_subsidy.criteria@65#1"
    assert all(reason.source for reason in looked.reasons)


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        (
            {"age": 10, "registration_region": VILLAGE},
            {"identity_card", "household_register", "photo", "guardian_proof"},
        ),
        (
            {"age": 42, "components": {Category.PHYSICAL: Grade.SECOND}, "registration_region": VILLAGE},
            {"identity_card", "household_register", "photo"},
        ),
        (
            {"age": 42, "components": {Category.MENTAL: Grade.SECOND}, "registration_region": ELSEWHERE},
            {"identity_card", "household_register", "photo", "guardian_proof", "residence_permit"},
        ),
    ],
)
def test_one_learns_what_would_have_to_be_shown_in_the_own_circumstances(
    facts: dict[str, Any], shown: set[str]
) -> None:
    assert {evidence.code for evidence in outlooks(**facts)["certificate"].evidence} == shown


def test_evidence_that_might_be_needed_is_named_while_the_circumstances_are_not_known() -> None:
    assert "guardian_proof" in {evidence.code for evidence in outlooks()["certificate"].evidence}
