"""Whoever declines is not drawn again, and all draws of a case can be checked together by whoever was not there."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from app.api.v1.schemas.draw import DrawRead
from app.domain.draw import Draw, DrawPurpose, Fault, Turn, eligible, faults_of, faults_of_chain, stand_ins
from tests.builders import COUNTY_OFFICER, MONDAY
from tests.builders.draw import (
    DRAW_RULES,
    DRAWN_AT,
    a_draw,
    a_hospital,
    candidates,
    revealed,
    taken_for,
    wanted,
)

Chain = list[dict[str, Any]]


def after(draw: Draw, *, seed: bytes, whole: bool) -> Draw:
    """The draw after one whose institution has declined, or its first doctor."""
    assert draw.taken_for
    assert draw.outcome
    gone = () if whole else draw.outcome.doctors[:1]
    turn = Turn(
        round=draw.taken_for.round,
        institution_id=draw.outcome.institution_id,
        draw_id=draw.id,
        doctors=gone,
        reason="no_capacity",
    )
    among = [one for one in candidates() if whole ^ (one.institution_id == draw.outcome.institution_id)]
    left = tuple(replace(one, doctors=tuple(set(one.doctors) - set(draw.outcome.doctors))) for one in among)
    purpose = DrawPurpose.EVALUATION if whole else DrawPurpose.STAND_IN
    asked = taken_for(round=turn.round + 1, purpose=purpose, turns=(*draw.taken_for.turns, turn))
    number = draw.number + 1
    published = a_draw(seed, draw_id=UUID(int=0xD400 + number), number=number)
    fixed, _ = published.draw(asked, left, rules=DRAW_RULES, by=COUNTY_OFFICER, on=MONDAY, at=DRAWN_AT)
    return fixed.reveal(seed, on=MONDAY, at=DRAWN_AT)[0]


def told(*draws: Draw) -> Chain:
    chain: Chain = json.loads(f"[{','.join(DrawRead.of(draw).model_dump_json() for draw in draws)}]")
    return chain


FIRST = revealed()
SECOND = after(FIRST, seed=bytes([2] * 32), whole=True)
THIRD = after(SECOND, seed=bytes([3] * 32), whole=False)


def test_an_institution_that_has_declined_is_on_no_list_of_the_case_again() -> None:
    hospitals = [a_hospital(1), a_hospital(2)]

    listed = eligible(hospitals, wanted(declined=frozenset({hospitals[0].id})), DRAW_RULES)

    assert [one.institution_id for one in listed] == [hospitals[1].id]


def test_doctors_stand_in_for_their_colleagues_where_enough_are_left() -> None:
    hospital = a_hospital()
    asked = frozenset(doctor.account_id for doctor in hospital.doctors[:2])

    listed = stand_ins([hospital], wanted(barred=asked), institution_id=hospital.id, doctors=1)

    assert [one.doctors for one in listed] == [(hospital.doctors[2].account_id,)]
    assert stand_ins([hospital], wanted(barred=asked), institution_id=hospital.id, doctors=2) == ()


def test_as_many_stand_in_as_have_declined() -> None:
    assert THIRD.outcome
    assert (THIRD.doctors, len(THIRD.outcome.doctors)) == (1, 1)
    assert SECOND.outcome
    assert THIRD.outcome.institution_id == SECOND.outcome.institution_id
    assert set(THIRD.outcome.doctors).isdisjoint(SECOND.outcome.doctors)


def test_a_chain_holds_whole_in_any_order_and_each_draw_of_it_alone() -> None:
    chain = told(FIRST, SECOND, THIRD)

    assert faults_of_chain(chain[::-1]) == ()
    assert [faults_of(one) for one in chain] == [(), (), ()]


@pytest.mark.parametrize(
    ("tamper", "fault"),
    [
        (lambda chain: chain.pop(0), Fault.CHAIN_BROKEN),
        (lambda chain: chain.pop(1), Fault.CHAIN_BROKEN),
        (lambda chain: chain.append(chain[0]), Fault.CHAIN_BROKEN),
        (lambda chain: chain[2]["turns"].pop(), Fault.CHAIN_BROKEN),
        (lambda chain: chain[1].update(turns=[]), Fault.CHAIN_BROKEN),
        (lambda chain: chain[1]["turns"][0].update(reason="doctor_absent"), Fault.RESULT_DIFFERS),
        (lambda chain: chain[1]["turns"][0].update(reason=None), Fault.RESULT_DIFFERS),
        (lambda chain: chain[2]["turns"][1].update(doctors=[]), Fault.DECLINED_LISTED),
        (lambda chain: chain[1]["turns"][0].pop("round"), Fault.MALFORMED),
        (lambda chain: chain.clear(), Fault.MALFORMED),
    ],
    ids=[
        *("first kept back", "second kept back", "one told twice", "a turn left out", "no turns", "another reason"),
        *("no decline", "the whole institution", "half a turn", "nothing"),
    ],
)
def test_whatever_is_changed_in_a_chain_is_found(tamper: Callable[[Chain], object], fault: Fault) -> None:
    chain = told(FIRST, SECOND, THIRD)

    tamper(chain)

    assert fault in faults_of_chain(chain)


def test_a_decline_that_is_invented_for_somebody_who_was_not_drawn_is_found() -> None:
    """Drawn anew with a past that never was: each draw holds alone, and together they do not."""
    assert FIRST.outcome
    other = next(one for one in candidates() if one.institution_id != FIRST.outcome.institution_id)
    pretended = replace(FIRST, outcome=replace(FIRST.outcome, institution_id=other.institution_id))
    second = after(pretended, seed=bytes([2] * 32), whole=True)

    assert faults_of(told(second)[0]) == ()
    assert faults_of_chain(told(FIRST, second)) == (Fault.CHAIN_BROKEN,)


def test_draws_of_two_cases_are_no_chain() -> None:
    chain = told(FIRST, SECOND)
    fixed, _ = a_draw().draw(
        taken_for(case_id=UUID(int=0xCB)), candidates(), rules=DRAW_RULES, by=COUNTY_OFFICER, on=MONDAY, at=DRAWN_AT
    )
    chain[0] = told(fixed.reveal(bytes(range(32)), on=MONDAY, at=DRAWN_AT)[0])[0]

    assert faults_of_chain(chain) == (Fault.CHAIN_BROKEN,)
