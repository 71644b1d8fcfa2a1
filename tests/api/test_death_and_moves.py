"""Whoever is on record as dead does not move, however that is known, and moves as soon as somebody finds otherwise."""

from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from tests.acting import World
from tests.api.care import today
from tests.api.moving import home_of, moves, sees
from tests.api.probes import an_entry, entries_of
from tests.api.rolls import granted
from tests.api.surveys import VILLAGE, a_survey_round, recorded

pytestmark = [pytest.mark.anyio, pytest.mark.database]


async def reported_dead(world: World, case: dict[str, Any], who: str = "township_officer") -> dict[str, Any]:
    body = {"case_id": case["id"], "trigger": "death", "text": "村委会来电"}
    return await world.post(who, "/v1/rechecks", body)


async def ruled(world: World, recheck: dict[str, Any], verdict: str, **more: Any) -> None:
    body = {"verdict": verdict, "text": "经核实", **more}
    await world.step("civil_affairs", f"/v1/rechecks/{recheck['id']}", "decision", body)


async def is_refused(world: World, **changes: Any) -> bool:
    """Whether the move is refused for that reason; on another day than can be, so that nobody moves either way."""
    answer = await moves(world, moved_on=str(await today(world) + timedelta(days=1)), **changes)
    assert answer.json()["code"] in {"person_is_dead", "move_impossible"}, answer.text
    return bool(answer.json()["code"] == "person_is_dead")


async def test_a_death_that_a_recheck_tells_stops_a_move_until_somebody_finds_otherwise(world: World) -> None:
    case = await granted(world)
    assert not await is_refused(world)

    recheck = await reported_dead(world, case)
    assert await is_refused(world), "reported, and not yet looked at"
    await ruled(world, recheck, "confirmed")
    assert not await is_refused(world), "the person lives"

    stopped = await reported_dead(world, case, who="county_officer")
    await ruled(world, stopped, "stopped", ceased_on=str(await today(world)))
    answer = await moves(world)
    assert (answer.status_code, answer.json()["code"]) == (409, "person_is_dead")
    assert await sees(world, "township_officer", home_of(world)) == 200


async def test_a_survey_that_comes_after_the_recheck_says_whether_the_person_lives(world: World) -> None:
    case = await granted(world)
    recheck = await reported_dead(world, case)
    await ruled(world, recheck, "stopped", ceased_on=str(await today(world)))
    await world.advance(days=1)
    opened = await a_survey_round(world, region_code=VILLAGE, population="holders")

    await recorded(world, opened, outcome="refused")

    assert not await is_refused(world)


async def test_months_put_right_and_other_reasons_tell_no_death(world: World) -> None:
    case = await granted(world)
    month = str((await today(world)).replace(day=1))
    recheck = await reported_dead(world, case)
    await ruled(world, recheck, "corrected", first_month=month)
    body = {"case_id": case["id"], "trigger": "missing", "text": "失联"}
    await world.post("township_officer", "/v1/rechecks", body)

    assert not await is_refused(world)


async def test_whoever_is_on_record_as_dead_moves_along_with_nobody(
    world: World, superuser: asyncpg.Connection
) -> None:
    await world.post("commissioner", entries_of(world), an_entry())
    opened = await a_survey_round(world, region_code=VILLAGE)
    await recorded(world, opened, outcome="dead")
    widow = world.opened["guardian"]["person_id"]
    body = {"with_person_id": world.citizen["person_id"], "relation": "spouse", "since": "2020-01-01"}
    await world.step("township_officer", f"/v1/persons/{widow}", "household", body)
    move = {"region_code": "652301104202", "moved_on": str(await today(world)), "source": "counter"}

    along = move | {"with_person_ids": [world.citizen["person_id"]]}
    refused = await world.try_step("township_officer", f"/v1/persons/{widow}", "residence-moves", along)
    alone = await world.try_step("township_officer", f"/v1/persons/{widow}", "residence-moves", move)

    assert (refused.status_code, refused.json()["code"]) == (409, "person_is_dead")
    assert refused.json()["errors"][0]["pointer"] == "/with_person_ids/0"
    assert alone.status_code == 200, alone.text
