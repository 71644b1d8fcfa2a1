"""Whose second word an item needs: by dated rules, on age and what is asked for, and never on what is not known."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from app.domain.application import (
    INACTIVE,
    SECOND_PARTY_PENDING,
    Necessity,
    Owner,
    PublicStatus,
    Submission,
    cases_of,
    second_parties_of,
    submit,
    told_of_item,
)
from app.domain.benefit import Stage
from app.domain.certificate import Stage as CertificateStage
from app.domain.confirmation import SecondParty
from app.domain.entitlement import Facts
from app.domain.person import GuardianshipRules, born_by
from app.domain.shared.entry import MalformedRule
from app.domain.shared.identity import Category
from app.domain.shared.term import Term
from tests.builders import (
    MONDAY,
    WEEKDAYS,
    a_package,
    a_package_item,
    a_rule,
    a_submission,
    an_application,
    an_item,
    rules_in_force,
)
from tests.builders.rules import BOOK

HERE = BOOK.at("65/6523/652301", date(2026, 11, 26))
ALL = a_package().chosen(["certificate", "living_subsidy", "nursing_subsidy"])
GROWN = (UUID(int=501), UUID(int=502))


def needed(
    *, household: tuple[UUID, ...] | None = (), necessity: Necessity = Necessity.NEEDED, **facts: Any
) -> dict[str, SecondParty]:
    found = second_parties_of(ALL, Facts(**facts), household=household, rules=HERE)
    return {need.item: need.whom for need in found if need.necessity is necessity}


def test_whoever_is_under_fourteen_needs_a_guardian_for_everything() -> None:
    assert needed(age=13, household=GROWN) == dict.fromkeys(ALL.codes, SecondParty.GUARDIAN)


@pytest.mark.parametrize("age", [14, 17])
def test_a_minor_needs_a_guardian_for_the_certificate_alone(age: int) -> None:
    assert needed(age=age) == {"certificate": SecondParty.GUARDIAN}


@pytest.mark.parametrize("category", [Category.INTELLECTUAL, Category.MENTAL])
def test_so_does_an_adult_who_names_a_disability_of_the_mind(category: Category) -> None:
    assert needed(age=40, named=frozenset({category})) == {"certificate": SecondParty.GUARDIAN}


def test_an_adult_who_names_another_disability_needs_nobody() -> None:
    assert needed(age=18, named=frozenset({Category.PHYSICAL})) == {}


def test_what_looks_at_the_household_needs_a_word_from_it_where_anybody_lives_there() -> None:
    assert needed(age=40, household=GROWN) == {"living_subsidy": SecondParty.HOUSEHOLD_MEMBER}
    assert needed(age=40, household=()) == {}


def test_what_is_not_known_asks_for_nothing_and_is_told_beforehand() -> None:
    assert needed(household=None) == {}
    assert needed(household=None, necessity=Necessity.UNKNOWN) == dict.fromkeys(ALL.codes, SecondParty.GUARDIAN)
    assert needed(age=40, household=None, necessity=Necessity.UNKNOWN) == {
        "certificate": SecondParty.GUARDIAN,
        "living_subsidy": SecondParty.HOUSEHOLD_MEMBER,
    }


def test_each_need_names_its_law_and_its_rule() -> None:
    (need,) = second_parties_of(ALL, Facts(age=17), household=(), rules=HERE)

    assert need.reference == "certificate.second_party@CN#1"
    assert "残疾人证管理办法" in need.source


def test_before_the_law_on_personal_information_nobody_was_asked_by_it() -> None:
    before = BOOK.at("65/6523/652301", date(2021, 10, 31))

    found = second_parties_of(ALL, Facts(age=10), household=GROWN, rules=before)

    assert {need.item for need in found} == {"certificate"}


@pytest.mark.parametrize(
    "value", [{"needs": ({"whom": "neighbour"},)}, {"needs": ({"whom": "guardian", "age": 1},)}, {"wants": ()}]
)
def test_a_rule_that_says_what_there_is_not_is_refused(value: Any) -> None:
    rules = rules_in_force(a_rule("certificate.second_party", value, unit="second_party"))

    with pytest.raises(MalformedRule):
        second_parties_of(ALL, Facts(), household=(), rules=rules)


def submission(*items: str, unconfirmed: str) -> Submission:
    return replace(a_submission(*items), unconfirmed=frozenset({unconfirmed}))


GIVEN: dict[str, Any] = {
    "case_ids": {"certificate": UUID(int=1), "living_subsidy": UUID(int=2), "nursing_subsidy": UUID(int=3)},
    "owners": dict.fromkeys(ALL.codes, Owner(UUID(int=9))),
    "calendar": WEEKDAYS,
}


def test_an_item_that_waits_for_a_second_word_asks_for_it_and_the_others_run() -> None:
    sent, package = (
        submission("certificate", "living_subsidy", "nursing_subsidy", unconfirmed="living_subsidy"),
        a_package(),
    )
    application, _ = submit(sent, package=package, **GIVEN)

    assert [(item.status, item.status_reason) for item in application.items] == [
        (PublicStatus.SUBMITTED, None),
        (PublicStatus.ACTION_NEEDED, SECOND_PARTY_PENDING),
        (PublicStatus.WAITING, None),
    ]
    assert [case.stage for case in cases_of(application, sent, package=package)] == [
        CertificateStage.SUBMITTED,
        Stage.AWAITING_CONFIRMATION,
        Stage.WAITING,
    ]
    assert application.status is PublicStatus.ACTION_NEEDED


def test_nothing_is_promised_of_what_waits_for_a_second_word_or_behind_it() -> None:
    package = a_package(
        a_package_item("certificate", terms=(Term(5),)),
        a_package_item("living_subsidy", "certificate", terms=(Term(5),)),
        a_package_item("nursing_subsidy", terms=(Term(5),)),
    )
    application, _ = submit(
        submission("certificate", "living_subsidy", "nursing_subsidy", unconfirmed="certificate"),
        package=package,
        **GIVEN,
    )

    promised = {item.code: item.promised_until is not None for item in application.items}
    assert promised == {"certificate": False, "living_subsidy": False, "nursing_subsidy": True}


def test_an_item_is_not_asked_about_before_its_second_word_is_there() -> None:
    waiting = replace(
        an_item("living_subsidy", PublicStatus.ACTION_NEEDED, "certificate"), status_reason=SECOND_PARTY_PENDING
    )
    application = an_application(an_item("certificate", PublicStatus.IN_PROGRESS), waiting)

    refused, _ = application.item_progressed("certificate", PublicStatus.REFUSED)
    confirmed, events = refused.item_progressed("living_subsidy", PublicStatus.WAITING)

    assert refused.item("living_subsidy").status_reason == SECOND_PARTY_PENDING
    assert confirmed.item("living_subsidy").status_reason == "stranded"
    assert events[-1].name == "application.item_stranded"


@pytest.mark.parametrize("reason", [SECOND_PARTY_PENDING, INACTIVE])
def test_the_person_is_told_why_it_waits(reason: str) -> None:
    item = replace(an_item("certificate", PublicStatus.ACTION_NEEDED), status_reason=reason)

    told = told_of_item(an_application(item), item)

    assert (told.explanation.code, told.next_action.code) == (f"status.{reason}", f"next.{reason}")


@pytest.mark.parametrize(
    ("on", "born"),
    [
        ("2026-11-16", "2008-11-16"),
        ("2028-02-28", "2010-02-28"),
        ("2028-02-29", "2010-02-28"),
        ("2028-03-01", "2010-03-01"),
    ],
)
def test_who_is_of_age_on_a_day_is_said_by_a_day_of_birth(on: str, born: str) -> None:
    rules = GuardianshipRules.of(rules_in_force(a_rule("guardianship.adult_age", 18, unit="years"), on=MONDAY))

    assert born_by(date.fromisoformat(on), rules) == date.fromisoformat(born)
