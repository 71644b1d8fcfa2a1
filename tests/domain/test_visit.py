"""A person's ways are recorded by those who see the person, and what was done on one way is one way."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.shared.access import Principal, Role
from app.domain.shared.transitions import NotYourFunction
from app.domain.visit import (
    RECORDERS,
    Place,
    Purpose,
    Visit,
    VisitDayImpossible,
    VisitRecorded,
    place_of_recorder,
    ways_of,
)
from tests.builders import APPLICATION_ID, CITIZEN, ELSEWHERE, MONDAY, PERSON_ID, TOWNSHIP_OFFICER, VILLAGE
from tests.builders.people import a_principal

LATER = MONDAY + timedelta(days=7)
A_VISIT = Visit(
    id=UUID(int=1),
    application_id=APPLICATION_ID,
    person_id=PERSON_ID,
    region=VILLAGE,
    item="certificate",
    purpose=Purpose.ORIGINALS,
    place=Place.COUNTER,
    visited_on=MONDAY,
    organisation_id=UUID(int=2),
    recorded_by=TOWNSHIP_OFFICER.id,
)
visits = st.builds(
    lambda day, organisation, place: replace(
        A_VISIT, visited_on=MONDAY + timedelta(days=day), organisation_id=UUID(int=organisation), place=place
    ),
    st.integers(0, 3),
    st.integers(1, 3),
    st.sampled_from(Place),
)


def recorded(by: Principal = TOWNSHIP_OFFICER, **changes: Any) -> VisitRecorded:
    return Visit.record(replace(A_VISIT, **changes), by=by, applied_on=MONDAY, on=LATER)[1]


def test_a_visit_is_a_fact_with_its_recorder_and_no_name() -> None:
    event = recorded()

    assert event.name == "visit.recorded"
    assert event.facts() == {
        "visit_id": str(UUID(int=1)),
        "application_id": str(APPLICATION_ID),
        "item": "certificate",
        "purpose": "originals",
        "place": "counter",
        "visited_on": "2026-11-16",
        "organisation_id": str(UUID(int=2)),
        "recorded_by": str(TOWNSHIP_OFFICER.id),
    }


@pytest.mark.parametrize("role", sorted(RECORDERS))
def test_whoever_sees_people_here_records_it(role: Role) -> None:
    assert recorded(a_principal(role)).visit_id == UUID(int=1)


@pytest.mark.parametrize(
    "by",
    [
        CITIZEN,
        a_principal(Role.PORTAL),
        a_principal(Role.AUDITOR),
        a_principal(Role.TOWNSHIP_OFFICER, region=ELSEWHERE),
    ],
    ids=["the person", "a portal", "an auditor", "an officer of another place"],
)
def test_nobody_else_says_that_somebody_was_there(by: Principal) -> None:
    with pytest.raises(NotYourFunction):
        recorded(by)


@pytest.mark.parametrize("day", [MONDAY - timedelta(days=1), LATER + timedelta(days=1)])
def test_nobody_was_there_before_the_application_or_in_the_future(day: date) -> None:
    with pytest.raises(VisitDayImpossible):
        recorded(visited_on=day)


def test_the_place_is_the_recorders_organisation() -> None:
    officer = a_principal(Role.COUNTY_OFFICER)

    assert place_of_recorder(officer, region=VILLAGE) == officer.memberships[0].organisation_id


def test_two_things_done_on_one_day_at_one_counter_were_one_way() -> None:
    same = [A_VISIT, replace(A_VISIT, purpose=Purpose.COLLECTION, item=None)]

    assert ways_of(same) == 1
    assert ways_of([*same, replace(A_VISIT, visited_on=LATER)]) == 2
    assert ways_of([*same, replace(A_VISIT, organisation_id=UUID(int=3), place=Place.INSTITUTION)]) == 2


@given(st.lists(visits))
def test_a_visit_at_home_never_counts_and_nothing_counts_twice(made: list[Visit]) -> None:
    away = [visit for visit in made if visit.place is not Place.HOME]

    assert ways_of(made) == ways_of(away) == ways_of([*away, *away])
    assert ways_of(made) <= len(away)
