"""The lot of a month can be checked by whoever was not there, and better by whoever has the list."""

from collections.abc import Callable
from typing import Any

import pytest

from app.domain.draw import Fault
from app.domain.integrity import Files, faults_of_sample
from tests.builders.integrity import LISTED, an_alarm_as_told

Told = dict[str, Any]


def in_sample(name: str, value: object) -> Callable[[Told], object]:
    return lambda told: told["sample"].update({name: value})


def in_lot(name: str, value: object) -> Callable[[Told], object]:
    return lambda told: told["sample"]["lots"][0].update({name: value})


def test_a_lot_as_it_travels_holds_alone_and_with_its_list() -> None:
    assert faults_of_sample(an_alarm_as_told(), {}) == ()
    assert faults_of_sample(an_alarm_as_told(), {Files.DELIVERIES: LISTED}) == ()


@pytest.mark.parametrize(
    ("tamper", "fault"),
    [
        (in_sample("commitment", "0" * 64), Fault.COMMITMENT_DOES_NOT_MATCH),
        (in_sample("seed", "00" * 32), Fault.COMMITMENT_DOES_NOT_MATCH),
        (in_sample("drawn_at", "2026-06-01T00:00:00Z"), Fault.PUBLISHED_TOO_LATE),
        (in_sample("number", 4), Fault.RESULT_DIFFERS),
        (lambda told: told.update(period_first="2026-08-01"), Fault.RESULT_DIFFERS),
        (lambda told: told["subject"].update(key="65/6523/652302"), Fault.RESULT_DIFFERS),
        (in_lot("files", "grants"), Fault.RESULT_DIFFERS),
        (in_lot("list_digest", "0" * 64), Fault.RESULT_DIFFERS),
        (in_lot("drawn", []), Fault.RESULT_DIFFERS),
        (lambda told: told["sample"]["lots"][0]["drawn"].reverse(), Fault.RESULT_DIFFERS),
        (in_sample("drawn_at", "2026-08-01T00:00:00"), Fault.MALFORMED),
        (in_sample("lots", []), Fault.MALFORMED),
        (lambda told: told["sample"]["lots"].append(told["sample"]["lots"][0]), Fault.MALFORMED),
        (lambda told: told.update(sample=None), Fault.MALFORMED),
    ],
)
def test_whatever_is_changed_in_it_is_found(tamper: Callable[[Told], object], fault: Fault) -> None:
    told = an_alarm_as_told()
    tamper(told)

    assert fault in faults_of_sample(told, {})


def test_a_list_that_is_another_and_a_draw_that_passed_somebody_over_show_with_the_list() -> None:
    told = an_alarm_as_told()
    assert faults_of_sample(told, {Files.DELIVERIES: LISTED[1:]})[0] is Fault.LIST_CHANGED

    del told["sample"]["lots"][0]["drawn"][0]
    assert faults_of_sample(told, {}) == ()
    assert faults_of_sample(told, {Files.DELIVERIES: LISTED}) == (Fault.RESULT_DIFFERS,)
