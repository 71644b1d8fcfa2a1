"""Rules propose needs from answers; only a human confirms one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.assessment import (
    NEED_LIFECYCLE,
    Answer,
    DismissalReason,
    Need,
    NeedAction,
    NeedRules,
    NeedStage,
    Proposal,
    Purpose,
    UnknownNeed,
    newly_found,
)
from app.domain.shared.access import Principal, Role
from app.domain.shared.entry import Entry, MalformedRule, RuleValue
from app.domain.shared.errors import DutiesNotSeparated, IllegalTransition
from app.domain.shared.events import Event
from app.domain.shared.transitions import NotYourFunction
from tests.builders import (
    APPLICATION_ID,
    MONDAY,
    PERSON_ID,
    a_principal,
    a_rule,
    rules_in_force,
)
from tests.builders.assessment import ASSESSMENT_ID, NEED_ID, a_need, an_assessment, an_instrument, an_occasion
from tests.builders.people import COMMISSIONER
from tests.builders.referral import REFERRAL_ID
from tests.builders.rules import BARTHEL, HERE, INSTRUMENTS, SELF_CARE

NEED_RULES = NeedRules.of(HERE)
LATER = MONDAY + timedelta(days=3)
OFFICER = a_principal(Role.COUNTY_OFFICER)
SURVEY = INSTRUMENTS.version("basic_situation", "2026")
LONG_TERM_CARE = INSTRUMENTS.version("ltc_2021", "2021")
FOUR_LOST = dict.fromkeys(("eating", "dressing", "toileting", "bathing"), "not_met")


def items_of(proposals: tuple[Proposal, ...]) -> list[str]:
    return [proposal.code.item for proposal in proposals]


def test_somebody_who_needs_nothing_is_proposed_nothing() -> None:
    assert NEED_RULES.propose(an_assessment(SELF_CARE)) == ()
    assert NEED_RULES.propose(an_assessment(BARTHEL)) == ()


def test_a_proposal_names_the_answers_and_bands_that_led_to_it() -> None:
    assessment = an_assessment(SELF_CARE, answers={"bathing": "not_met"})

    proposals = NEED_RULES.propose(assessment)

    assert items_of(proposals) == ["home_care", "self_care_training", "accessible_bathroom"]
    care, training, _ = proposals
    assert (care.code.section, care.evidence.bands) == ("social_security", {"self_care": "partial_loss"})
    assert training.evidence.answers == {"bathing": "not_met"}
    assert training.evidence.assessment_id == ASSESSMENT_ID
    assert training.evidence.rule == "needs.proposals@CN#1"


def test_the_whole_loss_of_self_care_proposes_long_term_care() -> None:
    lost = an_assessment(SELF_CARE, answers=FOUR_LOST)

    assert "long_term_care" in items_of(NEED_RULES.propose(lost))


def test_a_wheelchair_proposes_doors_and_entrance() -> None:
    proposed = items_of(
        NEED_RULES.propose(an_assessment(BARTHEL, answers={"walking": "wheelchair", "stairs": "dependent"}))
    )

    assert {"accessible_entrance", "accessible_doors", "mobility_training"} <= set(proposed)


def test_of_several_answers_to_one_item_those_are_named_that_led_to_a_need() -> None:
    answers: dict[str, Answer] = {
        "e_needs": ("day_care", "carer_relief"),
        "f_needs": "refused",
        "b_home_dangerous": "no",
    }
    told = an_assessment(SURVEY, answers=answers)

    proposals = NEED_RULES.propose(told)

    assert items_of(proposals) == ["day_care", "carer_relief"]
    assert [proposal.evidence.answers for proposal in proposals] == [
        {"e_needs": ("day_care",)},
        {"e_needs": ("carer_relief",)},
    ]


def test_the_level_that_two_heads_give_together_proposes_care() -> None:
    lost = dict.fromkeys(("a1", "a2", "a4", "a5", "a6", "a7", "a8"), "dependent") | dict.fromkeys(
        ("a4", "a5"), "incontinent"
    )
    assessment = an_assessment(LONG_TERM_CARE, by=OFFICER, answers=lost)

    assert assessment.result.bands["level"] == "level_3"
    assert {"long_term_care", "home_care"} <= set(items_of(NEED_RULES.propose(assessment)))


def test_two_rules_for_one_need_propose_it_once() -> None:
    rules = replace(NEED_RULES, proposals=(*NEED_RULES.proposals, *NEED_RULES.proposals))

    proposed = items_of(rules.propose(an_assessment(SELF_CARE, answers={"bathing": "not_met"})))

    assert len(proposed) == len(set(proposed))


def test_an_assessment_for_education_serves_education_and_rehabilitation_alone() -> None:
    for_school = an_instrument(code="self_care_six", purposes=frozenset(Purpose), items=SELF_CARE.items)
    assessment = an_assessment(for_school, occasion=an_occasion(purpose=Purpose.EDUCATION), answers=FOUR_LOST)

    assert items_of(NEED_RULES.propose(assessment)) == ["self_care_training"]


def test_what_is_looked_after_already_is_not_proposed_again() -> None:
    proposals = NEED_RULES.propose(an_assessment(SELF_CARE, answers={"bathing": "not_met"}))
    care = Need.propose(proposals[0], need_id=NEED_ID, assessment=an_assessment(), on=MONDAY)[0]
    dismissed = replace(care, code=proposals[1].code, stage=NeedStage.DISMISSED)

    assert items_of(newly_found(proposals, [care, dismissed])) == ["self_care_training", "accessible_bathroom"]


def test_every_need_of_the_catalogue_lies_in_one_section_and_every_rule_asks_what_the_instruments_have() -> None:
    sections = Entry({"all": HERE.value("needs.sections").value}, "needs.sections").entries("all")
    listed = [item for section in sections for item in section.texts("items")]
    assert sorted(listed) == sorted(NEED_RULES.types)
    for rule in NEED_RULES.proposals:
        instrument = INSTRUMENTS.in_use(rule.instrument, on=MONDAY)
        answers = {item.code: {option.code for option in item.options} for item in instrument.items}
        bands = {reading.code: {band.code for band in reading.bands} for reading in instrument.readings}
        assert all(set(choices) <= answers[item] for item, choices in rule.answers.items())
        assert all(set(choices) <= bands[scheme] for scheme, choices in rule.bands.items())


def test_a_need_that_the_catalogue_does_not_have_is_refused() -> None:
    assert NEED_RULES.code_of("day_care").section == "social_security"
    with pytest.raises(UnknownNeed):
        NEED_RULES.code_of("a_pony")


def need_rules(
    *, needs: tuple[RuleValue, ...] = (), sections: tuple[RuleValue, ...] = (), proposals: tuple[RuleValue, ...] = ()
) -> NeedRules:
    return NeedRules.of(
        rules_in_force(
            a_rule("catalogue.needs", needs, unit="needs"),
            a_rule("needs.sections", sections, unit="need_sections"),
            a_rule("needs.proposals", proposals, unit="need_proposals"),
            a_rule("needs.bound_purposes", (), unit="bound_purposes"),
        )
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"needs": ({"code": "care", "family": "home_care", "zh": "x", "en": "x"},)}, "lies in no section"),
        ({"proposals": ({"need": "pony", "instrument": "six", "bands": {"a": ("b",)}},)}, "not in the catalogue: pony"),
        ({"proposals": ({"need": "pony", "instrument": "six"},)}, "neither answers nor bands"),
        ({"proposals": ({"need": "pony", "instrument": "six", "when": "always"},)}, "unknown keys: when"),
    ],
)
def test_rules_on_needs_that_do_not_hang_together_are_refused(
    changes: dict[str, tuple[RuleValue, ...]], message: str
) -> None:
    with pytest.raises(MalformedRule, match=message):
        need_rules(**changes)


STEPS: dict[NeedAction, Callable[[Need, Principal], tuple[Need, Event]]] = {
    NeedAction.CONFIRM: lambda need, by: need.confirm(by=by, on=LATER, words="洗澡要人帮"),
    NeedAction.DISMISS: lambda need, by: need.dismiss(
        by=by, on=LATER, reason=DismissalReason.NOT_NEEDED, words="invented words"
    ),
}


def test_a_rule_only_proposes_a_need() -> None:
    assessment = an_assessment(SELF_CARE, answers={"bathing": "not_met"})
    proposal = NEED_RULES.propose(assessment)[0]

    need, event = Need.propose(proposal, need_id=NEED_ID, assessment=assessment, on=MONDAY)

    assert need.stage is NeedStage.PROPOSED
    assert (need.person_id, need.application_id, need.evidence) == (PERSON_ID, APPLICATION_ID, (proposal.evidence,))
    assert event.facts() == {
        "need_id": str(NEED_ID),
        "assessment_id": str(ASSESSMENT_ID),
        "proposed_on": "2026-11-16",
        "rule_versions": ["needs.proposals@CN#1"],
    }


def test_a_human_confirms_a_need_with_the_persons_own_words_beside_it() -> None:
    need, event = STEPS[NeedAction.CONFIRM](a_need(), COMMISSIONER)

    assert (need.stage, need.words, need.done[-1].by) == (NeedStage.CONFIRMED, "洗澡要人帮", COMMISSIONER.id)
    assert "洗澡" not in repr(need)
    assert event.name == "need.confirmed"
    assert "洗澡" not in str(event.facts())


def test_a_human_dismisses_a_need_with_a_reason() -> None:
    need, event = STEPS[NeedAction.DISMISS](a_need(), COMMISSIONER)

    assert (need.stage, need.dismissal) == (NeedStage.DISMISSED, DismissalReason.NOT_NEEDED)
    assert event.facts() == {
        "need_id": str(NEED_ID),
        "dismissed_by": str(COMMISSIONER.id),
        "dismissed_on": "2026-11-19",
    }


def test_a_confirmed_delivery_meets_a_confirmed_need() -> None:
    need, event = a_need(stage=NeedStage.CONFIRMED).meet(on=LATER, referral_id=REFERRAL_ID)

    assert (need.stage, need.met_by, need.done[-1].by) == (NeedStage.MET, REFERRAL_ID, None)
    assert event.facts() == {"need_id": str(NEED_ID), "referral_id": str(REFERRAL_ID), "met_on": "2026-11-19"}


@pytest.mark.parametrize("stage", [stage for stage in NeedStage if stage is not NeedStage.CONFIRMED])
def test_a_need_that_nobody_confirmed_is_not_met(stage: NeedStage) -> None:
    with pytest.raises(IllegalTransition):
        a_need(stage=stage).meet(on=LATER, referral_id=REFERRAL_ID)


@pytest.mark.parametrize("stage", NeedStage)
@pytest.mark.parametrize("role", Role)
def test_every_stage_role_and_action_of_a_need_is_as_the_table_says(stage: NeedStage, role: Role) -> None:
    somebody, need = a_principal(role, number=500), a_need(stage=stage)
    answers = {answer.action: answer for answer in need.allowed_actions(somebody, on=LATER)}

    for action, take in STEPS.items():
        step = NEED_LIFECYCLE.steps[action]
        allowed = role in step.roles and stage in step.sources
        assert answers[action].allowed == allowed
        if allowed:
            assert take(need, somebody)[0].stage is step.target
        else:
            with pytest.raises(IllegalTransition if role in step.roles else NotYourFunction):
                take(need, somebody)


@pytest.mark.parametrize("action", STEPS)
def test_nobody_decides_on_the_own_need(action: NeedAction) -> None:
    with pytest.raises(DutiesNotSeparated):
        STEPS[action](a_need(), replace(OFFICER, person_id=PERSON_ID))
