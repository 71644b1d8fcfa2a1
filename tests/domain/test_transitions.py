"""One table an aggregate says what may happen next; every guard, answer and diagram is read from it."""

import pkgutil
import re
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from uuid import UUID

import pytest

import app.domain
from app.domain.shared.access import Membership, Principal, Role, has_function, organisation_of
from app.domain.shared.errors import DutiesNotSeparated, IllegalTransition
from app.domain.shared.transitions import Done, Lifecycle, NotYourFunction, OwnCase, Transition
from tests.builders import COUNTY, ELSEWHERE, MONDAY, PERSON_ID, TOWNSHIP, VILLAGE, a_principal


class Stage(StrEnum):
    ASKED = "asked"
    LOOKED_AT = "looked_at"
    GIVEN = "given"


class Action(StrEnum):
    LOOK_AT = "look_at"
    GIVE = "give"
    REMIND = "remind"
    RIPEN = "ripen"


GIFTS: Lifecycle[Stage, Action] = Lifecycle(
    noun="gift",
    start=Stage.ASKED,
    steps={
        Action.LOOK_AT: Transition.through("review_certificate_case", sources=[Stage.ASKED], target=Stage.LOOKED_AT),
        Action.GIVE: Transition(
            sources=frozenset({Stage.LOOKED_AT}),
            target=Stage.GIVEN,
            roles=frozenset({Role.COUNTY_APPROVER, Role.COUNTY_REVIEWER, Role.CITIZEN}),
            operation="approve_certificate_case",
        ),
        Action.RIPEN: Transition(sources=frozenset({Stage.ASKED}), target=Stage.LOOKED_AT),
    },
    apart=frozenset({Action.LOOK_AT, Action.GIVE}),
)
REVIEWER = a_principal(Role.COUNTY_REVIEWER)
APPROVER = a_principal(Role.COUNTY_APPROVER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    stage: Stage = Stage.ASKED
    done: tuple[Done[Stage, Action], ...] = ()
    person_id: UUID = PERSON_ID
    region: str = VILLAGE


def looked_at(by: Principal = REVIEWER, *others: UUID) -> Gift:
    step = GIFTS.step(Gift(), Action.LOOK_AT, by=by, on=MONDAY, others=others)
    return Gift(stage=step.stage, done=(step,))


def test_a_step_says_what_was_done_by_whom_for_which_organisation_and_where_it_led() -> None:
    step = GIFTS.step(Gift(), Action.LOOK_AT, by=REVIEWER, on=MONDAY)

    assert (step.action, step.stage, step.on, step.by) == (Action.LOOK_AT, Stage.LOOKED_AT, MONDAY, REVIEWER.id)
    assert step.organisation_id == REVIEWER.memberships[0].organisation_id
    assert step.doers == {REVIEWER.id}


def test_the_roles_of_a_row_are_those_of_its_operation_or_those_of_them_that_are_named() -> None:
    both = frozenset({Role.TOWNSHIP_OFFICER, Role.COUNTY_OFFICER})
    row = Transition.through("accept_certificate_case", sources=[Stage.ASKED], target=Stage.LOOKED_AT)
    narrowed = Transition.through(
        "accept_certificate_case",
        sources=[Stage.ASKED],
        target=Stage.LOOKED_AT,
        only=frozenset({Role.COUNTY_OFFICER, Role.PORTAL}),
    )

    assert row.roles == both
    assert narrowed.roles == {Role.COUNTY_OFFICER}


def test_a_step_that_is_not_open_is_refused_with_the_stage_and_what_is_open() -> None:
    with pytest.raises(
        IllegalTransition, match=r"stands at 'asked', where 'give' is not open\. Open now: look at, ripen"
    ):
        GIFTS.step(Gift(), Action.GIVE, by=APPROVER, on=MONDAY)


def test_a_step_on_something_finished_is_refused_and_says_that_it_is_finished() -> None:
    with pytest.raises(IllegalTransition, match="Open now: nothing, for it is finished") as refusal:
        GIFTS.step(Gift(stage=Stage.GIVEN), Action.GIVE, by=APPROVER, on=MONDAY)

    assert refusal.value.facts == {"stage": "given", "open": []}


def test_a_step_that_the_table_does_not_have_is_open_nowhere() -> None:
    with pytest.raises(IllegalTransition):
        GIFTS.step(Gift(), Action.REMIND, by=APPROVER, on=MONDAY)


def test_a_step_of_another_role_is_refused_and_names_the_roles() -> None:
    with pytest.raises(NotYourFunction, match="county_reviewer"):
        GIFTS.step(Gift(), Action.LOOK_AT, by=APPROVER, on=MONDAY)


def test_the_same_role_of_another_place_has_no_function_here() -> None:
    with pytest.raises(NotYourFunction):
        GIFTS.step(Gift(), Action.LOOK_AT, by=a_principal(Role.COUNTY_REVIEWER, region=ELSEWHERE), on=MONDAY)


def test_a_role_of_the_token_without_an_appointment_has_no_function() -> None:
    with pytest.raises(NotYourFunction):
        GIFTS.step(Gift(), Action.LOOK_AT, by=a_principal(Role.COUNTY_REVIEWER, memberships=()), on=MONDAY)


def test_an_appointment_that_the_token_does_not_carry_is_no_function() -> None:
    two = a_principal(Role.COUNTY_REVIEWER, Role.COUNTY_APPROVER)
    only_approver = Principal(
        id=two.id,
        client_id=two.client_id,
        roles=frozenset({Role.COUNTY_APPROVER}),
        scopes=frozenset(),
        memberships=two.memberships,
    )

    with pytest.raises(NotYourFunction):
        GIFTS.step(Gift(), Action.LOOK_AT, by=only_approver, on=MONDAY)


def test_no_role_takes_a_step_that_happens_by_itself() -> None:
    with pytest.raises(NotYourFunction):
        GIFTS.step(Gift(), Action.RIPEN, by=a_principal(*Role), on=MONDAY)


def test_a_step_that_happens_by_itself_has_no_doer() -> None:
    step = GIFTS.step_by_itself(Gift(), Action.RIPEN, on=MONDAY)

    assert (step.stage, step.by, step.doers) == (Stage.LOOKED_AT, None, frozenset())


def test_what_happens_by_itself_happens_only_where_it_is_open() -> None:
    with pytest.raises(IllegalTransition):
        GIFTS.step_by_itself(looked_at(), Action.RIPEN, on=MONDAY)


def test_nobody_does_two_duties_that_are_kept_apart() -> None:
    with pytest.raises(DutiesNotSeparated, match="Whoever did 'look at' for this gift may not do 'give'") as refusal:
        GIFTS.step(looked_at(), Action.GIVE, by=REVIEWER, on=MONDAY)

    assert refusal.value.facts == {"duty": "look_at", "action": "give"}


def test_whoever_shared_in_a_duty_counts_as_a_doer_of_it() -> None:
    with pytest.raises(DutiesNotSeparated):
        GIFTS.step(looked_at(REVIEWER, APPROVER.id), Action.GIVE, by=APPROVER, on=MONDAY)


def test_whoever_shares_in_a_step_is_held_to_the_duties_as_its_doer_is() -> None:
    with pytest.raises(DutiesNotSeparated):
        GIFTS.step(looked_at(), Action.GIVE, by=APPROVER, on=MONDAY, others=(REVIEWER.id,))


def test_another_person_may_do_the_next_duty() -> None:
    assert GIFTS.step(looked_at(), Action.GIVE, by=APPROVER, on=MONDAY).stage is Stage.GIVEN


def test_nobody_handles_the_own_case() -> None:
    with pytest.raises(OwnCase, match="on their own gift"):
        GIFTS.step(Gift(), Action.LOOK_AT, by=a_principal(Role.COUNTY_REVIEWER, person_id=PERSON_ID), on=MONDAY)


def test_a_party_needs_no_appointment_to_the_place() -> None:
    citizen = a_principal(Role.CITIZEN, memberships=())

    assert GIFTS.step(looked_at(), Action.GIVE, by=citizen, on=MONDAY).organisation_id is None


def test_an_officer_acts_for_the_organisation_of_the_place_and_a_party_for_its_own() -> None:
    here, elsewhere, institution = UUID(int=1), UUID(int=2), UUID(int=3)
    principal = Principal(
        id=UUID(int=9),
        client_id=UUID(int=9),
        roles=frozenset({Role.COUNTY_OFFICER, Role.EVALUATOR}),
        scopes=frozenset(),
        memberships=tuple(
            Membership(organisation_id=organisation, role=role, region=region, valid_from=MONDAY)
            for organisation, role, region in (
                (elsewhere, Role.COUNTY_OFFICER, ELSEWHERE),
                (here, Role.COUNTY_OFFICER, COUNTY),
                (institution, Role.EVALUATOR, ELSEWHERE),
            )
        ),
    )

    assert organisation_of(principal, frozenset({Role.COUNTY_OFFICER}), region=TOWNSHIP) == here
    assert organisation_of(principal, frozenset({Role.EVALUATOR}), region=TOWNSHIP) == institution
    assert organisation_of(principal, frozenset({Role.AUDITOR}), region=TOWNSHIP) is None


def test_an_area_does_not_reach_above_itself() -> None:
    officer = a_principal(Role.TOWNSHIP_OFFICER, region=TOWNSHIP)

    assert has_function(officer, frozenset({Role.TOWNSHIP_OFFICER}), region=VILLAGE)
    assert not has_function(officer, frozenset({Role.TOWNSHIP_OFFICER}), region=COUNTY)


def test_the_answer_names_each_action_of_people_and_why_it_is_not_allowed() -> None:
    case = looked_at()

    answers = GIFTS.answers(lambda action: GIFTS.step(case, action, by=REVIEWER, on=MONDAY))

    assert [(answer.action, answer.allowed, answer.reason_code) for answer in answers] == [
        ("look_at", False, "illegal_transition"),
        ("give", False, "duties_not_separated"),
    ]
    assert answers[1].operation == "approve_certificate_case"
    assert answers[1].parameters == {"duty": "look_at", "action": "give"}
    assert answers[1].reason is not None
    assert answers[1].reason.endswith("Another person must.")


def test_the_answer_gives_no_reason_where_none_is_needed() -> None:
    allowed = GIFTS.answers(lambda action: GIFTS.step(Gift(), action, by=REVIEWER, on=MONDAY))[0]

    assert (allowed.allowed, allowed.reason_code, allowed.reason, dict(allowed.parameters)) == (True, None, None, {})


def test_the_diagram_shows_every_row_its_start_and_its_ends() -> None:
    assert GIFTS.diagram() == (
        "stateDiagram-v2\n"
        "    [*] --> asked\n"
        "    asked --> looked_at: look_at\n"
        "    asked --> looked_at: ripen\n"
        "    looked_at --> given: give\n"
        "    given --> [*]\n"
    )


def test_a_table_of_steps_is_called_one_thing_whatever_the_noun() -> None:
    modules = [import_module(one.name) for one in pkgutil.walk_packages(app.domain.__path__, "app.domain.")]
    names = {name for module in modules for name, value in vars(module).items() if isinstance(value, Lifecycle)}

    assert [name for name in sorted(names) if not re.fullmatch(r"([A-Z]+_)?LIFECYCLE", name)] == []
