"""When somebody is to look at a running grant: by what is on record, but for what is no news, and by the calendar."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.recheck import Looked, OnRecord, RecheckStage, Trigger, due_triggers, found_in, has_ended
from tests.builders import CASE_ID, COUNTY, TOWNSHIP, VILLAGE

TODAY = date(2026, 11, 24)
YESTERDAY = TODAY - timedelta(days=1)
A_YEAR_AGO = date(2025, 11, 24)
MONTHS = 12
AS_IT_WAS = OnRecord(
    region=VILLAGE,
    granted_on=date(2026, 3, 2),
    unmet=(),
    has_changed_certificate=False,
    registered_in=VILLAGE,
    has_twin=False,
)


def decided(trigger: Trigger, on: date) -> Looked:
    return Looked(CASE_ID, trigger, RecheckStage.CONFIRMED, on)


def opened(trigger: Trigger, on: date) -> Looked:
    return Looked(CASE_ID, trigger, RecheckStage.OPEN, on)


def due(record: OnRecord, *looked: Looked) -> tuple[Trigger, ...]:
    return due_triggers(record, looked, on=TODAY, months=MONTHS)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, ()),
        ({"unmet": ("economic_status_in",)}, (Trigger.SUBSISTENCE_ALLOWANCE_ENDED,)),
        ({"has_changed_certificate": True}, (Trigger.GRADE_CHANGED,)),
        (
            {"has_changed_certificate": True, "unmet": ("certificate_in_force",)},
            (Trigger.CERTIFICATE_NOT_IN_FORCE,),
        ),
        ({"registered_in": TOWNSHIP}, ()),
        ({"registered_in": COUNTY}, ()),
        ({"registered_in": "65/6501/650102"}, (Trigger.REGISTRATION_MOVED,)),
        ({"registered_in": None}, (Trigger.REGISTRATION_MOVED,)),
        ({"registered_in": None, "unmet": ("registered_in",)}, (Trigger.REGISTRATION_MOVED,)),
        ({"has_twin": True}, (Trigger.DUPLICATE,)),
        ({"has_twin": True, "has_changed_certificate": True}, (Trigger.GRADE_CHANGED, Trigger.DUPLICATE)),
    ],
)
def test_what_has_changed_makes_somebody_look(change: dict[str, Any], found: tuple[Trigger, ...]) -> None:
    assert found_in(replace(AS_IT_WAS, **change)) == found


@pytest.mark.parametrize(
    ("look", "triggers"),
    [
        (opened(Trigger.DUPLICATE, date(2020, 1, 1)), ()),
        (decided(Trigger.DUPLICATE, YESTERDAY), ()),
        (decided(Trigger.DUPLICATE, A_YEAR_AGO + timedelta(days=1)), ()),
        (decided(Trigger.DUPLICATE, A_YEAR_AGO), (Trigger.DUPLICATE,)),
        (decided(Trigger.DEATH, YESTERDAY), (Trigger.DUPLICATE,)),
    ],
)
def test_a_finding_is_no_news_while_it_is_looked_at_and_for_a_time_afterwards(
    look: Looked, triggers: tuple[Trigger, ...]
) -> None:
    assert due(replace(AS_IT_WAS, has_twin=True), look) == triggers


@pytest.mark.parametrize(
    ("granted_on", "looked", "triggers"),
    [
        (A_YEAR_AGO + timedelta(days=1), (), ()),
        (A_YEAR_AGO, (), (Trigger.PERIODIC,)),
        (date(2020, 1, 1), (decided(Trigger.DEATH, YESTERDAY),), ()),
        (date(2020, 1, 1), (decided(Trigger.DEATH, A_YEAR_AGO),), (Trigger.PERIODIC,)),
        (date(2020, 1, 1), (opened(Trigger.DEATH, YESTERDAY),), (Trigger.PERIODIC,)),
        (date(2020, 1, 1), (opened(Trigger.PERIODIC, A_YEAR_AGO),), ()),
    ],
)
def test_the_calendar_counts_from_the_last_decision(
    granted_on: date, looked: tuple[Looked, ...], triggers: tuple[Trigger, ...]
) -> None:
    assert due(replace(AS_IT_WAS, granted_on=granted_on), *looked) == triggers


def test_whoever_is_looked_at_for_a_change_is_not_looked_at_for_the_calendar_as_well() -> None:
    assert due(replace(AS_IT_WAS, granted_on=date(2020, 1, 1), has_twin=True)) == (Trigger.DUPLICATE,)


@pytest.mark.parametrize("last_month", [None, date(2026, 11, 1), date(2026, 12, 1)])
def test_a_grant_runs_to_the_end_of_its_last_month(last_month: date | None) -> None:
    assert not has_ended(last_month, TODAY)
    assert has_ended(date(2026, 10, 1), TODAY)
