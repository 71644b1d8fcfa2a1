"""A running grant is looked at again by a human, who confirms it, stops it, or puts it right; no machine does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from app.domain.benefit import AnotherGrantRuns, Grant, first_month_of
from app.domain.recheck import (
    LIFECYCLE,
    TOLD,
    CeasedImpossible,
    NoTriggerHere,
    OwnReport,
    Recheck,
    RecheckAction,
    RecheckStage,
    RunningGrant,
    Trigger,
    require_trigger,
    triggers_of,
)
from app.domain.shared.access import Role
from app.domain.shared.errors import IllegalTransition
from app.domain.shared.events import Event
from app.domain.shared.refusal import ReasonMissing
from app.domain.shared.transitions import NotYourFunction
from tests.builders import APPLICATION_ID, CASE_ID, PERSON_ID, VILLAGE, a_principal

TODAY = date(2026, 11, 24)
SOMEBODY = a_principal(Role.CIVIL_AFFAIRS, number=601)
SUBJECT = RunningGrant(
    case_id=CASE_ID, person_id=PERSON_ID, region=VILLAGE, application_id=APPLICATION_ID, item="living_subsidy"
)


def a_recheck(stage: RecheckStage = RecheckStage.OPEN, *, by: UUID | None = None) -> Recheck:
    opened, _ = Recheck.open(
        SUBJECT,
        Trigger.DEATH,
        recheck_id=UUID(int=1),
        at=datetime(2026, 11, 20, 2, tzinfo=UTC),
        on=date(2026, 11, 20),
        due_on=date(2026, 12, 18),
        by=by,
        told="invented",
    )
    return replace(opened, stage=stage)


def stopped(recheck: Recheck, *, ceased_on: date = date(2026, 11, 3), words: str = "invented") -> Recheck:
    return recheck.stop(by=SOMEBODY, on=TODAY, ceased_on=ceased_on, last_month=date(2026, 11, 1), words=words)[0]


@pytest.mark.parametrize("stage", RecheckStage)
@pytest.mark.parametrize("role", Role)
def test_every_stage_role_and_action_is_as_the_table_says(stage: RecheckStage, role: Role) -> None:
    by, recheck = a_principal(role, number=700), a_recheck(stage)
    first = date(2026, 11, 1)
    steps: dict[RecheckAction, Callable[[], tuple[Recheck, Event]]] = {
        RecheckAction.CONFIRM: lambda: recheck.confirm(by=by, on=TODAY),
        RecheckAction.STOP: lambda: recheck.stop(by=by, on=TODAY, ceased_on=TODAY, last_month=first, words="x"),
        RecheckAction.CORRECT: lambda: recheck.correct(
            by=by, on=TODAY, applied_on=first, first_month=first, last_month=None, words="x"
        ),
    }
    allowed = {answer.action for answer in recheck.allowed_actions(by, on=TODAY) if answer.allowed}
    for action, take in steps.items():
        row = LIFECYCLE.steps[action]
        if role not in row.roles:
            with pytest.raises(NotYourFunction):
                take()
        elif stage not in row.sources:
            with pytest.raises(IllegalTransition):
                take()
        else:
            decided, event = take()
            assert (decided.stage, event.name) == (row.target, f"recheck.{row.target}")
            assert action in allowed


def test_whoever_reported_a_change_does_not_take_the_money_by_it() -> None:
    reported = a_recheck(by=SOMEBODY.id)

    with pytest.raises(OwnReport):
        stopped(reported)
    assert reported.confirm(by=SOMEBODY, on=TODAY)[0].stage is RecheckStage.CONFIRMED


@pytest.mark.parametrize("words", ["", "  "])
def test_nothing_is_taken_without_words(words: str) -> None:
    with pytest.raises(ReasonMissing):
        stopped(a_recheck(), words=words)
    with pytest.raises(ReasonMissing):
        a_recheck().correct(by=SOMEBODY, on=TODAY, applied_on=TODAY, first_month=TODAY, last_month=None, words=words)


def test_nothing_ceases_in_the_future_and_nothing_ends_before_it_begins() -> None:
    with pytest.raises(CeasedImpossible):
        stopped(a_recheck(), ceased_on=date(2026, 11, 25))
    with pytest.raises(CeasedImpossible):
        a_recheck().correct(
            by=SOMEBODY,
            on=TODAY,
            applied_on=date(2026, 1, 1),
            first_month=date(2026, 11, 1),
            last_month=date(2026, 10, 1),
            words="x",
        )


@pytest.mark.parametrize(("first_month", "is_possible"), [(date(2026, 10, 1), False), (date(2026, 11, 1), True)])
def test_nothing_is_due_for_a_month_before_that_of_the_application(first_month: date, *, is_possible: bool) -> None:
    def corrected() -> RecheckStage:
        applied_on = date(2026, 11, 20)
        return (
            a_recheck()
            .correct(
                by=SOMEBODY, on=TODAY, applied_on=applied_on, first_month=first_month, last_month=None, words="更正"
            )[0]
            .stage
        )

    if is_possible:
        assert corrected() is RecheckStage.CORRECTED
    else:
        with pytest.raises(CeasedImpossible):
            corrected()


def test_only_what_the_place_names_makes_somebody_look_and_the_calendar_is_reported_by_nobody() -> None:
    require_trigger(Trigger.DEATH, known=("death",))

    with pytest.raises(NoTriggerHere):
        require_trigger(Trigger.MISSING, known=("death",))
    with pytest.raises(NoTriggerHere):
        require_trigger(Trigger.PERIODIC, known=("periodic",))
    assert Trigger.PERIODIC not in TOLD


@pytest.mark.parametrize(
    ("unmet", "triggers"),
    [
        ((), ()),
        (("certificate_in_force",), (Trigger.CERTIFICATE_NOT_IN_FORCE,)),
        (("certificate_in_force", "grade_at_most"), (Trigger.CERTIFICATE_NOT_IN_FORCE,)),
        (("grade_at_most",), (Trigger.GRADE_CHANGED,)),
        (("economic_status_in",), (Trigger.SUBSISTENCE_ALLOWANCE_ENDED,)),
        (("economic_status_in", "kept_by_the_state"), (Trigger.KEPT_BY_THE_STATE,)),
        (("work_injury_nursing_fee",), (Trigger.DUPLICATE,)),
        (("something_that_a_place_has_added",), (Trigger.DUPLICATE,)),
    ],
)
def test_a_condition_that_is_not_met_has_its_trigger(unmet: tuple[str, ...], triggers: tuple[Trigger, ...]) -> None:
    assert triggers_of(unmet) == triggers


@pytest.mark.parametrize(
    ("applied_on", "last_month", "first"),
    [
        (date(2026, 11, 20), date(2026, 11, 1), date(2026, 12, 1)),
        (date(2026, 11, 20), date(2026, 10, 1), date(2026, 11, 1)),
        (date(2026, 12, 31), date(2026, 11, 1), date(2026, 12, 1)),
        (date(2027, 3, 1), date(2026, 11, 1), date(2027, 3, 1)),
    ],
)
def test_after_a_move_the_new_place_pays_from_where_the_old_one_ends(
    applied_on: date, last_month: date, first: date
) -> None:
    old = Grant(first_month=date(2026, 1, 1), last_month=last_month)

    assert first_month_of(applied_on, others=[old]) == first


def test_nobody_is_granted_the_same_twice() -> None:
    with pytest.raises(AnotherGrantRuns):
        first_month_of(TODAY, others=[Grant(first_month=date(2026, 1, 1))])


def test_a_grant_that_is_put_right_has_other_months() -> None:
    grant = Grant(first_month=date(2026, 1, 1), last_month=date(2026, 3, 1), stopped_because="death")

    right = grant.corrected(first_month=date(2026, 2, 14), last_month=None, because="duplicate", recover=True)

    assert (right.first_month, right.last_month, right.stopped_because) == (date(2026, 2, 1), None, "")
    assert right.recovers_overpaid
