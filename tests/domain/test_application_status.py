"""One function makes the status of an application from those of its items, and the public meets nine words at most."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import benefit, certificate
from app.domain.application import (
    ITEM_STATUSES,
    PublicStatus,
    status_of,
    status_of_benefit,
    status_of_certificate,
)

S = PublicStatus
items = st.lists(st.sampled_from(sorted(ITEM_STATUSES)), min_size=1, max_size=12)


def test_the_public_meets_nine_statuses_at_most() -> None:
    assert len(S) <= 9


@pytest.mark.parametrize(
    ("standing", "status"),
    [
        ((), S.DRAFT),
        ((S.SUBMITTED, S.WAITING), S.SUBMITTED),
        ((S.WAITING, S.WAITING), S.WAITING),
        ((S.IN_PROGRESS, S.SUBMITTED, S.WAITING), S.IN_PROGRESS),
        ((S.IN_PROGRESS, S.ACTION_NEEDED, S.SUBMITTED), S.ACTION_NEEDED),
        ((S.GRANTED, S.SUBMITTED), S.IN_PROGRESS),
        ((S.GRANTED, S.WAITING), S.WAITING),
        ((S.GRANTED, S.GRANTED), S.GRANTED),
        ((S.GRANTED, S.REFUSED), S.PARTLY_GRANTED),
        ((S.GRANTED, S.WITHDRAWN), S.GRANTED),
        ((S.REFUSED, S.WITHDRAWN), S.REFUSED),
        ((S.WITHDRAWN, S.WITHDRAWN), S.WITHDRAWN),
        ((S.GRANTED, S.REFUSED, S.WITHDRAWN), S.PARTLY_GRANTED),
    ],
)
def test_an_application_stands_as_its_items_do_in_every_order(
    standing: tuple[PublicStatus, ...], status: PublicStatus
) -> None:
    assert {status_of(order) for order in permutations(standing)} == {status}


@given(items, st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_changes_the_status(standing: list[PublicStatus], chance: object) -> None:
    shuffled = sorted(standing, key=lambda _: chance.random())  # type: ignore[attr-defined]

    assert status_of(shuffled) is status_of(standing)
    assert status_of(standing + standing) is status_of(standing)


@given(items)
def test_an_application_is_finished_just_when_all_its_items_are(standing: list[PublicStatus]) -> None:
    assert status_of(standing).is_finished == all(status.is_finished for status in standing)


@given(items)
def test_what_the_person_must_do_is_never_hidden_by_what_goes_on(standing: list[PublicStatus]) -> None:
    assert (status_of(standing) is S.ACTION_NEEDED) == (S.ACTION_NEEDED in standing)


@given(items)
def test_an_application_is_granted_only_if_nothing_was_refused_and_refused_only_if_nothing_was_granted(
    standing: list[PublicStatus],
) -> None:
    status = status_of(standing)

    assert status is not S.GRANTED or S.REFUSED not in standing
    assert status is not S.REFUSED or S.GRANTED not in standing


@given(items, st.sampled_from(sorted(status for status in ITEM_STATUSES if status.is_finished)))
def test_an_item_that_finishes_never_opens_an_application_that_is_finished(
    standing: list[PublicStatus], end: PublicStatus
) -> None:
    assert not status_of(standing).is_finished or status_of([*standing, end]).is_finished


@pytest.mark.parametrize("status", sorted(ITEM_STATUSES))
def test_an_application_of_one_item_stands_as_that_item(status: PublicStatus) -> None:
    assert status_of([status]) is status


@pytest.mark.parametrize("stage", certificate.Stage)
def test_every_stage_of_a_certificate_case_is_told_in_a_word_and_ends_when_it_ends(stage: certificate.Stage) -> None:
    status = status_of_certificate(stage)

    assert status in ITEM_STATUSES
    assert status.is_finished == certificate.LIFECYCLE.is_final(stage)


@pytest.mark.parametrize("stage", benefit.Stage)
def test_every_stage_of_a_benefit_case_is_told_in_a_word_and_ends_when_it_ends(stage: benefit.Stage) -> None:
    status = status_of_benefit(stage)

    assert status in ITEM_STATUSES
    assert status.is_finished == (stage.value in {"granted", "refused", "withdrawn"})


def test_while_doctors_are_to_evaluate_the_person_has_something_to_do() -> None:
    assert status_of_certificate(certificate.Stage.EVALUATION_ASSIGNED) is S.ACTION_NEEDED
