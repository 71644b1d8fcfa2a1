"""Flags of special difficulty follow from facts: each with its reason and its rule, open where facts are missing."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.adapters.texts import YamlTexts
from app.domain.flag import Derived, Flag, Home, Housemate, Situation, derive
from app.domain.person import EconomicStatus, Relation
from app.domain.shared.finding import Finding
from app.domain.shared.identity import Category, Grade
from tests.builders.rules import HERE

ON = date(2026, 11, 23)
GRADED = {Category.PHYSICAL: Grade.FIRST}


def born(age: int) -> date:
    return date(ON.year - age, 1, 1)


def somebody(age: int = 40, **changes: Any) -> Situation:
    facts: dict[str, Any] = {"on": ON, "born_on": born(age), "components": GRADED}
    return Situation(**(facts | changes))


def mate(relation: Relation, age: int | None, *, holds: bool = False) -> Housemate:
    return Housemate(relation=relation, born_on=None if age is None else born(age), holds=holds)


def at_home(*others: Housemate, own: Relation = Relation.HEAD) -> Home:
    return Home(own=own, others=others)


def found(situation: Situation, flag: Flag) -> Derived:
    return next(one for one in derive(situation, HERE) if one.flag is flag)


MET, NOT_MET, UNKNOWN = Finding.MET, Finding.NOT_MET, Finding.UNKNOWN
MOTHER, SISTER = mate(Relation.PARENT, 66), mate(Relation.SIBLING, 38)


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        (somebody(home=at_home(MOTHER)), MET),
        (somebody(home=at_home(mate(Relation.HEAD, 66), own=Relation.CHILD)), MET),
        (somebody(home=at_home(MOTHER, replace(SISTER, holds=True))), MET),
        (somebody(home=at_home(MOTHER, mate(Relation.SIBLING, 60))), MET),
        (somebody(home=at_home(MOTHER, SISTER)), NOT_MET),
        (somebody(home=at_home(mate(Relation.PARENT, 59))), NOT_MET),
        (somebody(home=at_home(SISTER)), NOT_MET),
        (somebody(home=at_home()), NOT_MET),
        (somebody(17, home=at_home(MOTHER)), NOT_MET),
        (somebody(18, home=at_home(MOTHER, mate(Relation.SIBLING, 12))), MET),
        (somebody(home=at_home(mate(Relation.PARENT, None))), UNKNOWN),
        (somebody(home=at_home(MOTHER, mate(Relation.OTHER, None))), UNKNOWN),
        (somebody(), UNKNOWN),
        (somebody(components={}, home=at_home(MOTHER)), UNKNOWN),
    ],
)
def test_who_is_cared_for_by_old_parents(situation: Situation, expected: Finding) -> None:
    assert found(situation, Flag.OLD_CARES_DISABLED).finding is expected


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        (somebody(home=at_home()), MET),
        (somebody(home=at_home(SISTER)), NOT_MET),
        (somebody(home=at_home(), has_guardian=True), NOT_MET),
        (somebody(9, home=at_home()), MET),
        (somebody(9, home=at_home(mate(Relation.SIBLING, 12))), MET),
        (somebody(9, home=at_home(MOTHER)), NOT_MET),
        (somebody(9, has_guardian=True), NOT_MET),
        (somebody(9, home=at_home(mate(Relation.OTHER, None))), UNKNOWN),
        (somebody(), UNKNOWN),
    ],
)
def test_who_has_nobody(situation: Situation, expected: Finding) -> None:
    assert found(situation, Flag.ORPHAN_DISABLED).finding is expected


@pytest.mark.parametrize(
    ("situation", "flag", "expected"),
    [
        (somebody(home=at_home(replace(SISTER, holds=True))), Flag.MULTI_IN_HOUSEHOLD, MET),
        (somebody(home=at_home(SISTER)), Flag.MULTI_IN_HOUSEHOLD, NOT_MET),
        (somebody(), Flag.MULTI_IN_HOUSEHOLD, UNKNOWN),
        (somebody(60), Flag.ELDERLY_DISABLED, MET),
        (somebody(59), Flag.ELDERLY_DISABLED, NOT_MET),
        (somebody(born_on=None), Flag.ELDERLY_DISABLED, UNKNOWN),
        (somebody(components={Category.VISUAL: Grade.SECOND}), Flag.SEVERE, MET),
        (somebody(components={Category.VISUAL: Grade.THIRD}), Flag.SEVERE, NOT_MET),
        (somebody(components={}), Flag.SEVERE, UNKNOWN),
        (somebody(components=GRADED | {Category.VISUAL: Grade.FOURTH}), Flag.MULTIPLE, MET),
        (somebody(), Flag.MULTIPLE, NOT_MET),
        (somebody(economic_status=EconomicStatus.MONITORED), Flag.POOR, MET),
        (somebody(economic_status=EconomicStatus.ORDINARY), Flag.POOR, NOT_MET),
        (somebody(), Flag.POOR, UNKNOWN),
    ],
)
def test_what_figures_decide_is_decided_at_the_figure(situation: Situation, flag: Flag, expected: Finding) -> None:
    assert found(situation, flag).finding is expected


def test_each_flag_names_the_version_of_its_definition_and_says_why_in_both_languages() -> None:
    texts = YamlTexts()
    situations = (somebody(), somebody(64, home=at_home(MOTHER), economic_status=EconomicStatus.LOW_INCOME))

    told = [one for situation in situations for one in derive(situation, HERE)]

    assert {one.flag for one in told} == set(Flag)
    assert all(one.rule_version.startswith(f"flag.{one.flag}@") for one in told)
    for one in told:
        for language in ("zh-CN", "en"):
            sentence = texts.sentence(one.reason.code, one.reason.parameters, language=language)
            assert sentence not in {"", one.reason.code}
            assert "{" not in sentence
