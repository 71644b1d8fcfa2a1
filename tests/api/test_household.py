"""Who lives together, over HTTP: recorded by an officer, and what follows from it for flags of special difficulty."""

from datetime import timedelta
from typing import Any

import asyncpg
import pytest
from fastapi import FastAPI

from tests.acting import World, open_world
from tests.api.care import today
from tests.working import certified

pytestmark = [pytest.mark.anyio, pytest.mark.database]


def home_of(world: World) -> str:
    return f"/v1/persons/{world.citizen['person_id']}"


async def recorded(world: World, **changes: Any) -> dict[str, Any]:
    """The citizen as the child of the sandbox's guardian."""
    body = {"with_person_id": world.opened["guardian"]["person_id"], "relation": "child", "since": "2020-01-01"}
    version = (await world.call("commissioner", "GET", f"{home_of(world)}/household")).headers["ETag"]
    return await world.post("commissioner", f"{home_of(world)}/household", body | changes, version=version)


async def flags_of(world: World, who: str = "commissioner") -> dict[str, tuple[str, str]]:
    told = await world.get(who, f"{home_of(world)}/flags")
    return {one["flag"]: (one["finding"], one["rule_version"]) for one in told["flags"]}


async def test_whoever_is_joined_heads_the_household_and_the_person_reads_it(world: World) -> None:
    home = await recorded(world)

    relations = {one["person_id"]: one["relation"] for one in home["members"]}
    assert relations == {world.citizen["person_id"]: "child", world.opened["guardian"]["person_id"]: "head"}
    assert (await world.get("citizen", f"{home_of(world)}/household"))["members"] != []


async def test_a_household_of_ones_own_ends_the_one_before(world: World) -> None:
    await recorded(world)
    day = str(await today(world))

    alone = await recorded(world, with_person_id=None, relation="head", since=day)

    assert [(one["person_id"], one["relation"]) for one in alone["members"]] == [(world.citizen["person_id"], "head")]


async def test_flags_follow_from_the_household_the_certificate_and_the_registers(world: World, app: FastAPI) -> None:
    before = await flags_of(world)
    await certified(app.state.database, world)
    await recorded(world, with_person_id=None, relation="head")

    after = await flags_of(world)

    assert before["severe"][0] == before["orphan_disabled"][0] == "unknown"
    assert (after["severe"][0], after["orphan_disabled"][0]) == ("met", "met")
    assert after["severe"][1] == "flag.severe@CN#1"
    assert (await flags_of(world, "citizen")) == after


async def test_what_cannot_be_is_refused(world: World) -> None:
    neighbour = await open_world(world.api)
    body = {"with_person_id": world.citizen["person_id"], "relation": "child", "since": "2020-01-01"}
    path = f"{home_of(world)}/household"
    tomorrow = str(await today(world) + timedelta(days=1))

    answers = [
        await world.try_step("commissioner", home_of(world), "household", body),
        await world.try_step("commissioner", home_of(world), "household", body | {"since": tomorrow}),
        await world.try_step("other_county_officer", home_of(world), "household", body),
    ]
    own = await neighbour.call("citizen", "GET", path)

    assert [(one.status_code, one.json()["code"]) for one in answers[:2]] == [(422, "household_impossible")] * 2
    assert (answers[2].status_code, own.status_code) == (404, 404)


async def test_an_officer_brings_nobody_into_the_own_household_and_takes_nobody_out(
    world: World, superuser: asyncpg.Connection
) -> None:
    own, account = world.opened["guardian"]["person_id"], world.account("commissioner")
    body = {"with_person_id": own, "relation": "child", "since": "2020-01-01"}
    alone = {"with_person_id": None, "relation": "head", "since": "2021-01-01"}
    await superuser.execute("UPDATE account SET person_id = $2 WHERE id = $1", account, own)
    try:
        brought = await world.try_step("commissioner", home_of(world), "household", body)
        await world.step("township_officer", home_of(world), "household", body)
        taken = await world.try_step("commissioner", home_of(world), "household", alone)
    finally:
        await superuser.execute("UPDATE account SET person_id = NULL WHERE id = $1", account)

    assert [(one.status_code, one.json()["code"]) for one in (brought, taken)] == [(403, "own_case")] * 2
