"""Shares are counted per caller and window, in the process; what is used up is told with when there is more."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.adapters.quotas import MAY_BE_BLIND, Limits, Quotas
from app.domain.shared.errors import Unavailable
from app.services.ports.quota import Standing, TooManyRequests
from app.settings import SHARES

FULL_HOUR = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
CLIENT, OTHER, ACCOUNT = UUID(int=1), UUID(int=2), UUID(int=3)
PLENTY = 1_000_000


class Clock:
    """Stands until it is moved."""

    def __init__(self) -> None:
        self.now = FULL_HOUR

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def quotas(clock: Clock, **limited: int) -> Quotas:
    shares = dict.fromkeys(SHARES, PLENTY) | limited
    misses = shares.pop("misses_of_holder_a_day")
    return Quotas(Limits(**shares), misses_of_holder_a_day=misses, real_time=clock)


def refused(act: Callable[[], Any]) -> TooManyRequests:
    with pytest.raises(TooManyRequests) as refusal:
        act()
    return refusal.value


def test_each_request_is_told_what_is_left_to_client_and_account(clock: Clock) -> None:
    counted = quotas(clock, client_requests_a_minute=10, account_requests_a_minute=3)
    clock.now += timedelta(seconds=18)
    counted.request(client_id=CLIENT, account_id=ACCOUNT)

    told = counted.request(client_id=CLIENT, account_id=ACCOUNT)

    assert told == (Standing("client", 10, 60, 8, 43), Standing("account", 3, 60, 1, 43))


def test_a_share_that_is_used_up_is_refused_until_the_next_minute(clock: Clock) -> None:
    counted = quotas(clock, account_requests_a_minute=2)
    clock.now += timedelta(seconds=20)
    for _ in range(2):
        counted.request(client_id=CLIENT, account_id=ACCOUNT)

    refusal = refused(lambda: counted.request(client_id=CLIENT, account_id=ACCOUNT))
    clock.now += timedelta(seconds=40)

    assert refusal.facts["retry_after_seconds"] == 41
    assert counted.request(client_id=CLIENT, account_id=ACCOUNT)[1].remaining == 1


def test_what_one_asks_is_not_counted_for_another(clock: Clock) -> None:
    counted = quotas(clock, client_requests_a_minute=1)
    counted.request(client_id=CLIENT, account_id=ACCOUNT)

    assert counted.request(client_id=OTHER, account_id=ACCOUNT)[0].remaining == 0


def test_whoever_names_no_client_shares_a_count_with_all_who_name_none(clock: Clock) -> None:
    counted = quotas(clock, token_requests_a_minute=1)
    counted.token_request(CLIENT)
    counted.token_request(None)

    assert refused(lambda: counted.token_request(None)).facts["quota"] == "token"


def test_people_count_once_an_hour_and_a_page_too_many_shows_nobody(clock: Clock) -> None:
    counted, seen, new = quotas(clock, people_an_hour=3), [uuid4() for _ in range(3)], [uuid4() for _ in range(2)]
    for _ in range(5):
        counted.shown(ACCOUNT, seen[:2])

    assert refused(lambda: counted.shown(ACCOUNT, new)).facts["quota"] == "people"
    counted.shown(ACCOUNT, seen)
    counted.shown(OTHER, new)
    clock.now += timedelta(hours=1)
    counted.shown(ACCOUNT, new)


def test_different_numbers_are_counted_and_so_is_the_same_one(clock: Clock) -> None:
    counted = quotas(clock, numbers_an_hour=2, same_number_an_hour=3)
    for _ in range(3):
        counted.looked_up(CLIENT, b"number-1")
    counted.looked_up(CLIENT, b"number-2")

    assert refused(lambda: counted.looked_up(CLIENT, b"number-1")).facts["quota"] == "same_number"
    assert refused(lambda: counted.looked_up(CLIENT, b"number-3")).facts["quota"] == "numbers"
    counted.looked_up(CLIENT, b"number-2")
    counted.looked_up(OTHER, b"number-1")


def test_whoever_names_too_many_wrongly_looks_nobody_up_any_more(clock: Clock) -> None:
    counted = quotas(clock, mismatches_an_hour=2)
    for _ in range(2):
        counted.looked_up(CLIENT, uuid4().bytes)
        counted.mismatched(CLIENT)

    assert refused(lambda: counted.looked_up(CLIENT, uuid4().bytes)).facts["quota"] == "mismatches"
    counted.looked_up(OTHER, uuid4().bytes)


def test_look_ups_are_closed_when_counts_have_not_been_shared_for_long(clock: Clock) -> None:
    counted = quotas(clock)
    counted.cannot_share()
    clock.now += MAY_BE_BLIND
    counted.cannot_share()
    counted.looked_up(CLIENT, b"number-1")
    clock.now += timedelta(seconds=1)

    with pytest.raises(Unavailable):
        counted.looked_up(CLIENT, b"number-1")
    counted.request(client_id=CLIENT, account_id=ACCOUNT)
    counted.shown(ACCOUNT, [uuid4()])

    counted.take_in(())
    counted.looked_up(CLIENT, b"number-1")


def test_without_limits_a_worker_shows_as_many_people_as_were_ordered(clock: Clock) -> None:
    uncounted, client = Quotas(None, real_time=clock), uuid4()

    uncounted.shown(client, [uuid4() for _ in range(10_000)])
    uncounted.looked_up(client, b"number")
    uncounted.mismatched(client)

    assert uncounted.take_unshared() == []


def test_of_a_holder_on_whom_certificates_are_tried_out_nothing_is_told_that_day(clock: Clock) -> None:
    for counted in (
        quotas(clock, misses_of_holder_a_day=2),
        Quotas(None, misses_of_holder_a_day=2, real_time=clock),
    ):
        assert counted.missed(CLIENT, lambda: [b"holder-1"] * 2, [True, True]) == [False, False]
        assert counted.missed(CLIENT, lambda: [b"holder-1", b"holder-2"], [False, True]) == [False, False]
        assert counted.missed(CLIENT, lambda: [b"holder-1", b"holder-2", b"holder-1"], [True, False, False]) == [
            *(True, False, True)
        ]
        assert counted.missed(uuid4(), lambda: [b"holder-1"], [False]) == [False]
        clock.now += timedelta(hours=20)
        assert counted.missed(CLIENT, lambda: [b"holder-1"], [False]) == [clock.now.date() == FULL_HOUR.date()]
        clock.now += timedelta(days=1)
        assert counted.missed(CLIENT, lambda: [b"holder-1"], [False]) == [False]
