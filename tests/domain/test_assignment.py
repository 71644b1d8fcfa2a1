"""Assignment: never worse than going down the list, nobody passed over, no place given twice, whatever the batch."""

from dataclasses import dataclass
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.adapters.assignment import assigned
from app.domain.assignment import Batch, NotAnAssignment, checked, greedy, worth_of
from app.domain.matching import UNSEEN, Field, Outcomes, Scale, match
from app.domain.shared.finding import Finding
from app.domain.shared.reason import Reason
from app.tools.bench.assignment.county import NEED, made, scored, service, somebody
from tests.builders.rules import HERE


@st.composite
def batches(draw: st.DrawFn) -> Batch:
    """Up to forty people of a few profiles, and up to eight services with few places."""
    services = draw(st.integers(1, 8))
    fits = st.dictionaries(st.integers(0, services - 1), st.integers(0, 100), max_size=services)
    profiles = draw(st.lists(fits, min_size=1, max_size=6))
    people = draw(st.lists(st.integers(0, len(profiles) - 1), max_size=40))
    free = draw(st.lists(st.integers(0, 4), min_size=services, max_size=services))
    return Batch(people=tuple(people), free=tuple(free), fits=tuple(profiles))


SCALE = Scale.of(HERE)
ONE_PLACE = Batch(people=(0, 0), free=(1,), fits=({0: 50},))
WHO_MUST_MOVE = Batch(people=(0, 1), free=(1, 1), fits=({0: 90, 1: 40}, {0: 80}))
"""Going down the list gives the first the place that alone is for the second."""


@settings(max_examples=300)
@given(batch=batches())
def test_an_assignment_is_never_worse_than_going_down_the_list(batch: Batch) -> None:
    found = checked(batch, assigned(batch))

    assert worth_of(batch, found) >= worth_of(batch, greedy(batch))


@given(batch=batches())
def test_nobody_is_passed_over_for_somebody_further_down_the_list(batch: Batch) -> None:
    found = assigned(batch)

    for person, profile in enumerate(batch.people):
        if found[person] is None:
            holders = [other for other, place in enumerate(found) if place in batch.fits[profile]]
            assert all(other < person for other in holders)


@given(batch=batches())
def test_as_many_are_served_as_going_down_the_list_serves_and_no_place_stays_empty_for_whom_it_would_do(
    batch: Batch,
) -> None:
    found = assigned(batch)

    assert worth_of(batch, found).served >= worth_of(batch, greedy(batch)).served
    left = [free - found.count(place) for place, free in enumerate(batch.free)]
    for person, profile in enumerate(batch.people):
        assert found[person] is not None or not any(left[place] for place in batch.fits[profile])


@given(batch=batches(), more=st.integers(1, 3))
def test_more_places_take_nobody_off(batch: Batch, more: int) -> None:
    roomier = Batch(people=batch.people, free=tuple(free + more for free in batch.free), fits=batch.fits)

    before, after = assigned(batch), assigned(roomier)

    assert all(now is not None for was, now in zip(before, after, strict=True) if was is not None)


def test_of_two_alike_the_first_on_the_list_gets_the_place() -> None:
    assert list(assigned(ONE_PLACE)) == [0, None]


def test_somebody_is_moved_so_that_both_are_served() -> None:
    assert list(greedy(WHO_MUST_MOVE)) == [0, None]
    assert list(assigned(WHO_MUST_MOVE)) == [1, 0]


def test_among_those_who_are_served_the_places_fit_best_together() -> None:
    batch = Batch(people=(0, 1), free=(1, 1), fits=({0: 60, 1: 50}, {0: 90, 1: 10}))

    assert list(greedy(batch)) == [0, 1]
    assert list(assigned(batch)) == [1, 0]


def test_of_one_profile_the_first_on_the_list_gets_what_fits_best() -> None:
    assert list(assigned(Batch(people=(0, 0), free=(1, 1), fits=({0: 10, 1: 90},)))) == [1, 0]


def test_nobody_waits_for_nothing() -> None:
    assert assigned(Batch(people=(), free=(3,), fits=())) == ()


@pytest.mark.parametrize("wrong", [(0, 0), (None, 0), (0,), (None, None)])
def test_what_no_assignment_is_or_a_worse_one_than_by_hand_is_not_believed(wrong: tuple[int | None, ...]) -> None:
    with pytest.raises(NotAnAssignment):
        checked(ONE_PLACE, wrong)


def test_nobody_is_given_what_is_not_for_them() -> None:
    batch = Batch(people=(0,), free=(1, 1), fits=({0: 50},))

    with pytest.raises(NotAnAssignment):
        checked(batch, (1,))


@dataclass(frozen=True)
class Granted:
    """The rules give it."""

    finding: Finding = Finding.MET
    reasons: tuple[Reason, ...] = ()
    remedies: tuple[Reason, ...] = ()
    citation: str = "invented"


@pytest.mark.parametrize("seed", range(20))
def test_what_is_compared_for_many_at_once_is_what_a_match_says_of_each(seed: int) -> None:
    chance = Random(seed)
    services = [service(number, chance, everywhere=1.0) for number in range(40)]
    outcomes = {
        one.organisation_id: chance.choice([UNSEEN, Outcomes(20, 1500), Outcomes(9, 0, 9, 900)]) for one in services
    }
    field = Field(NEED, services, SCALE, outcomes=outcomes)
    for _ in range(5):
        wishes = somebody(chance, len(services))

        matches = match(
            NEED,
            services,
            verdicts={"CARE-HOME": Granted()},
            outcomes=outcomes,
            wishes=wishes,
            scale=SCALE,
            limit=len(services),
        )

        assert field.fits(wishes, range(40)) == {one.service_id.int: one.score for one in matches.ranked}


@pytest.mark.parametrize("seed", range(5))
def test_a_county_is_served_better_than_by_going_down_its_list(seed: int) -> None:
    batch = scored(made(300, 40, everywhere=0.2, seed=seed), SCALE)

    found = checked(batch, assigned(batch))

    assert worth_of(batch, found) > worth_of(batch, greedy(batch))
