"""To whom a plan is owed who has none in force: found by the facts of last night, and off the list with a plan."""

from typing import Any

import pytest

from tests.acting import World
from tests.api.care import certified, in_force
from tests.api.test_plan import a_draft

pytestmark = [pytest.mark.anyio, pytest.mark.database]
VILLAGE = "652301104201"


async def owed(world: World, who: str = "commissioner", region: str = VILLAGE) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = (await world.get(who, "/v1/plan-obligations", region=region))["items"]
    return listed


async def test_whoever_is_owed_a_plan_stands_on_the_list_until_one_is_in_force(world: World) -> None:
    await certified(world)
    await world.advance(days=1)

    (line,) = await owed(world)
    await in_force(world, await a_draft(world))

    assert await owed(world) == []
    assert (line["person_id"], line["name"]) == (world.citizen["person_id"], world.citizen["name"])
    assert {reason["code"] for reason in line["obligation"]["reasons"]} >= {"plan.hardship.met", "plan.severe.met"}


async def test_whoever_holds_no_certificate_and_is_on_no_ledger_is_owed_none(world: World) -> None:
    await world.advance(days=1)

    assert await owed(world, "county_officer", "652301") == []


async def test_another_place_is_not_listed(world: World) -> None:
    answer = await world.call("other_township_officer", "GET", "/v1/plan-obligations", params={"region": VILLAGE})

    assert (answer.status_code, answer.json()["code"]) == (403, "not_your_function")
