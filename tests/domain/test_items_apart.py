"""One item's end does not fail the others: every outcome of every item, in every order, and what the person is told."""

from collections.abc import Iterable
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.application import Application, PublicStatus
from tests.builders import an_application, an_item

S = PublicStatus
DEPENDANTS = ("living_subsidy", "nursing_subsidy", "employment_help", "pension_premium")
ITEMS = ("certificate", *DEPENDANTS)
OUTCOMES = (S.GRANTED, S.REFUSED, S.WITHDRAWN)


def applied_for(items: Iterable[str]) -> Application:
    """An application for some of the five; those that build on the certificate wait for it where it is chosen."""
    chosen = tuple(items)
    waits = ("certificate",) if "certificate" in chosen else ()
    return an_application(
        *(
            an_item(
                code, S.WAITING if waits and code != "certificate" else S.SUBMITTED, *(w for w in waits if w != code)
            )
            for code in chosen
        )
    )


def told_of(application: Application) -> dict[str, PublicStatus]:
    return {item.code: item.status for item in application.items}


def expected(standing: Iterable[PublicStatus]) -> PublicStatus:
    """The status of the whole, worked out in another way than the function does it."""
    found = list(standing)
    going_on = [status for status in found if status not in OUTCOMES]
    for status in (S.ACTION_NEEDED, S.IN_PROGRESS):
        if status in going_on:
            return status
    if S.SUBMITTED in going_on:
        return S.IN_PROGRESS if len(going_on) < len(found) else S.SUBMITTED
    if going_on:
        return S.WAITING
    results = {status for status in found if status is not S.WITHDRAWN}
    if results == {S.GRANTED, S.REFUSED}:
        return S.PARTLY_GRANTED
    return results.pop() if results else S.WITHDRAWN


def ended(application: Application, *, order: Iterable[str], outcomes: dict[str, PublicStatus]) -> Application:
    """Items come to their ends in an order; after each, the promises of this file are looked at."""
    for code in order:
        before = told_of(application)
        application, told = application.item_progressed(code, outcomes[code])
        after = told_of(application)
        assert after[code] is outcomes[code]
        assert {event.status for event in told} == {application.status} == {expected(after.values())}
        for other in after.keys() - {code}:
            is_stranded = code == "certificate" and outcomes[code] is not S.GRANTED and before[other] is S.WAITING
            assert after[other] is (S.ACTION_NEEDED if is_stranded else before[other]), (code, other)
            assert not (after[other] is S.REFUSED and before[other] is not S.REFUSED)
    return application


@pytest.mark.parametrize("outcomes", list(product(OUTCOMES, repeat=3)))
def test_three_items_end_apart_in_every_order(outcomes: tuple[PublicStatus, ...]) -> None:
    items = ITEMS[:3]
    chosen = dict(zip(items, outcomes, strict=True))

    for order in permutations(items):
        whole = ended(applied_for(items), order=order, outcomes=chosen)

        assert told_of(whole) == chosen
        assert whole.is_finished


@pytest.mark.parametrize("size", range(1, len(ITEMS) + 1))
def test_every_subset_ends_apart_with_every_outcome(size: int) -> None:
    for items in _subsets(size):
        for outcomes in product(OUTCOMES, repeat=size):
            chosen = dict(zip(items, outcomes, strict=True))
            for order in (items, tuple(reversed(items))):
                assert told_of(ended(applied_for(items), order=order, outcomes=chosen)) == chosen


@given(order=st.permutations(ITEMS), outcomes=st.tuples(*[st.sampled_from(OUTCOMES)] * 5))
def test_five_items_end_apart_in_any_order(order: list[str], outcomes: tuple[PublicStatus, ...]) -> None:
    chosen = dict(zip(ITEMS, outcomes, strict=True))

    assert told_of(ended(applied_for(ITEMS), order=order, outcomes=chosen)) == chosen


@pytest.mark.parametrize("end", [S.REFUSED, S.WITHDRAWN])
def test_what_waits_for_an_item_that_comes_back_waits_again(end: PublicStatus) -> None:
    stranded, _ = applied_for(ITEMS).item_progressed("certificate", end)

    again, _ = stranded.item_progressed("certificate", S.IN_PROGRESS)

    assert {told_of(stranded)[code] for code in DEPENDANTS} == {S.ACTION_NEEDED}
    assert {told_of(again)[code] for code in DEPENDANTS} == {S.WAITING}


def test_what_an_office_asks_of_the_person_is_not_taken_for_waiting_when_another_item_comes_back() -> None:
    application = an_application(
        an_item("certificate", S.GRANTED), an_item("living_subsidy", S.ACTION_NEEDED, "certificate")
    )

    again, _ = application.item_progressed("certificate", S.IN_PROGRESS)

    assert told_of(again)["living_subsidy"] is S.ACTION_NEEDED


def _subsets(size: int) -> Iterable[tuple[str, ...]]:
    return {tuple(sorted(chosen, key=ITEMS.index)) for chosen in permutations(ITEMS, size)}
