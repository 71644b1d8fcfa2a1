"""Everybody has one commissioner who serves there: evenly, with continuity, and said why."""

from itertools import product
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.roster import Bearer, Charge, Mode, Spread, spread
from app.domain.shared.region import contains

TOWNSHIP = "65/6523/652301/652301104"
VILLAGES = tuple(f"{TOWNSHIP}/652301104{number}" for number in (201, 202, 203))
HERE = VILLAGES[0]
ONE, OTHER, THIRD = (UUID(int=number) for number in (1, 2, 3))


def charge(number: int, *, weight: int = 1, region: str = HERE, held_by: UUID | None = None) -> Charge:
    return Charge(person_id=UUID(int=1000 + number), region=region, weight=weight, held_by=held_by)


def bearer(account: UUID, *regions: str, load: int = 0) -> Bearer:
    return Bearer(account_id=account, regions=regions or (TOWNSHIP,), load=load)


def apart(result: Spread) -> int:
    return max(result.loads.values()) - min(result.loads.values())


def test_who_is_placed_anew_goes_to_whoever_bears_least_and_others_stay() -> None:
    charges = [charge(n, held_by=ONE) for n in range(3)] + [charge(9)]

    result = spread(charges, [bearer(ONE), bearer(OTHER)], mode=Mode.FILL)

    assert [(one.person_id, one.commissioner_id, one.reason.code) for one in result.placements] == [
        (charge(9).person_id, OTHER, "roster.least_burdened")
    ]
    assert result.loads == {ONE: 3, OTHER: 1}


def test_evening_out_lets_people_change_hands() -> None:
    charges = [charge(n, held_by=ONE) for n in range(10)]

    result = spread(charges, [bearer(ONE), bearer(OTHER)], mode=Mode.EVEN_OUT)

    assert result.loads == {ONE: 5, OTHER: 5}
    assert {one.reason.code for one in result.placements} == {"roster.evened_out"}
    assert len(result.placements) == 5


def test_whoever_has_moved_or_whose_commissioner_serves_no_more_is_placed_anew() -> None:
    moved = charge(1, region=VILLAGES[1], held_by=ONE)
    orphaned = charge(2, held_by=THIRD)

    result = spread([moved, orphaned], [bearer(ONE, HERE), bearer(OTHER, VILLAGES[1])], mode=Mode.FILL)

    assert {one.person_id: one.commissioner_id for one in result.placements} == {
        moved.person_id: OTHER,
        orphaned.person_id: ONE,
    }
    assert {one.reason.code for one in result.placements} == {"roster.only_one"}


def test_where_nobody_serves_the_person_is_left_and_named() -> None:
    result = spread([charge(1, region=VILLAGES[2])], [bearer(ONE, HERE)], mode=Mode.FILL)

    assert (result.placements, result.left) == ((), (charge(1).person_id,))


def test_what_a_commissioner_bears_elsewhere_counts() -> None:
    result = spread([charge(1), charge(2)], [bearer(ONE, load=5), bearer(OTHER)], mode=Mode.FILL)

    assert {one.commissioner_id for one in result.placements} == {OTHER}


@st.composite
def situations(draw: st.DrawFn) -> tuple[list[Charge], list[Bearer]]:
    accounts = (ONE, OTHER, THIRD)[: draw(st.integers(1, 3))]
    bearers = [
        bearer(account, *draw(st.lists(st.sampled_from((*VILLAGES, TOWNSHIP)), min_size=1, max_size=2, unique=True)))
        for account in accounts
    ]
    people = draw(
        st.lists(
            st.tuples(st.integers(1, 4), st.sampled_from(VILLAGES), st.sampled_from((None, *accounts, THIRD))),
            max_size=14,
        )
    )
    charges = [charge(n, weight=w, region=where, held_by=held) for n, (w, where, held) in enumerate(people)]
    return charges, bearers


@pytest.mark.slow
@given(situations(), st.sampled_from(Mode))
def test_everybody_has_one_who_serves_there_or_is_named_as_left(
    situation: tuple[list[Charge], list[Bearer]], mode: Mode
) -> None:
    charges, bearers = situation
    serving = {one.account_id: one for one in bearers}

    result = spread(charges, bearers, mode=mode)

    placed = {one.person_id: one.commissioner_id for one in result.placements}
    assert len(placed) == len(result.placements)
    for one in charges:
        able = {account for account, other in serving.items() if other.serves(one.region)}
        holder = placed.get(one.person_id, one.held_by)
        assert (one.person_id in result.left) == (not able)
        assert not able or holder in able
        if mode is Mode.FILL and one.held_by in able:
            assert one.person_id not in placed
    assert sum(result.loads.values()) == sum(one.weight for one in charges if one.person_id not in result.left)
    assert spread(reversed(charges), reversed(bearers), mode=mode) == result


@settings(max_examples=150)
@given(st.lists(st.integers(1, 4), max_size=9))
def test_two_commissioners_are_within_one_unit_wherever_any_spread_is(weights: list[int]) -> None:
    charges = [charge(number, weight=weight, held_by=ONE) for number, weight in enumerate(weights)]
    best = min(
        abs(sum(w * side for w, side in zip(weights, sides, strict=True)))
        for sides in product((-1, 1), repeat=len(weights))
    )

    result = spread(charges, [bearer(ONE), bearer(OTHER)], mode=Mode.EVEN_OUT)

    assert apart(result) <= 1 or apart(result) == best


@given(st.integers(0, 60), st.integers(1, 6))
def test_people_of_one_unit_are_spread_within_one_unit(people: int, commissioners: int) -> None:
    bearers = [bearer(UUID(int=number)) for number in range(1, commissioners + 1)]

    result = spread([charge(number) for number in range(people)], bearers, mode=Mode.FILL)

    assert apart(result) <= 1
    assert all(contains(TOWNSHIP, one.region) for one in [charge(0)])
