"""A plan is looked at on its day or when something happens in the person's life, goal by goal."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from app.domain.plan import (
    Findings,
    GoalsNotSeen,
    LifeEvent,
    NextReviewImpossible,
    Observation,
    PlanStage,
    Seen,
    life_event_of,
)
from app.domain.shared.events import Event, Rehearsed
from app.domain.shared.transitions import OwnCase
from tests.builders import MONDAY, PERSON_ID, TOWNSHIP_OFFICER
from tests.builders.people import COMMISSIONER
from tests.builders.plan import IN_A_YEAR, PLAN_ID, a_content, a_plan
from tests.contract.test_event_texts import every_event

LATER = MONDAY + timedelta(days=3)
NEXT = date(2027, 8, 16)
CALLED = (LifeEvent.REGISTRATION_MOVED,)


def found(*goals: int, next_review_on: date | None = NEXT) -> Findings:
    seen = tuple(Observation(goal=goal, seen=Seen.PARTLY_REACHED, words="还需要人扶") for goal in goals)
    return Findings(observations=seen, next_review_on=next_review_on)


def test_an_approved_plan_is_due_on_its_review_day() -> None:
    approved, _ = a_plan(PlanStage.AGREED).approve(by=TOWNSHIP_OFFICER, on=LATER, active=None)

    assert (approved.review_due_on, approved.called_for) == (date(2027, 5, 17), ())


def test_a_review_keeps_what_was_seen_of_each_goal_and_is_next_due_on_the_day_that_it_names() -> None:
    due = a_plan(PlanStage.ACTIVE, review_due_on=LATER, called_for=CALLED)

    plan, event = due.review(found(1), by=COMMISSIONER, on=LATER)

    assert (plan.stage, plan.review_due_on, plan.called_for) == (PlanStage.ACTIVE, NEXT, ())
    assert [(one.on, one.called_for) for one in plan.reviews] == [(LATER, CALLED)]
    assert plan.reviews[0].findings.observations[0].seen is Seen.PARTLY_REACHED
    assert "还需要人扶" not in repr(plan)
    assert event.facts() == {
        "plan_id": str(PLAN_ID),
        "reviewed_by": str(COMMISSIONER.id),
        "reviewed_on": "2026-11-19",
        "called_for": ["registration_moved"],
        "next_review_on": "2027-08-16",
    }


def test_a_plan_that_no_longer_fits_stays_in_force_and_due_until_another_takes_its_place() -> None:
    due = a_plan(PlanStage.ACTIVE, review_due_on=NEXT, called_for=CALLED)

    plan, event = due.review(found(1, next_review_on=None), by=COMMISSIONER, on=LATER)

    assert (plan.stage, plan.review_due_on, plan.called_for) == (PlanStage.ACTIVE, LATER, CALLED)
    assert event.facts()["next_review_on"] is None


@pytest.mark.parametrize("goals", [(), (2,), (1, 1), (1, 2)])
def test_each_goal_is_seen_once_and_no_other(goals: tuple[int, ...]) -> None:
    with pytest.raises(GoalsNotSeen):
        a_plan(PlanStage.ACTIVE).review(found(*goals), by=COMMISSIONER, on=LATER)


def test_a_plan_without_goals_is_reviewed_too() -> None:
    bare = a_plan(PlanStage.ACTIVE, content=a_content(goals=()))

    assert bare.review(found(), by=COMMISSIONER, on=LATER)[0].review_due_on == NEXT


@pytest.mark.parametrize("day", [LATER, IN_A_YEAR + timedelta(days=1)])
def test_the_next_review_lies_ahead_and_within_the_plan(day: date) -> None:
    for fine in (LATER + timedelta(days=1), IN_A_YEAR):
        a_plan(PlanStage.ACTIVE).review(found(1, next_review_on=fine), by=COMMISSIONER, on=LATER)
    with pytest.raises(NextReviewImpossible):
        a_plan(PlanStage.ACTIVE).review(found(1, next_review_on=day), by=COMMISSIONER, on=LATER)


def test_nobody_reviews_the_own_plan() -> None:
    with pytest.raises(OwnCase):
        a_plan(PlanStage.ACTIVE).review(found(1), by=replace(COMMISSIONER, person_id=PERSON_ID), on=LATER)


def test_what_calls_for_a_review_happens_and_a_rehearsal_does_not() -> None:
    called = {name: life_event_of(event) for name, event in an_event_of_each().items()}

    assert {life_event for life_event in called.values() if life_event} == set(LifeEvent) - {LifeEvent.DIED}
    assert called["person.guardianship_ended"] is LifeEvent.GUARDIANSHIP_CHANGED
    assert called["plan.approved"] is None
    assert life_event_of(Rehearsed(an_event_of_each()["person.registration_moved"])) is None


def test_a_death_that_is_told_of_a_grant_calls_for_a_review_of_the_plan() -> None:
    opened = an_event_of_each()["recheck.opened"]

    assert life_event_of(replace(opened, trigger="death")) is LifeEvent.DIED  # type: ignore[call-arg]
    assert life_event_of(replace(opened, trigger="periodic")) is None  # type: ignore[call-arg]


def an_event_of_each() -> dict[str, Event]:
    """One of each kind, with nothing in it."""
    return {name: event(**{field.name: "" for field in fields(event)}) for name, event in every_event().items()}
