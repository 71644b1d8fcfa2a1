"""Moves of homes: what may be recorded, and who answers for whoever has moved."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.person import FactSource, MoveImpossible, Person, PersonIsDead, ResidenceMove, ResidenceMoved
from app.domain.roster import HandedOn, Serving, hand_on
from app.domain.shared.transitions import OwnCase
from tests.builders import COUNTY_OFFICER, MONDAY, a_person

NEW_HOME = "65/6523/652302/652302199/652302199201"
MOVED_ON = MONDAY - timedelta(days=10)


def moved(person: Person | None = None, **changes: Any) -> tuple[Person, ResidenceMove, ResidenceMoved]:
    asked: dict[str, Any] = {
        "moved_on": MOVED_ON,
        "source": FactSource.COUNTER,
        "by": COUNTY_OFFICER,
        "on": MONDAY,
        "is_dead": False,
    }
    return (person or a_person()).move_residence(changes.pop("to", NEW_HOME), **(asked | changes))


def test_a_move_says_from_where_to_where_since_when_and_how_it_is_known() -> None:
    before = a_person()

    person, move, event = moved(before)

    assert (person.region, person.residence_since) == (NEW_HOME, MOVED_ON)
    assert person.registration_region == before.registration_region
    assert (move.left, move.region, move.source) == (before.region, NEW_HOME, FactSource.COUNTER)
    assert "652302" not in str(event.facts())


def test_a_move_that_cannot_be_is_refused() -> None:
    known = replace(a_person(), residence_since=MOVED_ON)

    for refused, changes in (
        (MoveImpossible, {"to": known.region}),
        (MoveImpossible, {"to": "65"}),
        (MoveImpossible, {"to": "65/6523"}),
        (MoveImpossible, {"moved_on": MONDAY + timedelta(days=1)}),
        (MoveImpossible, {"moved_on": MOVED_ON - timedelta(days=1)}),
        (PersonIsDead, {"is_dead": True}),
        (OwnCase, {"by": replace(COUNTY_OFFICER, person_id=known.id)}),
    ):
        with pytest.raises(refused):
            moved(known, **changes)


def test_a_move_of_today_is_taken_and_a_second_one_on_the_same_day() -> None:
    moved_today, _, _ = moved(moved_on=MONDAY)

    again, move, _ = moved(moved_today, to="65/6523/652302", moved_on=MONDAY)

    assert (again.region, again.residence_since) == ("65/6523/652302", MONDAY)
    assert move.left == NEW_HOME


def test_a_home_is_in_a_county_at_least_and_may_be_known_no_better() -> None:
    assert moved(to="65/6523/652302")[0].region == "65/6523/652302"


def a_commissioner(number: int, load: int = 0, **more: bool) -> Serving:
    return Serving(account_id=UUID(int=number), load=load, **more)


def test_whoever_answers_and_serves_there_too_goes_on_answering() -> None:
    assert hand_on([a_commissioner(1), a_commissioner(2, 9, holds=True)]) == HandedOn(commissioner_id=UUID(int=2))


def test_else_the_one_who_bears_least_and_is_there_answers_and_is_told_why() -> None:
    found = hand_on([a_commissioner(1, 3), a_commissioner(2, 1, is_absent=True), a_commissioner(3, 2)])

    assert found.commissioner_id == UUID(int=3)
    assert found.reason is not None
    assert (found.reason.code, dict(found.reason.parameters)) == ("roster.moved_here", {"able": 3, "load": 2})


def test_an_absent_one_keeps_the_person_and_somebody_of_the_new_place_stands_in() -> None:
    away = a_commissioner(1, holds=True, is_absent=True)

    for others, deputy in (
        ([a_commissioner(2, 1), a_commissioner(3, 5, stands_in=True)], UUID(int=3)),
        ([a_commissioner(2, 1), a_commissioner(3, 5, stands_in=True, is_absent=True)], UUID(int=2)),
        ([], None),
    ):
        found = hand_on([away, *others])
        assert (found.commissioner_id, found.deputy_id) == (UUID(int=1), deputy)


def test_those_who_move_together_have_one_commissioner_where_that_one_is_there() -> None:
    first = UUID(int=1)

    for serving, expected in (
        ([a_commissioner(1, 9), a_commissioner(2, 1)], 1),
        ([a_commissioner(1, 9, is_absent=True), a_commissioner(2, 1)], 2),
        ([a_commissioner(1, 9), a_commissioner(2, 5, holds=True)], 2),
        ([a_commissioner(2, 5)], 2),
    ):
        assert hand_on(serving, beside=first).commissioner_id == UUID(int=expected)
    together = hand_on([a_commissioner(1)], beside=first).reason
    assert together is not None
    assert together.code == "roster.moved_here_together"


def test_a_refusal_points_to_whoever_is_named_as_moving_along() -> None:
    for refused, changes in (
        (MoveImpossible, {"to": a_person().region}),
        (MoveImpossible, {"moved_on": MONDAY + timedelta(days=1)}),
        (PersonIsDead, {"is_dead": True}),
    ):
        with pytest.raises(refused) as told:
            moved(named_at="/with_person_ids/3", **changes)
        assert told.value.pointer == "/with_person_ids/3"


@given(
    st.lists(
        st.builds(Serving, account_id=st.uuids(), load=st.integers(0, 50), is_absent=st.booleans()),
        max_size=6,
        unique_by=lambda one: one.account_id,
    )
)
def test_there_is_one_who_answers_wherever_somebody_who_is_not_absent_serves(serving: list[Serving]) -> None:
    found = hand_on(serving)

    present = [one for one in serving if not one.is_absent]
    assert (found.commissioner_id is not None) == bool(present)
    assert found.commissioner_id in {None, *(one.account_id for one in present)}
    assert (found.reason is None) == (found.commissioner_id is None)
