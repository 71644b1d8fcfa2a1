"""A plan has four parts, is agreed by the person and approved by another than its drafter."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from app.domain.plan import (
    LIFECYCLE,
    Findings,
    LifeEvent,
    NeedNotConfirmed,
    Observation,
    Outcome,
    Part,
    PartsMissing,
    Plan,
    PlanAction,
    PlanContent,
    PlanInconsistent,
    PlanOvertaken,
    PlanStage,
    ReferralsOpen,
    Seen,
)
from app.domain.shared.access import Principal, Role
from app.domain.shared.errors import DutiesNotSeparated, IllegalTransition
from app.domain.shared.events import Event
from app.domain.shared.quantity import InvalidQuantity, Quantity, Unit
from app.domain.shared.transitions import NotYourFunction
from app.domain.shared.voice import NotThePerson, Voice
from tests.builders import (
    APPLICATION_ID,
    CITIZEN,
    ELSEWHERE,
    MONDAY,
    PERSON_ID,
    TOWNSHIP,
    TOWNSHIP_OFFICER,
    a_principal,
)
from tests.builders.people import COMMISSIONER, GUARDIAN, GUARDIAN_ID, SOMEBODY_ELSE
from tests.builders.plan import (
    IN_A_YEAR,
    ITEM_ID,
    NOT_KNOWN_TO_BE_OWED,
    NOT_OWED,
    PLAN_ID,
    a_content,
    a_goal,
    a_plan,
    an_item_of_the_path,
    drafted,
)

LATER = MONDAY + timedelta(days=3)
NEXT = date(2027, 8, 16)
OTHER = UUID(int=0x999)


def found(*, next_review_on: date | None = NEXT, goals: tuple[int, ...] = (1,)) -> Findings:
    seen = tuple(Observation(goal=goal, seen=Seen.PARTLY_REACHED, words="还需要人扶") for goal in goals)
    return Findings(observations=seen, next_review_on=next_review_on)


STEPS: dict[PlanAction, Callable[[Plan, Principal], tuple[Plan, Event]]] = {
    PlanAction.AGREE: lambda plan, by: plan.agree(by=by, on=LATER, opinion="可以", guardians=()),
    PlanAction.DECLINE: lambda plan, by: plan.decline(by=by, on=LATER, opinion="不想要", guardians=()),
    PlanAction.APPROVE: lambda plan, by: plan.approve(by=by, on=LATER, active=None),
    PlanAction.REVIEW: lambda plan, by: plan.review(found(), by=by, on=LATER),
    PlanAction.CLOSE: lambda plan, by: plan.close(by=by, on=LATER, outcome=Outcome.REACHED, referrals=()),
}


def test_a_draft_remembers_who_drew_it_up_and_what_the_rule_of_its_day_requires() -> None:
    plan, event = drafted()

    assert (plan.stage, plan.revision, plan.application_id) == (PlanStage.DRAFTED, 1, APPLICATION_ID)
    assert (plan.done[0].by, plan.done[0].organisation_id) == (COMMISSIONER.id, *COMMISSIONER.organisation_ids)
    assert plan.required_parts == tuple(Part)
    assert event.facts() == {
        "plan_id": str(PLAN_ID),
        "revision": 1,
        "drafted_by": str(COMMISSIONER.id),
        "drafted_on": "2026-11-16",
        "rule_versions": ["plan.required_parts@65/6523/652301#1", "plan.required_for@65/6523/652301#1"],
    }


def test_only_commissioners_and_officers_of_the_place_draw_plans_up() -> None:
    for outsider in (CITIZEN, a_principal(Role.COMMISSIONER, region=ELSEWHERE)):
        with pytest.raises(NotYourFunction):
            drafted(by=outsider)


def test_nobody_draws_up_or_approves_the_own_plan() -> None:
    with pytest.raises(DutiesNotSeparated):
        drafted(by=replace(COMMISSIONER, person_id=PERSON_ID))
    with pytest.raises(DutiesNotSeparated):
        a_plan(PlanStage.AGREED).approve(by=replace(TOWNSHIP_OFFICER, person_id=PERSON_ID), on=LATER, active=None)


def test_the_person_agrees_with_the_own_words_which_stay_out_of_events_and_logs() -> None:
    plan, event = STEPS[PlanAction.AGREE](a_plan(), CITIZEN)

    assert plan.stage is PlanStage.AGREED
    assert plan.opinion is not None
    assert (plan.opinion.text, plan.opinion.voice, plan.opinion.by) == ("可以", Voice.PERSON, CITIZEN.id)
    assert "可以" not in repr(plan)
    assert "自己能洗澡" not in repr(plan)
    assert event.facts() == {
        "plan_id": str(PLAN_ID),
        "agreed_by": str(CITIZEN.id),
        "voice": "person",
        "agreed_on": "2026-11-19",
    }


def test_a_guardian_may_agree_for_the_person_and_nobody_else_may() -> None:
    plan, _ = a_plan().agree(by=GUARDIAN, on=LATER, opinion=None, guardians=(GUARDIAN_ID,))

    assert plan.opinion is not None
    assert plan.opinion.voice is Voice.GUARDIAN
    for stranger in (SOMEBODY_ELSE, replace(CITIZEN, person_id=None)):
        with pytest.raises(NotThePerson):
            a_plan().agree(by=stranger, on=LATER, opinion=None, guardians=(GUARDIAN_ID,))


@pytest.mark.parametrize("stage", [PlanStage.DRAFTED, PlanStage.AGREED])
def test_the_person_may_decline_until_the_plan_is_approved_and_that_is_respected(stage: PlanStage) -> None:
    plan, event = STEPS[PlanAction.DECLINE](a_plan(stage), CITIZEN)

    assert plan.stage is PlanStage.DECLINED
    assert LIFECYCLE.is_final(plan.stage)
    assert event.name == "plan.declined"


def test_another_than_the_drafter_approves_and_the_plan_is_active() -> None:
    plan, event = STEPS[PlanAction.APPROVE](a_plan(PlanStage.AGREED), TOWNSHIP_OFFICER)

    assert plan.stage is PlanStage.ACTIVE
    assert event.facts()["review_on"] == "2027-05-17"
    assert event.facts()["approved_by"] == str(TOWNSHIP_OFFICER.id)


def test_whoever_drew_a_plan_up_does_not_approve_it() -> None:
    officer = a_principal(Role.TOWNSHIP_OFFICER, region=TOWNSHIP)
    plan = replace(drafted(by=officer)[0], stage=PlanStage.AGREED)

    with pytest.raises(DutiesNotSeparated):
        plan.approve(by=officer, on=LATER, active=None)


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"assessment_ids": ()}, ["needs_assessment"]),
        ({"path": (), "goals": ()}, ["service_path", "specific_solution"]),
        ({"supervision": ()}, ["supervision_measures"]),
        ({"goals": ()}, ["specific_solution"]),
    ],
)
def test_nobody_agrees_to_or_approves_a_plan_that_is_owed_and_lacks_a_part(
    changes: dict[str, tuple[()]], missing: list[str]
) -> None:
    content = a_content(**changes)

    for action, stage, by in [
        (PlanAction.AGREE, PlanStage.DRAFTED, CITIZEN),
        (PlanAction.APPROVE, PlanStage.AGREED, TOWNSHIP_OFFICER),
    ]:
        with pytest.raises(PartsMissing) as refusal:
            STEPS[action](a_plan(stage, content=content), by)
        assert refusal.value.facts == {"parts": missing}


def test_parts_are_not_forced_where_no_plan_is_known_to_be_owed() -> None:
    for owed in (NOT_KNOWN_TO_BE_OWED, NOT_OWED):
        bare, _ = drafted(a_content(supervision=(), path=(), goals=(), assessment_ids=()), owed=owed)

        agreed, _ = bare.agree(by=CITIZEN, on=LATER, opinion=None, guardians=())
        approved, _ = agreed.approve(by=TOWNSHIP_OFFICER, on=LATER, active=None)

        assert (bare.required_parts, bare.missing_parts) == ((), ())
        assert approved.stage is PlanStage.ACTIVE


def test_a_plan_takes_the_place_of_the_one_that_it_was_drawn_up_on_and_of_no_other() -> None:
    plan = replace(drafted(follows=OTHER)[0], stage=PlanStage.AGREED)

    for active in (None, OTHER):
        assert plan.approve(by=TOWNSHIP_OFFICER, on=LATER, active=active)[0].stage is PlanStage.ACTIVE
    with pytest.raises(PlanOvertaken):
        plan.approve(by=TOWNSHIP_OFFICER, on=LATER, active=UUID(int=0x777))


def test_a_plan_is_closed_with_what_it_came_to_and_is_not_due_for_review_any_more() -> None:
    due = a_plan(PlanStage.ACTIVE, review_due_on=MONDAY, called_for=(LifeEvent.DIED,))

    plan, event = STEPS[PlanAction.CLOSE](due, TOWNSHIP_OFFICER)

    assert (plan.stage, plan.outcome, plan.review_due_on, plan.called_for) == (
        PlanStage.CLOSED,
        Outcome.REACHED,
        None,
        (),
    )
    assert (event.name, event.facts()["outcome"]) == ("plan.closed", "reached")


def test_services_under_way_are_named_and_keep_a_plan_open_unless_the_person_has_left() -> None:
    active = a_plan(PlanStage.ACTIVE)

    with pytest.raises(ReferralsOpen) as refusal:
        active.close(by=TOWNSHIP_OFFICER, on=LATER, outcome=Outcome.REACHED, referrals=(OTHER,))
    left, _ = active.close(by=TOWNSHIP_OFFICER, on=LATER, outcome=Outcome.PERSON_LEFT, referrals=(OTHER,))

    assert refusal.value.facts["errors"] == [{"pointer": f"/v1/referrals/{OTHER}", "code": "referrals_open"}]
    assert left.outcome is Outcome.PERSON_LEFT


def test_a_later_revision_takes_the_place_of_the_active_plan() -> None:
    plan, event = a_plan(PlanStage.ACTIVE).supersede(on=LATER, by_plan=OTHER)

    assert (plan.stage, plan.done[-1].by) == (PlanStage.SUPERSEDED, None)
    assert event.facts()["superseded_by"] == str(OTHER)


@pytest.mark.parametrize("stage", [stage for stage in PlanStage if stage is not PlanStage.ACTIVE])
def test_only_an_active_plan_is_superseded(stage: PlanStage) -> None:
    with pytest.raises(IllegalTransition):
        a_plan(stage).supersede(on=LATER, by_plan=OTHER)


@pytest.mark.parametrize("stage", PlanStage)
@pytest.mark.parametrize("role", Role)
def test_every_stage_role_and_action_of_a_plan_is_as_the_table_says(stage: PlanStage, role: Role) -> None:
    somebody, plan = a_principal(role, number=500, person_id=OTHER), a_plan(stage)
    answers = {answer.action: answer.allowed for answer in plan.allowed_actions(somebody, on=LATER, guardians={OTHER})}

    for action, take in STEPS.items():
        step = LIFECYCLE.steps[action]
        is_open = role in step.roles and stage in step.sources
        assert answers.get(action, is_open) == is_open
        if role not in step.roles:
            with pytest.raises(NotYourFunction):
                take(plan, somebody)
        elif stage not in step.sources:
            with pytest.raises(IllegalTransition):
                take(plan, somebody)


def test_the_actions_say_that_only_the_person_may_agree() -> None:
    answers = {answer.action: answer for answer in a_plan().allowed_actions(SOMEBODY_ELSE, on=LATER)}

    assert answers["agree"].reason_code == "not_the_person"
    assert {answer.action for answer in a_plan().allowed_actions(CITIZEN, on=LATER) if answer.allowed} == {
        "agree",
        "decline",
    }


BEFORE = MONDAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("content", "pointer"),
    [
        (a_content(review_on=BEFORE), "/review_on"),
        (a_content(path=(an_item_of_the_path(), an_item_of_the_path())), "/path"),
        (a_content(path=(an_item_of_the_path(starts_on=BEFORE),)), "/path/0/starts_on"),
        (a_content(path=(an_item_of_the_path(ends_on=IN_A_YEAR + timedelta(days=1)),)), "/path/0/starts_on"),
        (a_content(path=(an_item_of_the_path(duties=()),)), "/path/0/duties"),
        (a_content(goals=(a_goal(item_ids=(OTHER,)),)), "/goals/0/item_ids"),
        (a_content(goals=(a_goal(item_ids=()),)), "/goals/0/item_ids"),
    ],
)
def test_a_plan_whose_parts_do_not_fit_together_is_refused(content: PlanContent, pointer: str) -> None:
    with pytest.raises(PlanInconsistent) as refusal:
        drafted(content)

    assert refusal.value.pointer == pointer


def test_a_plan_promises_services_for_confirmed_needs_only() -> None:
    with pytest.raises(NeedNotConfirmed) as refusal:
        drafted(confirmed_needs={OTHER})

    assert refusal.value.pointer == "/path/0/need_id"


def test_a_step_of_the_path_is_found_by_its_id() -> None:
    assert a_content().item(ITEM_ID) == an_item_of_the_path()
    assert a_content().item(OTHER) is None


def test_nothing_is_no_quantity() -> None:
    with pytest.raises(InvalidQuantity):
        Quantity(amount=0, unit=Unit.HOUR)
