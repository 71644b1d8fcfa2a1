"""Whatever assessments, entitlement, plans, matching and referrals say has words in Chinese and in English."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from uuid import UUID

import pytest

from app.adapters.texts import YamlTexts
from app.domain.assessment import Answers, Instrument, NeedAction, NeedRules, NeedStage, score
from app.domain.catalogue import Feature, service_types
from app.domain.entitlement import DeclaredFlag, Facts
from app.domain.entitlement.conditions import KINDS, Condition
from app.domain.matching import Distance, Outcomes, Scale, Wishes
from app.domain.matching.judging import accessibility, continuity, fit, language, no_place, outcome, preference, waiting
from app.domain.person import EconomicStatus
from app.domain.plan import (
    PlanAction,
    PlanRules,
    PlanStage,
    Situation,
    SupervisionKind,
    changes,
    no_duty_here,
    obligation,
)
from app.domain.referral import Audience, ReferralAction, ReferralStage, explained
from app.domain.shared.access import Role
from app.domain.shared.entry import Entry, RuleValue
from app.domain.shared.finding import Finding
from app.domain.shared.identity import Grade
from app.domain.shared.quantity import Quantity, Unit
from app.domain.shared.reason import Reason
from app.domain.shared.transitions import Allowed
from tests.builders import CITIZEN, MONDAY, VILLAGE, a_principal
from tests.builders.assessment import a_need
from tests.builders.people import PROVIDER, SOMEBODY_ELSE
from tests.builders.plan import a_content, a_goal, a_plan, an_item_of_the_path
from tests.builders.referral import a_referral
from tests.builders.rules import HERE, INSTRUMENTS

TEXTS = YamlTexts()
LANGUAGES = ("zh-CN", "en")
LEAVES: tuple[RuleValue, ...] = (
    {"kind": "age_between", "at_least": 16, "at_most": 59},
    {"kind": "age_between", "at_least": 16},
    {"kind": "age_between", "at_most": 59},
    {"kind": "category_in", "categories": ("mental", "multiple")},
    {"kind": "certificate_in_force"},
    {"kind": "diagnosis_present", "categories": ("mental",)},
    {"kind": "economic_status_in", "statuses": tuple(status.value for status in EconomicStatus)},
    {"kind": "flag_present", "flags": (*(flag.value for flag in DeclaredFlag), "multi_in_household")},
    {"kind": "grade_at_most", "grade": 2},
    {"kind": "interval_since", "benefits": ("AID-FIT",), "months": 36},
    {"kind": "need_present", "needs": ("home_care", "long_term_care")},
    {"kind": "not_receiving", "benefits": ("CARE-HOME", "orphan_allowance")},
    {"kind": "quota_left", "services": ("AID-FIT",)},
    {"kind": "registered_in", "area": "65"},
    {"kind": "residing_in", "area": "65"},
)


def conditions() -> Iterator[Condition]:
    for leaf in LEAVES:
        entry = Entry(leaf, "test")
        yield KINDS[entry.text("kind")](entry)


def said_of_conditions() -> Iterator[Reason]:
    receiving = Facts(
        receiving={"CARE-HOME": True}, last_received={"AID-FIT": date(2026, 1, 1)}, flags={"willing_to_work": False}
    )
    for condition in conditions():
        for finding in Finding:
            yield Reason(code=f"condition.{condition.code}.{finding}", parameters=condition.parameters)
        for kind in ("evidence", "counter_evidence"):
            yield Reason(code=f"{kind}.{condition.code}", parameters=condition.parameters)
        change = condition.change(receiving)
        if change is not None:
            yield change


def named(reason: Reason, instrument: Instrument) -> Reason:
    """A reason with the names that the instrument itself gives to its schemes and bands."""
    names = {reading.code: reading.name.en for reading in instrument.readings}
    bands = {(reading.code, band.code): band.wording.en for reading in instrument.readings for band in reading.bands}
    scheme = str(reason.parameters.get("scheme", ""))
    words = {"scheme": names.get(scheme), "band": bands.get((scheme, str(reason.parameters.get("band", ""))))}
    return replace(reason, parameters={key: words.get(key) or value for key, value in reason.parameters.items()})


def said_of_assessments() -> Iterator[Reason]:
    for instrument in INSTRUMENTS:
        for choice in (0, -1):
            given = {item.code: item.options[choice].code for item in instrument.items if not item.only_if}
            for answers in (given, dict(list(given.items())[1:])):
                for reason in score(instrument, Answers.to(instrument, answers)).explanation:
                    yield named(reason, instrument)


def said_of_plans() -> Iterator[Reason]:
    rules = PlanRules.of(HERE)
    flags = rules.grounds.value.flags
    yield from no_duty_here().reasons
    for status, grade, is_so in product((None, *EconomicStatus), (None, *Grade), (True, False, None)):
        known = {} if is_so is None else dict.fromkeys(flags, is_so)
        yield from obligation(Situation(economic_status=status, grade=grade, flags=known), rules).reasons


def said_of_changes() -> Iterator[Reason]:
    """Of a plan in which all is otherwise, each way round, and one that is another in each item and goal."""
    kinds = tuple(replace(a_content().supervision[0], kind=kind) for kind in SupervisionKind)
    full, bare = a_content(supervision=kinds), a_content(assessment_ids=(), path=(), supervision=(), goals=())
    later = date(2027, 6, 1)
    moved = replace(bare, starts_on=later, review_on=later, ends_on=later)
    item = an_item_of_the_path(quantity=Quantity(amount=1, unit=Unit.HOUR), starts_on=later, ends_on=later, duties=())
    other = replace(full, path=(item,), goals=(a_goal(due_on=later),))
    for one, two in ((bare, full), (full, moved), (full, other)):
        for change in changes(one, two):
            named = {"service": "x"} if change.service_id else {}
            yield replace(change.reason, parameters={**change.reason.parameters, **named})


def said_of_matches() -> Iterator[Reason]:
    scale, known = Scale.of(HERE), UUID(int=1)
    wishes = Wishes(
        residence=VILLAGE,
        languages=frozenset({"ug-CN", "kk-CN"}),
        features=frozenset(Feature),
        other_needs=frozenset({"day_care"}),
        known_providers=frozenset({known}),
        preferred_providers=(known,),
    )
    for others in (frozenset[str](), frozenset({"day_care"})):
        yield fit(others, wishes, scale).reason
    for days in (None, 0, 3):
        yield waiting(days, scale).reason
        yield no_place(days, scale).reason
    for features in (frozenset[str](), frozenset(Feature)):
        yield accessibility("at_place", features, wishes).reason
    yield accessibility("at_place", frozenset(), replace(wishes, features=frozenset())).reason
    for spoken in (frozenset({"zh-CN"}), frozenset({"ug-CN"})):
        yield language(spoken, wishes).reason
    for came in (Outcomes(), Outcomes(10, 500), Outcomes(0, 0, 10, 900), Outcomes(0, 0, 10, 100)):
        yield outcome(came, scale).reason
    for organisation_id in (known, UUID(int=2)):
        yield continuity(organisation_id, wishes).reason
        yield preference(organisation_id, wishes, scale).reason
    yield from (Reason(code=f"matching.distance.{distance}") for distance in Distance)
    yield from (Reason(code=f"matching.{code}") for code in ("outside_area", "no_rule"))


def said_of_referrals() -> Iterator[Reason]:
    for stage, audience in product(ReferralStage, Audience):
        told = explained(replace(a_referral(stage), begins_on=MONDAY, ask_another_by=MONDAY), audience)
        yield from (told.explanation, told.next_action)


def everything_said() -> Iterator[Reason]:
    yield from said_of_referrals()
    yield from said_of_conditions()
    yield from said_of_assessments()
    yield from said_of_plans()
    yield from said_of_changes()
    yield from said_of_matches()


def refusals_of_actions() -> Iterator[Allowed]:
    for role in Role:
        somebody = a_principal(role, number=500)
        for need_stage in NeedStage:
            yield from a_need(stage=need_stage).allowed_actions(somebody, on=MONDAY)
        for plan_stage in PlanStage:
            yield from a_plan(plan_stage).allowed_actions(somebody, on=MONDAY)
        for referral_stage in ReferralStage:
            yield from a_referral(referral_stage).allowed_actions(somebody, on=MONDAY)
    yield from a_plan(content=a_content(path=(), goals=())).allowed_actions(CITIZEN, on=MONDAY)
    yield from a_referral().allowed_actions(PROVIDER, on=date(2026, 12, 31))
    yield from a_referral(provider_id=UUID(int=5)).allowed_actions(PROVIDER, on=MONDAY)
    yield from a_plan().allowed_actions(SOMEBODY_ELSE, on=MONDAY)


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_whatever_is_said_has_words_and_no_empty_blank_and_no_bare_code(tongue: str) -> None:
    for reason in everything_said():
        sentence = TEXTS.sentence(reason.code, reason.parameters, language=tongue)

        assert reason.code in TEXTS.codes(tongue), reason.code
        assert "…" not in sentence
        assert "_" not in sentence, sentence


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_why_an_action_is_not_allowed_has_words(tongue: str) -> None:
    refused = [answer for answer in refusals_of_actions() if answer.reason_code]

    assert {"not_the_person", "not_the_provider", "plan_parts_missing", "offer_expired"} <= {
        answer.reason_code for answer in refused
    }
    for answer in refused:
        code = f"not_allowed.{answer.reason_code}"
        sentence = TEXTS.sentence(code, answer.parameters, language=tongue)
        assert code in TEXTS.codes(tongue), code
        assert not {"…", "_"} & set(sentence), sentence


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_every_stage_and_action_has_words(tongue: str) -> None:
    stages = {*NeedStage, *PlanStage, *ReferralStage}
    actions = {*NeedAction, *PlanAction, *ReferralAction}
    wanted = {f"stage.{stage}" for stage in stages} | {
        f"{name}.{action}" for name in ("action", "open", "duty") for action in actions
    }

    assert wanted - TEXTS.codes(tongue) == set()


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_needs_services_and_flags_are_called_what_the_rulebook_calls_them(tongue: str) -> None:
    key = "zh" if tongue == "zh-CN" else "en"
    needs = {f"needs.{code}": kind.wording for code, kind in NeedRules.of(HERE).types.items()}
    services = {f"benefits.{code}": kind.wording for code, kind in service_types(HERE).items()}
    flags = {
        f"flags.{subject.removeprefix('flag.')}": HERE.entry(subject).value.text(key)
        for subject in HERE.book.subjects("flag.")
    }

    for code, words in (needs | services).items():
        assert TEXTS.template(code, language=tongue).lower() == getattr(words, key).lower()
    for code, name in flags.items():
        assert TEXTS.template(code, language=tongue) == name
