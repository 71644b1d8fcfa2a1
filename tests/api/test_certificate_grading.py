"""What doctors measured is shown beside what they concluded; what does not fit is said, and stops nothing."""

import pytest

from tests.acting import World
from tests.api.flow import a_conclusion, case_of, evaluated, submitted

pytestmark = [pytest.mark.anyio, pytest.mark.database]

TAKEN = [{"measure": "hearing_db", "value": "95"}]
HEARING = {"category": 2, "grade": 4, "measurements": TAKEN}


async def test_a_measurement_outside_of_the_band_warns_with_the_clause_and_stops_nothing(world: World) -> None:
    case = case_of(await submitted(world), "certificate")

    concluded = await evaluated(world, case, **HEARING)

    (warning,) = concluded["conclusion"]["warnings"]
    assert warning["code"] == "grading.outside_the_band"
    assert "GB/T 26341-2010, 5.3" in warning["text"]
    assert concluded["conclusion"]["measurements"] == TAKEN
    assert concluded["stage"] == "evaluated"


async def test_a_measurement_that_fits_warns_of_nothing(world: World) -> None:
    case = case_of(await submitted(world), "certificate")

    concluded = await evaluated(world, case, **HEARING | {"grade": 1})

    assert concluded["conclusion"]["warnings"] == []


async def test_the_reviewer_is_shown_what_the_doctors_were_warned_of(world: World) -> None:
    case = case_of(await submitted(world), "certificate")
    await evaluated(world, case, **HEARING)

    seen = await world.get("county_reviewer", case)

    assert [warning["code"] for warning in seen["conclusion"]["warnings"]] == ["grading.outside_the_band"]


async def test_a_measure_that_is_named_twice_is_refused(world: World) -> None:
    case = case_of(await submitted(world), "certificate")
    twice = a_conclusion(world, concluded_on="2026-11-26", **HEARING | {"measurements": TAKEN * 2})

    answer = await world.try_step("evaluator", case, "evaluation", twice)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/measurements"
