"""A roll is drawn up by a job, checked by one person, approved by another, and then final."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from app.domain.payment import (
    ROLL_LIFECYCLE,
    MonthNotBegun,
    MonthRolled,
    PaymentRoll,
    RollAction,
    RollDoesNotReconcile,
    RollStage,
    Totals,
)
from app.domain.shared.access import Role
from app.domain.shared.errors import DutiesNotSeparated, IllegalTransition
from app.domain.shared.events import Event
from app.domain.shared.refusal import ReasonMissing
from app.domain.shared.transitions import NotYourFunction
from tests.builders import a_principal

COUNTY = "65/6523/652301"
TODAY = date(2026, 11, 24)
ONE, OTHER = a_principal(Role.CIVIL_AFFAIRS, number=601), a_principal(Role.CIVIL_AFFAIRS, number=602)


def a_roll(stage: RollStage = RollStage.DRAFTING) -> PaymentRoll:
    """A roll that went its ordinary way to a stage: checked by one, approved by another."""
    roll, _ = PaymentRoll.order(
        roll_id=UUID(int=1),
        region=COUNTY,
        benefit="living_subsidy",
        month=date(2026, 11, 15),
        job_id=UUID(int=2),
        by=ONE,
        today=TODAY,
    )
    if stage is RollStage.REJECTED:
        return roll.reject(by=ONE, on=TODAY, objection="invented")[0]
    order = [RollStage.DRAFTING, RollStage.DRAFTED, RollStage.CHECKED, RollStage.APPROVED]
    steps: list[Callable[[PaymentRoll], PaymentRoll]] = [
        lambda at: at.complete(Totals(), on=TODAY)[0],
        lambda at: at.check(by=ONE, on=TODAY)[0],
        lambda at: at.approve(by=OTHER, on=TODAY)[0],
    ]
    for step in steps[: order.index(stage)]:
        roll = step(roll)
    return roll


def test_a_roll_is_of_the_month_that_a_day_lies_in() -> None:
    assert a_roll().month == date(2026, 11, 1)


def test_a_month_that_has_not_begun_has_no_roll() -> None:
    with pytest.raises(MonthNotBegun):
        PaymentRoll.order(
            roll_id=UUID(int=1),
            region=COUNTY,
            benefit="living_subsidy",
            month=date(2026, 12, 1),
            job_id=UUID(int=2),
            by=ONE,
            today=TODAY,
        )


@pytest.mark.parametrize("month", [date(2026, 11, 1), date(2027, 1, 1)])
def test_a_month_that_was_rolled_already_is_not_rolled_again(month: date) -> None:
    with pytest.raises(MonthRolled):
        a_roll().following(replace(a_roll(RollStage.APPROVED), month=month))


def test_a_roll_is_compared_with_the_approved_one_before_it() -> None:
    before = replace(a_roll(RollStage.APPROVED), id=UUID(int=9), month=date(2026, 10, 1))

    assert a_roll().following(before).previous_id == before.id
    assert a_roll().following(None).previous_id is None


def test_whoever_has_checked_a_roll_may_not_approve_it() -> None:
    with pytest.raises(DutiesNotSeparated):
        a_roll(RollStage.CHECKED).approve(by=ONE, on=TODAY)


def test_a_roll_whose_sums_do_not_agree_is_not_drawn_up() -> None:
    with pytest.raises(RollDoesNotReconcile):
        a_roll().complete(Totals(before_fen=1), on=TODAY)


def test_a_roll_is_sent_back_with_words() -> None:
    with pytest.raises(ReasonMissing):
        a_roll(RollStage.DRAFTED).reject(by=ONE, on=TODAY, objection="  ")
    assert a_roll(RollStage.DRAFTED).reject(by=ONE, on=TODAY, objection="重复")[0].objection == "重复"


@pytest.mark.parametrize("stage", RollStage)
@pytest.mark.parametrize("role", Role)
def test_every_stage_role_and_action_is_as_the_table_says(stage: RollStage, role: Role) -> None:
    somebody = a_principal(role, number=700)
    roll = a_roll(stage)
    steps: dict[RollAction, Callable[[], tuple[PaymentRoll, Event]]] = {
        RollAction.CHECK: lambda: roll.check(by=somebody, on=TODAY),
        RollAction.APPROVE: lambda: roll.approve(by=somebody, on=TODAY),
        RollAction.REJECT: lambda: roll.reject(by=somebody, on=TODAY, objection="invented"),
    }
    allowed = {answer.action for answer in roll.allowed_actions(somebody, on=TODAY) if answer.allowed}
    for action, take in steps.items():
        row = ROLL_LIFECYCLE.steps[action]
        if role not in row.roles:
            with pytest.raises(NotYourFunction):
                take()
        elif stage not in row.sources:
            with pytest.raises(IllegalTransition):
                take()
        else:
            moved, event = take()
            assert (moved.stage, event.name.partition(".")[0]) == (row.target, "payment_roll")
            assert action in allowed
    assert roll.is_open is (stage in {RollStage.DRAFTING, RollStage.DRAFTED, RollStage.CHECKED})
