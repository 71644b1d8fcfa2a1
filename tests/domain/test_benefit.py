"""A benefit case goes the way that its package says, and a human decides it with reasons."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from app.domain.benefit import (
    Action,
    BenefitCase,
    BenefitNoticeStillRunning,
    BenefitRules,
    Finding,
    Grant,
    Opinion,
    Route,
    RuleSubjects,
    Stage,
)
from app.domain.shared.access import Principal, Role
from app.domain.shared.errors import DutiesNotSeparated, IllegalTransition
from app.domain.shared.events import Event
from app.domain.shared.refusal import ReasonMissing
from app.domain.shared.transitions import NotYourFunction
from tests.builders import (
    AFTER_NOTICE,
    BENEFIT_RULEBOOK,
    BENEFIT_RULES,
    CITIZEN,
    CIVIL_AFFAIRS,
    COUNTY_OFFICER,
    MONDAY,
    NOTICE_ENDS,
    OWN_WORD,
    PERSON_ID,
    REVIEWER,
    SHORT_ROUTE,
    SUBSIDY_ROUTE,
    TOWNSHIP_OFFICER,
    WEEKDAYS,
    a_benefit_case,
    a_benefit_refusal,
    a_principal,
    a_proposal,
    a_step,
    rules_in_force,
)

Take = Callable[[BenefitCase, Principal], tuple[BenefitCase, Event]]

STEPS: dict[Action, Take] = {
    Action.ASK_CORRECTION: lambda case, by: case.ask_correction(by=by, on=MONDAY),
    Action.ACCEPT: lambda case, by: case.accept(by=by, on=MONDAY),
    Action.CHECK: lambda case, by: case.check(by=by, on=MONDAY),
    Action.POST_NOTICE: lambda case, by: case.post_notice(by=by, on=MONDAY, calendar=WEEKDAYS),
    Action.VERIFY: lambda case, by: case.verify(by=by, on=AFTER_NOTICE),
    Action.GRANT: lambda case, by: case.grant(by=by, on=AFTER_NOTICE, proposal=a_proposal(), rules=BENEFIT_RULES),
    Action.REFUSE: lambda case, by: case.refuse(
        by=by, on=AFTER_NOTICE, proposal=a_proposal(), refusal=a_benefit_refusal(), rules=BENEFIT_RULES
    ),
    Action.WITHDRAW: lambda case, by: case.withdraw(by=by, on=AFTER_NOTICE, word=OWN_WORD),
    Action.GIVE_UP: lambda case, by: case.give_up(by=by, on=AFTER_NOTICE, word=OWN_WORD),
}
UNANSWERED = (Stage.AWAITING_CONFIRMATION, Stage.AWAITING_CORRECTION, Stage.INACTIVE)
ROUTES = {"subsidy": SUBSIDY_ROUTE, "short": SHORT_ROUTE}
EVERYWHERE = [
    (name, stage)
    for name, way in ROUTES.items()
    for stage in (Stage.WAITING, *way.stages, *UNANSWERED, Stage.REFUSED, Stage.WITHDRAWN)
]


def a_case_at(stage: Stage, *, route: Route = SUBSIDY_ROUTE) -> BenefitCase:
    """A case that came to the stage, the two that end it early included."""
    if stage is Stage.REFUSED:
        decider = COUNTY_OFFICER if route is SHORT_ROUTE else CIVIL_AFFAIRS
        return STEPS[Action.REFUSE](a_benefit_case(route=route), decider)[0]
    if stage in {Stage.AWAITING_CORRECTION, Stage.INACTIVE}:
        waiting = a_benefit_case(route=route).ask_correction(by=TOWNSHIP_OFFICER, on=MONDAY)[0]
        return waiting if stage is Stage.AWAITING_CORRECTION else waiting.rest(on=MONDAY)[0]
    if stage is Stage.AWAITING_CONFIRMATION:
        return replace(a_benefit_case(route=route), stage=stage)
    if stage is Stage.WITHDRAWN:
        return STEPS[Action.WITHDRAW](a_benefit_case(route=route), CITIZEN)[0]
    return a_benefit_case(stage, route=route)


def test_the_ordinary_way_of_a_subsidy_leads_from_the_township_to_civil_affairs() -> None:
    case = a_benefit_case(Stage.GRANTED)

    assert case.is_finished
    assert [(step.action, step.by) for step in case.done] == [
        (Action.ACCEPT, TOWNSHIP_OFFICER.id),
        (Action.CHECK, TOWNSHIP_OFFICER.id),
        (Action.POST_NOTICE, TOWNSHIP_OFFICER.id),
        (Action.VERIFY, REVIEWER.id),
        (Action.GRANT, CIVIL_AFFAIRS.id),
    ]
    assert case.done_by(Action.GRANT) == CIVIL_AFFAIRS.id
    assert case.done_by(Action.REFUSE) is None


def test_a_route_may_be_as_short_as_acceptance_and_decision() -> None:
    case = a_benefit_case(Stage.GRANTED, route=SHORT_ROUTE)

    assert [step.action for step in case.done] == [Action.ACCEPT, Action.GRANT]


@pytest.mark.parametrize("action", STEPS)
def test_every_step_tells_what_happened_in_the_past_tense_and_leaves_the_version_to_the_store(action: Action) -> None:
    step = SUBSIDY_ROUTE.lifecycle.steps[action]
    source = min(step.sources - {Stage.WAITING}, key=list(Stage).index)
    usual = {Action.WITHDRAW: CITIZEN, Action.REFUSE: CIVIL_AFFAIRS, Action.GRANT: CIVIL_AFFAIRS}
    by = usual.get(action, REVIEWER if action is Action.VERIFY else TOWNSHIP_OFFICER)

    case, event = STEPS[action](a_case_at(source), by)

    assert (case.stage, case.version) == (step.target, 1)
    assert event.name.startswith("benefit_case.")
    assert event.facts()["case_id"] == str(case.id)
    assert str(PERSON_ID) not in str(event.facts())


@pytest.mark.parametrize(("route", "stage"), EVERYWHERE)
def test_every_stage_role_and_action_is_as_the_table_says(route: str, stage: Stage) -> None:
    for role in Role:
        somebody = a_principal(role, number=500)
        table = ROUTES[route].lifecycle

        for action, take in STEPS.items():
            case = a_case_at(stage, route=ROUTES[route])
            if action not in table.steps:
                with pytest.raises(IllegalTransition):
                    take(case, somebody)
            elif role not in table.steps[action].roles:
                with pytest.raises(NotYourFunction):
                    take(case, somebody)
            elif stage not in table.steps[action].sources:
                with pytest.raises(IllegalTransition):
                    take(case, somebody)
            else:
                assert take(case, somebody)[0].stage is table.steps[action].target


@pytest.mark.parametrize(("route", "stage"), EVERYWHERE)
def test_what_is_said_to_be_allowed_is_what_succeeds(route: str, stage: Stage) -> None:
    for role in Role:
        somebody = a_principal(role, number=500)
        case = a_case_at(stage, route=ROUTES[route])

        for answer in case.allowed_actions(somebody, on=AFTER_NOTICE):
            if answer.allowed:
                STEPS[Action(answer.action)](case, somebody)
            else:
                assert answer.reason_code in {"not_your_function", "illegal_transition"}


def test_a_case_that_waits_tells_so_when_it_comes_in() -> None:
    assert a_benefit_case(Stage.WAITING).submitted().facts()["is_waiting"] is True
    assert a_benefit_case().submitted().facts() == {
        "case_id": str(a_benefit_case().id),
        "item": "living_subsidy",
        "is_waiting": False,
    }


def test_a_case_that_waited_goes_on_by_itself() -> None:
    case, event = a_benefit_case(Stage.WAITING).release(on=AFTER_NOTICE)

    assert (case.stage, case.done_by(Action.RELEASE)) == (Stage.SUBMITTED, None)
    assert event.facts()["released_on"] == "2026-11-24"


def test_a_case_that_does_not_wait_is_not_released() -> None:
    with pytest.raises(IllegalTransition):
        a_benefit_case().release(on=MONDAY)


@pytest.mark.parametrize(
    ("stage", "action", "role", "earlier"),
    [
        (Stage.ON_NOTICE, Action.VERIFY, Role.COUNTY_REVIEWER, TOWNSHIP_OFFICER),
        (Stage.VERIFIED, Action.GRANT, Role.CIVIL_AFFAIRS, REVIEWER),
        (Stage.VERIFIED, Action.REFUSE, Role.CIVIL_AFFAIRS, TOWNSHIP_OFFICER),
    ],
)
def test_whoever_checked_may_neither_verify_nor_decide(
    stage: Stage, action: Action, *, role: Role, earlier: Principal
) -> None:
    same_person = replace(a_principal(role), id=earlier.id)

    with pytest.raises(DutiesNotSeparated):
        STEPS[action](a_case_at(stage), same_person)


def test_the_last_day_of_the_notice_still_belongs_to_the_public() -> None:
    case = a_benefit_case(Stage.ON_NOTICE)

    assert case.notice_last_day == NOTICE_ENDS
    with pytest.raises(BenefitNoticeStillRunning, match="2026-11-23"):
        case.verify(by=REVIEWER, on=NOTICE_ENDS)
    assert case.verify(by=REVIEWER, on=AFTER_NOTICE)[0].stage is Stage.VERIFIED


def test_a_notice_whose_last_day_is_not_known_never_ends() -> None:
    with pytest.raises(BenefitNoticeStillRunning):
        a_benefit_case(Stage.ON_NOTICE, notice_last_day=None).verify(by=REVIEWER, on=AFTER_NOTICE)


def test_a_person_withdraws_and_an_office_refuses_without_waiting_for_the_notice_to_end() -> None:
    case = a_benefit_case(Stage.ON_NOTICE)

    assert case.withdraw(by=CITIZEN, on=MONDAY, word=OWN_WORD)[0].stage is Stage.WITHDRAWN
    assert STEPS[Action.REFUSE](case, CIVIL_AFFAIRS)[0].stage is Stage.REFUSED


def test_a_notice_for_which_no_time_is_set_ends_on_its_day() -> None:
    route = Route(
        (
            a_step(Action.POST_NOTICE, Role.TOWNSHIP_OFFICER, working_days=None),
            a_step(Action.GRANT, Role.CIVIL_AFFAIRS),
        )
    )

    assert a_benefit_case(Stage.ON_NOTICE, route=route).notice_last_day == MONDAY


@pytest.mark.parametrize("finding", [Finding.NOT_MET, Finding.UNKNOWN])
def test_an_opinion_that_is_not_in_favour_is_said_in_words(finding: Finding) -> None:
    with pytest.raises(ReasonMissing):
        Opinion(finding=finding)


def test_the_opinions_of_township_and_federation_are_kept_and_bind_nobody() -> None:
    against = Opinion(finding=Finding.NOT_MET, text="invented words")
    case, event = a_benefit_case(Stage.ACCEPTED).check(by=TOWNSHIP_OFFICER, on=MONDAY, opinion=against)

    assert case.initial_opinion == against
    assert event.finding is Finding.NOT_MET
    assert "invented words" not in str(event.facts())
    assert case.stage is Stage.INITIALLY_CHECKED


def test_a_grant_is_counted_from_the_month_of_application_in_fen_by_the_rulebook() -> None:
    case, event = STEPS[Action.GRANT](a_case_at(Stage.VERIFIED), CIVIL_AFFAIRS)

    assert case.granted == Grant(
        first_month=date(2026, 11, 1),
        amount_fen=14000,
        unit="fen_per_month",
        rule_versions=("help.criteria@CN#1", "help.amount@CN#1"),
    )
    assert event.facts()["amount_fen"] == 14000
    assert event.facts()["first_month"] == "2026-11-01"


def test_a_benefit_without_money_is_granted_without_an_amount() -> None:
    rules = BenefitRules.of(
        RuleSubjects(criteria="help.criteria", appeal="help.appeal"), rules_in_force(*BENEFIT_RULEBOOK)
    )
    case, _ = a_benefit_case(Stage.ACCEPTED, route=SHORT_ROUTE).grant(
        by=COUNTY_OFFICER, on=AFTER_NOTICE, proposal=a_proposal(), rules=rules
    )

    assert case.granted is not None
    assert (case.granted.amount_fen, case.granted.unit) == (None, None)


@pytest.mark.parametrize("finding", [Finding.NOT_MET, Finding.UNKNOWN])
def test_whoever_grants_against_the_proposal_says_why(finding: Finding) -> None:
    case = a_benefit_case(Stage.VERIFIED)

    with pytest.raises(ReasonMissing):
        case.grant(by=CIVIL_AFFAIRS, on=AFTER_NOTICE, proposal=a_proposal(finding), rules=BENEFIT_RULES)
    granted, event = case.grant(
        by=CIVIL_AFFAIRS,
        on=AFTER_NOTICE,
        proposal=a_proposal(finding),
        rules=BENEFIT_RULES,
        deviation="invented words",
    )
    assert granted.deviation == "invented words"
    assert event.proposed is finding


def test_a_refusal_keeps_its_words_for_the_person_and_tells_others_only_the_code() -> None:
    case, event = STEPS[Action.REFUSE](a_case_at(Stage.WAITING), CIVIL_AFFAIRS)

    assert case.refusal is not None
    assert (case.refusal.text, case.refusal.appeal.days) == ("invented words for the person", 60)
    assert event.facts()["reason"] == "conditions_not_met"
    assert event.facts()["rule_versions"] == ["help.criteria@CN#1", "help.appeal@CN#1"]
    assert "invented words" not in str(event.facts())
