"""What does not fit in records of deliveries is a question to a human who is not of the provider, no refusal."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from app.domain.delivery_finding import (
    DeliveryFindingKind,
    DeliveryFindingOutcome,
    DeliveryFindingStage,
    Overlap,
    OwnDelivery,
    Recorded,
    Settlement,
    found_in,
)
from app.domain.shared.access import Membership, Role
from app.domain.shared.refusal import ReasonMissing
from app.domain.shared.transitions import OwnCase
from tests.builders import MONDAY, PERSON_ID, TOWNSHIP, TOWNSHIP_OFFICER
from tests.builders.people import PROVIDER_ID
from tests.builders.referral import a_finding

ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))
PLANNED = Recorded(planned=12, delivered=12, starts_on=MONDAY, ends_on=None, rested_on=lambda _: False)
EXPLAINED = Settlement(outcome=DeliveryFindingOutcome.EXPLAINED, words="两名护理员同时上门")


def test_what_fits_raises_nothing() -> None:
    assert found_in([(ONE, MONDAY)], PLANNED) == ()
    assert found_in([(ONE, MONDAY)], replace(PLANNED, planned=None, delivered=99)) == ()


def test_more_than_was_planned_says_both_figures_and_is_not_said_again_while_it_is_open() -> None:
    more = replace(PLANNED, delivered=13)

    (noticed,) = found_in([(ONE, MONDAY)], more)

    assert (noticed.kind, noticed.planned, noticed.delivered) == (DeliveryFindingKind.MORE_THAN_PLANNED, 12, 13)
    assert found_in([(ONE, MONDAY)], more, already_open=frozenset({DeliveryFindingKind.MORE_THAN_PLANNED})) == ()


def test_overlaps_of_the_person_and_of_the_worker_are_told_apart_and_always_anew() -> None:
    pairs = (
        Overlap(delivery_id=ONE, other_id=TWO, is_same_person=True),
        Overlap(delivery_id=ONE, other_id=THREE, is_same_person=False),
    )

    person, worker = found_in([(ONE, MONDAY)], PLANNED, overlaps=pairs, already_open=frozenset(DeliveryFindingKind))

    assert (person.kind, person.others) == (DeliveryFindingKind.OVERLAP_PERSON, (TWO,))
    assert (worker.kind, worker.others) == (DeliveryFindingKind.OVERLAP_WORKER, (THREE,))


@pytest.mark.parametrize(
    ("on", "kinds"),
    [
        (MONDAY - timedelta(days=1), {DeliveryFindingKind.OUTSIDE_PERIOD}),
        (MONDAY + timedelta(days=1), {DeliveryFindingKind.WHILE_PAUSED}),
        (MONDAY, set()),
    ],
)
def test_a_day_outside_of_the_plan_or_in_a_pause_is_noticed(on: date, kinds: set[DeliveryFindingKind]) -> None:
    recorded = replace(PLANNED, rested_on=lambda day: day > MONDAY)

    assert {noticed.kind for noticed in found_in([(ONE, on)], recorded)} == kinds


def test_an_officer_settles_it_with_words_that_stay_out_of_events() -> None:
    settled, event = a_finding().settle(EXPLAINED, by=TOWNSHIP_OFFICER, on=MONDAY)

    assert (settled.stage, settled.settlement) == (DeliveryFindingStage.SETTLED, EXPLAINED)
    assert event.facts()["outcome"] == "explained"
    assert "护理员" not in str(event.facts()) + repr(settled)


def test_nobody_settles_what_their_own_organisation_delivered_or_what_is_about_themselves() -> None:
    serves = Membership(
        organisation_id=PROVIDER_ID, role=Role.TOWNSHIP_OFFICER, region=TOWNSHIP, valid_from=date(2020, 1, 1)
    )
    with pytest.raises(OwnDelivery):
        a_finding().settle(EXPLAINED, by=replace(TOWNSHIP_OFFICER, memberships=(serves,)), on=MONDAY)
    with pytest.raises(OwnCase):
        a_finding().settle(EXPLAINED, by=replace(TOWNSHIP_OFFICER, person_id=PERSON_ID), on=MONDAY)


def test_an_outcome_without_words_is_refused() -> None:
    with pytest.raises(ReasonMissing):
        Settlement(outcome=DeliveryFindingOutcome.NOT_DELIVERED, words=" ")
