"""The way of a benefit is data, read strictly from the package."""

from typing import Any

import pytest

from app.domain.benefit import Action, Route, Stage, Step
from app.domain.shared.access import Role
from app.domain.shared.entry import Entry, MalformedRule
from app.domain.shared.rulebook import NoRuleInForce
from tests.builders import SUBSIDY_ROUTE, a_rule, a_step, rules_in_force

DECISION = a_step(Action.GRANT, Role.CIVIL_AFFAIRS)
RULES = rules_in_force(a_rule("benefit.acceptance", 5, unit="working_days"))


def an_entry(operation: str, *roles: str, **more: Any) -> Entry:
    return Entry({"code": "some_step", "operation": operation, "roles": roles, **more}, "package.test")


def test_a_route_is_read_with_the_limits_that_hold_in_the_place() -> None:
    route = Route.of(
        [
            an_entry("accept_benefit_case", "township_officer", limit_rule="benefit.acceptance"),
            an_entry("decide_benefit_case", "civil_affairs"),
        ],
        RULES,
    )

    assert route.steps == (
        Step(code="some_step", action=Action.ACCEPT, roles=frozenset({Role.TOWNSHIP_OFFICER}), working_days=5),
        Step(code="some_step", action=Action.GRANT, roles=frozenset({Role.CIVIL_AFFAIRS})),
    )
    assert route.stages == (Stage.SUBMITTED, Stage.ACCEPTED, Stage.GRANTED)


def test_a_limit_that_no_rule_gives_is_missed() -> None:
    with pytest.raises(NoRuleInForce):
        Route.of([an_entry("decide_benefit_case", "civil_affairs", limit_rule="benefit.decision")], RULES)


@pytest.mark.parametrize("entry", [an_entry("verify_certificate"), an_entry("decide_benefit_case", "mayor")])
def test_a_step_names_only_operations_and_roles_that_there_are(entry: Entry) -> None:
    with pytest.raises(MalformedRule):
        Route.of([entry], RULES)


@pytest.mark.parametrize(
    "steps",
    [
        (),
        (a_step(Action.ACCEPT),),
        (DECISION, a_step(Action.ACCEPT)),
        (a_step(Action.ACCEPT), a_step(Action.ACCEPT), DECISION),
        (a_step(Action.WITHDRAW), DECISION),
    ],
)
def test_a_route_takes_each_step_once_and_ends_with_the_decision(steps: tuple[Step, ...]) -> None:
    with pytest.raises(MalformedRule):
        Route(steps)


def test_a_role_that_the_route_names_counts_only_where_the_operation_knows_it() -> None:
    route = Route((a_step(Action.ACCEPT, Role.TOWNSHIP_OFFICER, Role.PROVIDER), DECISION))

    assert route.lifecycle.steps[Action.ACCEPT].roles == {Role.TOWNSHIP_OFFICER}


def test_refusing_belongs_to_those_who_decide_and_is_open_from_every_stage_before() -> None:
    refusing = SUBSIDY_ROUTE.lifecycle.steps[Action.REFUSE]

    assert refusing.roles == {Role.CIVIL_AFFAIRS}
    assert refusing.sources == {
        *(Stage.WAITING, Stage.AWAITING_CORRECTION, Stage.INACTIVE),
        *SUBSIDY_ROUTE.stages,
    } - {Stage.GRANTED}


def test_the_diagram_of_a_subsidy_begins_with_the_wait_for_the_certificate() -> None:
    diagram = SUBSIDY_ROUTE.lifecycle.diagram()

    assert "[*] --> waiting" in diagram
    assert "waiting --> submitted: release" in diagram
    assert "verified --> granted: grant" in diagram
