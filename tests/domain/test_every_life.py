"""Every table of steps, walked whole: for each stage, role and action, the guard and the answer say what the row says.

The tables are found in the code, the ways of benefits in the packages of all places. A new kind of case fails here
until somebody says in `tests/lives.py` how one comes to stand at a stage.
"""

from enum import StrEnum

import pytest

from app.domain.shared.access import Principal, Role
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.errors import DomainError
from app.tools.docs import states
from tests.builders import PERSON_ID, a_principal
from tests.lives import LIVES, Case, Life, Table, every_table, life_of

TABLES = every_table()
STRANGER = 900
"""The number of somebody who has had no part in any case of the builders."""
BY_THE_TABLE = {"not_your_function", "illegal_transition"}
NEEDS_MORE = {("grant_anew", "illegal_transition")}
"""Steps that are open only where a review has sent the case back, though the stage is the same."""


def somebody(role: Role) -> Principal:
    """Somebody in the place of the case; the citizen is the person."""
    if role is Role.CITIZEN:
        return a_principal(role, number=STRANGER, memberships=(), person_id=PERSON_ID)
    return a_principal(role, number=STRANGER)


def code_of_row(table: Table, life: Life, case: Case, *, action: StrEnum, by: Principal) -> str | None:
    """What the row itself says: None where it lets the step pass."""
    step = table.lifecycle.steps.get(action)
    if step is not None and not life.is_anybodys and not by.roles & step.roles:
        return "not_your_function"
    if step is None or life.stage(case) not in step.sources:
        return "illegal_transition"
    return None


def code_of_guard(table: Table, life: Life, case: Case, *, action: StrEnum, by: Principal) -> str | None:
    try:
        life.guard(table.lifecycle, case, action, by)
    except DomainError as refusal:
        return refusal.code
    return None


def test_there_are_tables_and_each_is_described() -> None:
    nouns = {table.lifecycle.noun for table in TABLES}

    assert len(TABLES) >= 14
    assert nouns == LIVES.keys()


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_a_case_can_be_put_at_every_stage(table: Table) -> None:
    life = life_of(table)

    assert [life.stage(life.at(stage)) for stage in table.stages] == list(table.stages)


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_for_every_stage_and_action_the_guard_says_what_the_row_says(table: Table) -> None:
    for role in Role:
        life, by = life_of(table), somebody(role)

        for stage in table.stages:
            case = life.at(stage)
            for action in type(next(iter(table.lifecycle.steps))):
                asked = {"action": action, "by": by}
                row = code_of_row(table, life, case, **asked)
                assert code_of_guard(table, life, case, **asked) == row, (stage, action)


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_for_every_stage_and_action_the_answer_says_what_the_row_says_or_names_a_condition(table: Table) -> None:
    for role in Role:
        life, by = life_of(table), somebody(role)
        of_people = {action for action, step in table.lifecycle.steps.items() if step.operation is not None}

        for stage in table.stages:
            case = life.at(stage)
            answers = {answer.action: answer for answer in life.answers(case, by)}
            assert answers.keys() == {action.value for action in of_people}
            for action in of_people:
                row, answer = code_of_row(table, life, case, action=action, by=by), answers[action.value]
                assert answer.operation == table.lifecycle.steps[action].operation
                if row is not None:
                    assert (answer.allowed, answer.reason_code) == (False, row), (stage, action)
                elif not answer.allowed:
                    assert answer.reason_code not in BY_THE_TABLE or (action, answer.reason_code) in NEEDS_MORE


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_every_row_of_people_is_an_operation_that_its_roles_may_call(table: Table) -> None:
    for step in table.lifecycle.steps.values():
        if step.operation is not None:
            assert step.roles
            assert step.roles <= OPERATIONS[step.operation].roles


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_nobody_takes_a_step_that_follows_by_itself(table: Table) -> None:
    everybody = a_principal(*Role, number=STRANGER)
    life = life_of(table)
    by_itself = [action for action, step in table.lifecycle.steps.items() if not step.roles]

    if life.is_anybodys:
        return
    for action in by_itself:
        for stage in table.lifecycle.steps[action].sources:
            assert code_of_guard(table, life, life.at(stage), action=action, by=everybody) == "not_your_function"


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_every_stage_is_reached_or_begun_with_and_every_table_comes_to_an_end(table: Table) -> None:
    steps = table.lifecycle.steps.values()
    named = {stage for step in steps for stage in (step.target, *step.sources)}
    reached = {table.lifecycle.start} | {step.target for step in steps}
    unreached = {stage for stage in named if stage not in reached}

    assert unreached <= BEGUN_WITH.get(table.lifecycle.noun, set())
    assert any(table.lifecycle.is_final(stage) or stage in ENDS for stage in named)


BEGUN_WITH = {
    "application": {"draft", "submitted", "in_progress", "action_needed", "waiting"},
    "certificate": {"expired"},
    "evidence": {"uploaded", "declared", "counter", "authority"},
    "certificate case": {"awaiting_confirmation"},
    "benefit case": {"awaiting_confirmation"},
}
"""Stages that no step of the table leads to: they follow from something else."""
ENDS = {"granted", "allowed", "confirmed"}
"""Stages that one stays at, though something may still be done."""


def test_the_page_about_stages_draws_every_table() -> None:
    page = states()

    assert [table.name for table in TABLES if table.lifecycle.diagram() not in page] == []
