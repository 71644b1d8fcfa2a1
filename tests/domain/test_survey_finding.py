"""Dated rules find what is odd in the data of a survey; a named human settles it, and nothing changes by itself."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.adapters.texts import YamlTexts
from app.domain.shared.access import Principal
from app.domain.shared.entry import Entry, MalformedRule
from app.domain.shared.errors import IllegalTransition
from app.domain.shared.refusal import ReasonMissing
from app.domain.shared.transitions import NotYourFunction, OwnCase
from app.domain.survey_finding import (
    AlreadyTheirs,
    Check,
    FindingKind,
    FindingStage,
    Found,
    Looked,
    QualityRules,
    StillSo,
    SurveyFinding,
)
from tests.builders import MONDAY, PERSON_ID, TOWNSHIP_OFFICER, VILLAGE, WEEKDAYS
from tests.builders.people import COMMISSIONER
from tests.builders.rules import HERE
from tests.builders.survey import ANSWERS_ID, ROUND_ID, SURVEY_ID, a_finding_at

RULES = QualityRules.of(HERE)
ASKED: dict[str, Any] = {"b_needs": ("none",), "e_needs": ("none",), "f_needs": ("none",)}


def found(answers: dict[str, Any] | None = None, **changes: Any) -> set[str]:
    settings: dict[str, Any] = {"assessed_on": MONDAY, "recorded_on": MONDAY, "age": 40} | changes
    return {check.code for check in RULES.found(Looked(answers=ASKED | (answers or {}), **settings))}


@pytest.mark.parametrize(
    ("answers", "known", "code"),
    [
        ({"c_enrolled": "not_of_age"}, {"age": 9}, "of_school_age"),
        ({"d_works": "yes"}, {"age": 15}, "work_below_age"),
        ({"d_works": "no", "b_main_income": "own_work"}, {}, "income_of_no_work"),
        ({"a_living_with": "facility", "b_housing": "own"}, {}, "facility_and_home"),
        ({"a_main_carer": "nobody_needed", "e_needs": ["home_care"]}, {}, "no_carer_and_care"),
        ({"b_income": "more"}, {"held": frozenset({"economic.subsistence_allowance"})}, "income_and_allowance"),
        ({"a_format": ("braille",)}, {"held": frozenset({"format.standard"})}, "braille_not_noted"),
        ({"b_needs": "skipped"}, {}, "needs_not_asked"),
        ({}, {"assessed_on": MONDAY - timedelta(days=181)}, "old_answers"),
    ],
)
def test_each_check_finds_what_is_so_of_all_that_it_names(
    answers: dict[str, Any], known: dict[str, Any], code: str
) -> None:
    assert found(answers, **known) == {code}


def test_what_is_usual_finds_nothing_and_what_is_not_known_of_the_person_does_not_either() -> None:
    assert found({"d_works": "yes", "b_main_income": "own_work", "a_format": ("ordinary",)}) == set()
    assert found({"c_enrolled": "not_of_age", "d_works": "yes"}, age=None) == set()
    assert found({"c_enrolled": "not_of_age"}, age=18) == set()


def test_whoever_refuses_an_answer_is_not_asked_again_for_it() -> None:
    assert found({"b_needs": "refused", "e_needs": "unknown"}) == set()


def test_every_check_of_the_rules_has_its_sentence() -> None:
    texts = YamlTexts()

    for language in ("en", "zh-CN"):
        assert {f"survey_check.{check.code}" for check in RULES.checks} <= texts.codes(language)


def test_all_kinds_are_looked_for() -> None:
    assert {check.kind for check in RULES.checks} == set(FindingKind)


@pytest.mark.parametrize("value", [{"kind": "missing"}, {"kind": "stale", "older": 3}])
def test_a_check_that_asks_about_no_answer_or_is_misspelt_is_refused(value: dict[str, Any]) -> None:
    with pytest.raises(MalformedRule):
        Check.of("odd", Entry(value, "survey.quality.odd"))


def test_a_finding_names_who_looks_and_until_when_and_no_answer() -> None:
    check = next(one for one in RULES.checks if one.code == "income_of_no_work")
    what = Found(
        person_id=PERSON_ID,
        region=VILLAGE,
        round_id=ROUND_ID,
        entry_id=SURVEY_ID,
        assessment_id=ANSWERS_ID,
        owner_id=UUID(int=7),
        on=MONDAY,
    )

    opened, event = SurveyFinding.open(check, what, finding_id=UUID(int=1), rules=RULES, calendar=WEEKDAYS)

    assert (opened.stage, opened.owner_id, opened.due_on) == (FindingStage.OPEN, UUID(int=7), date(2026, 11, 30))
    assert opened.items == ("d_works", "b_main_income")
    assert (event.kind, event.due_on) == (FindingKind.CONTRADICTORY, opened.due_on)
    assert opened.rule_version.startswith("survey.quality@")
    assert not opened.is_overdue(opened.due_on)
    assert opened.is_overdue(opened.due_on + timedelta(days=1))


def test_a_named_human_settles_it_once_with_words() -> None:
    finding = a_finding_at()

    mended, _ = finding.mend("回答已更正", is_still_so=False, by=COMMISSIONER, on=MONDAY)
    confirmed, event = finding.confirm("已上门核实", by=COMMISSIONER, on=MONDAY)

    assert (mended.stage, mended.done[-1].by) == (FindingStage.MENDED, COMMISSIONER.id)
    assert (confirmed.stage, confirmed.words, event.settled_by) == (
        FindingStage.CONFIRMED,
        "已上门核实",
        COMMISSIONER.id,
    )
    with pytest.raises(ReasonMissing):
        finding.confirm(" ", by=COMMISSIONER, on=MONDAY)
    with pytest.raises(IllegalTransition):
        mended.confirm("再次核实", by=COMMISSIONER, on=MONDAY)


def test_nobody_says_that_data_were_put_right_which_still_say_so_and_nobody_settles_what_is_their_own() -> None:
    own = replace(COMMISSIONER, person_id=PERSON_ID)

    with pytest.raises(StillSo):
        a_finding_at().mend("已更正", is_still_so=True, by=COMMISSIONER, on=MONDAY)
    with pytest.raises(OwnCase):
        a_finding_at().confirm("属实", by=own, on=MONDAY)


def test_a_finding_is_passed_on_with_a_reason_until_the_same_day_and_each_time_is_kept() -> None:
    first, second, somebody = UUID(int=71), UUID(int=72), UUID(int=73)
    officer = TOWNSHIP_OFFICER
    before = a_finding_at()

    once, event = before.reassign(first, None, "村协会更了解情况", by=officer, on=MONDAY)
    twice, _ = once.reassign(second, somebody, "请本人核实", by=officer, on=MONDAY)

    assert (once.owner_id, once.assignee_id, once.stage, once.due_on) == (first, None, FindingStage.OPEN, before.due_on)
    assert [(one.from_owner_id, one.owner_id, one.assignee_id) for one in twice.reassignments] == [
        (None, first, None),
        (first, second, somebody),
    ]
    assert "了解" not in str(event.facts())
    assert (twice.words, "核实" in repr(twice)) == ("", False)


def test_a_finding_is_not_passed_on_to_whom_it_lies_with_nor_without_a_reason_nor_about_oneself() -> None:
    officer = TOWNSHIP_OFFICER
    first = UUID(int=71)
    lies = a_finding_at().reassign(first, None, "x", by=officer, on=MONDAY)[0]

    settled = a_finding_at(FindingStage.CONFIRMED)
    other, concerned = UUID(int=72), replace(officer, person_id=PERSON_ID)
    asked: tuple[tuple[type[Exception], SurveyFinding, UUID, str, Principal], ...] = (
        (AlreadyTheirs, lies, first, "x", officer),
        (ReasonMissing, lies, other, " ", officer),
        (OwnCase, lies, other, "x", concerned),
        (NotYourFunction, lies, other, "x", COMMISSIONER),
        (IllegalTransition, settled, other, "x", officer),
    )
    for refused, finding, to, words, by in asked:
        with pytest.raises(refused):
            finding.reassign(to, None, words, by=by, on=MONDAY)
