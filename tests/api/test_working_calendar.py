"""The working calendar, asked over HTTP."""

from typing import Any

import pytest

from tests.acting import World

pytestmark = [pytest.mark.anyio, pytest.mark.database]


async def calendar(world: World, **asked: Any) -> dict[str, Any]:
    return await world.get("portal", "/v1/working-calendar", **{"region": "652301"} | asked)


async def test_five_working_days_over_the_spring_festival_of_2026(world: World) -> None:
    answer = await calendar(world, after="2026-02-13", working_days=5)

    assert answer["last_day"] == "2026-02-27"
    assert [day["on"] for day in answer["days"] if day["is_working"]][-1] == "2026-02-27"
    assert sum(day["is_working"] for day in answer["days"]) == 5


async def test_a_weekend_day_that_is_worked_says_that_it_makes_up_and_by_which_notice(world: World) -> None:
    answer = await calendar(world, **{"from": "2026-02-14", "to": "2026-02-15"})

    worked, off = answer["days"]
    assert (worked["is_working"], worked["is_make_up"], worked["holiday"]) == (True, True, None)
    assert (off["is_working"], off["is_make_up"], off["holiday"]["zh"]) == (False, False, "春节")
    assert worked["source"]
    assert answer["last_day"] is None


async def test_a_holiday_of_the_autonomous_region_is_a_day_off_in_its_counties_and_not_in_the_country(
    world: World,
) -> None:
    answer = await calendar(world, **{"from": "2026-03-20", "to": "2026-03-20"})

    assert answer["days"][0]["holiday"]["zh"] == "肉孜节"
    assert not answer["days"][0]["is_working"]


async def test_a_year_that_is_not_announced_says_so(world: World) -> None:
    answer = await calendar(world, **{"from": "2030-01-01", "to": "2030-01-02"})

    assert answer["is_provisional"]
    assert all(day["is_provisional"] for day in answer["days"])


async def test_a_whole_leap_year_can_be_asked_for(world: World) -> None:
    answer = await calendar(world, **{"from": "2028-01-01", "to": "2028-12-31"})

    assert len(answer["days"]) == 366


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"from": "2026-01-01"},
        {"after": "2026-01-01"},
        {"from": "2026-01-02", "to": "2026-01-01"},
        {"from": "2026-01-01", "to": "2027-01-02"},
        {"from": "2026-01-01", "to": "2026-01-02", "after": "2026-01-01", "working_days": 1},
    ],
)
async def test_days_that_are_none_or_too_many_or_unclear_are_refused(world: World, asked: dict[str, Any]) -> None:
    answer = await world.call("portal", "GET", "/v1/working-calendar", params={"region": "652301"} | asked)

    assert (answer.status_code, answer.json()["code"]) == (422, "period_not_askable")


async def test_the_longest_period_fits_into_an_answer(world: World) -> None:
    answer = await calendar(world, after="2026-01-01", working_days=200)

    assert len(answer["days"]) <= 366


async def test_a_region_that_is_not_known_has_no_calendar(world: World) -> None:
    answer = await world.call(
        "portal", "GET", "/v1/working-calendar", params={"region": "110101", "from": "2026-01-01", "to": "2026-01-01"}
    )

    assert (answer.status_code, answer.json()["code"]) == (404, "region_not_found")
