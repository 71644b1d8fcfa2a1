"""Whatever a person is told has words in Chinese and in English, with the same blanks, and no blank stays empty."""

from collections.abc import Iterator
from dataclasses import replace
from string import Formatter
from typing import Any

import pytest

from app.adapters.texts import YamlTexts
from app.domain import application, benefit, certificate
from app.domain.application import ITEM_STATUSES, Application, PublicStatus, told_of, told_of_item
from app.domain.application.events import ApplicationSubmitted
from app.domain.benefit import Finding
from app.domain.certificate.events import CaseSubmitted
from app.domain.entitlement import leaves, parse
from app.domain.entitlement.conditions import KINDS
from app.domain.person import PersonRegistered
from app.domain.shared.access import Role
from app.domain.shared.events import Event
from app.domain.shared.reason import Reason
from app.domain.shared.transitions import Allowed
from tests.builders import (
    AFTER_NOTICE,
    MONDAY,
    a_benefit_case,
    a_certificate_case,
    a_principal,
    an_application,
    an_item,
)

TEXTS = YamlTexts()
LANGUAGES = ("zh-CN", "en")
OURS = {kind.__module__.rpartition(".")[0] for kind in (ApplicationSubmitted, CaseSubmitted, PersonRegistered)} | {
    "app.domain.benefit"
}


def blanks(code: str, language: str) -> set[str]:
    """The parameters that a sentence has room for."""
    sentence = TEXTS._sentences[language][code]
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def every_application() -> Iterator[Application]:
    yield an_application(an_item("certificate", PublicStatus.GRANTED), an_item("living_subsidy", PublicStatus.REFUSED))
    for status in ITEM_STATUSES:
        yield an_application(an_item("certificate", status), an_item("living_subsidy", status))
        yield an_application(
            an_item("certificate", status), an_item("nursing_subsidy", PublicStatus.WAITING, "certificate")
        )
    yield replace(an_application(), items=())


def everything_told() -> Iterator[Reason]:
    for one in every_application():
        told = told_of(one)
        yield from (told.explanation, told.next_action)
        for item in one.items:
            told = told_of_item(one, item)
            yield from (told.explanation, told.next_action)


def every_refusal_of_an_action() -> Iterator[Allowed]:
    for role in Role:
        somebody = a_principal(role, number=500)
        for stage in (certificate.Stage.SUBMITTED, certificate.Stage.ON_NOTICE, certificate.Stage.ISSUED):
            yield from a_certificate_case(stage).allowed_actions(somebody, on=MONDAY)
        for reached in (benefit.Stage.WAITING, benefit.Stage.ON_NOTICE, benefit.Stage.GRANTED):
            yield from a_benefit_case(reached).allowed_actions(somebody, on=MONDAY)
        yield from an_application().allowed_actions(somebody, on=AFTER_NOTICE)


def kinds_of_event(kind: type[Event] = Event) -> Iterator[type[Event]]:
    for below in kind.__subclasses__():
        yield below
        yield from kinds_of_event(below)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_person_is_told_has_words_and_no_empty_blank(language: str) -> None:
    for told in everything_told():
        said = TEXTS.sentence(told.code, told.parameters, language=language)

        assert told.code in TEXTS.codes(language)
        assert "…" not in said
        assert "_" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_an_action_is_not_allowed_has_words_and_no_empty_blank(language: str) -> None:
    refused = [answer for answer in every_refusal_of_an_action() if answer.reason_code]

    assert {answer.reason_code for answer in refused} >= {"not_your_function", "illegal_transition"}
    for answer in refused:
        said = TEXTS.sentence(f"not_allowed.{answer.reason_code}", answer.parameters, language=language)
        assert not {"…", "_", "not_allowed"} & set(said.split())
        assert f"not_allowed.{answer.reason_code}" in TEXTS.codes(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_event_of_these_contexts_has_a_sentence_made_from_its_own_facts(language: str) -> None:
    ours = [kind for kind in kinds_of_event() if kind.__module__.startswith(tuple(OURS))]

    assert len(ours) > 20
    for kind in ours:
        code = f"event.{kind.name}"
        assert code in TEXTS.codes(language), code
        assert blanks(code, language) <= set(kind.__dataclass_fields__)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_condition_has_a_sentence_made_from_its_own_parameters(language: str) -> None:
    conditions: dict[str, dict[str, Any]] = {
        "age_between": {"at_least": 16, "at_most": 59},
        "category_in": {"categories": ("mental",)},
        "economic_status_in": {"statuses": ("subsistence_allowance",)},
        "flag_present": {"flags": ("willing_to_work",)},
        "grade_at_most": {"grade": 2},
        "need_present": {"needs": ("long_term_care",)},
        "not_receiving": {"benefits": ("orphan_allowance",)},
        "registered_in": {"area": "65"},
        "certificate_in_force": {},
        "diagnosis_present": {"categories": ("mental",)},
        "residing_in": {"area": "65"},
        "interval_since": {"benefits": ("orphan_allowance",), "months": 12},
        "quota_left": {"services": ("living_subsidy",)},
    }

    assert conditions.keys() == KINDS.keys()
    for kind, parameters in conditions.items():
        (leaf,) = leaves(parse({"kind": kind} | parameters, "test"))
        said = TEXTS.sentence(f"reason.{leaf.code}", leaf.parameters, language=language)
        assert f"reason.{leaf.code}" in TEXTS.codes(language)
        assert "…" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_that_fills_a_sentence_has_words(language: str) -> None:
    actions = {*certificate.Action, *benefit.Action, *application.Action}
    reasons = {*certificate.RefusalReason, *benefit.RefusalReason}
    reasons_of_outlooks = {"age_at_least", "age_at_most", "choose_the_higher", "holds_a_certificate", "doctors_decide"}
    wanted = {
        "stage": {*certificate.Stage, *benefit.Stage, *PublicStatus},
        "item_status": set(ITEM_STATUSES),
        "action": actions,
        "open": actions,
        "duty": actions,
        "roles": set(Role),
        "finding": set(Finding),
        "channel": set(application.Channel),
        "reason": {*reasons, *reasons_of_outlooks},
    }

    codes = TEXTS.codes(language)
    assert [
        f"{name}.{code}" for name, all_of in wanted.items() for code in all_of if f"{name}.{code}" not in codes
    ] == []


@pytest.mark.parametrize("root", ["status", "next", "reason", "not_allowed", "event", "item", "stage"])
def test_both_languages_say_the_same_with_the_same_blanks(root: str) -> None:
    chinese, english = (
        {code: blanks(code, language) for code in TEXTS.codes(language) if code.startswith(f"{root}.")}
        for language in LANGUAGES
    )

    assert chinese.keys() == english.keys()
    assert {code for code, names in chinese.items() if names != english[code]} == set()
