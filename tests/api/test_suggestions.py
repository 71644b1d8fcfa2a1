"""What may be due is suggested to who may know it: a portal learns nothing of a person that it has not sent."""

from typing import Any

import asyncpg
import pytest

from tests.acting import World
from tests.api.flow import an_application

pytestmark = [pytest.mark.anyio, pytest.mark.database]

HELP = {"applied_by": "self", "phone": "0994-0000000"}
POOR = "UPDATE economic_status SET status = $2, source = 'authority' WHERE person_id = $1"


def asking_for_work(world: World) -> dict[str, Any]:
    return an_application(world, items=("employment_help",), answers=HELP)


async def suggested_to(world: World, who: str) -> list[dict[str, Any]]:
    told = await world.post(who, "/v1/applications", asking_for_work(world))
    suggestions: list[dict[str, Any]] = told["suggestions"]
    return suggestions


@pytest.mark.parametrize("who", ["township_officer", "citizen"])
async def test_the_office_and_the_person_are_told_what_may_be_due_and_why(
    world: World, superuser: asyncpg.Connection, *, who: str
) -> None:
    await superuser.execute(POOR, world.citizen["person_id"], "subsistence_allowance")

    suggestions = await suggested_to(world, who)

    living = next(one for one in suggestions if one["item"] == "living_subsidy")
    assert living["likelihood"] in {"likely", "unknown"}
    assert any(reason["finding"] == "met" and reason["source"] for reason in living["reasons"])
    assert "employment_help" not in [one["item"] for one in suggestions]


@pytest.mark.parametrize("status", ["subsistence_allowance", "ordinary"])
async def test_a_portal_is_told_the_same_whatever_the_registers_hold(
    world: World, superuser: asyncpg.Connection, *, status: str
) -> None:
    await superuser.execute(POOR, world.citizen["person_id"], status)

    suggestions = await suggested_to(world, "portal")

    assert [one["item"] for one in suggestions] == []


async def test_that_the_registers_were_shown_is_written_down(world: World, superuser: asyncpg.Connection) -> None:
    await superuser.execute(POOR, world.citizen["person_id"], "subsistence_allowance")
    await suggested_to(world, "township_officer")

    shown = await superuser.fetchval(
        "SELECT disclosed FROM access_record WHERE person_ids @> ARRAY[$1::uuid] ORDER BY position DESC LIMIT 1",
        world.citizen["person_id"],
    )

    assert {"application", "economic_status"} <= {*shown}


async def test_what_is_asked_for_already_is_not_suggested(world: World, superuser: asyncpg.Connection) -> None:
    await superuser.execute(POOR, world.citizen["person_id"], "subsistence_allowance")
    await world.post(
        "portal",
        "/v1/applications",
        an_application(
            world,
            items=("living_subsidy",),
            answers={**HELP, "residence_address": "红柳示例村 1 号", "benefits_received": []},
        ),
    )

    suggestions = await suggested_to(world, "township_officer")

    assert "living_subsidy" not in [one["item"] for one in suggestions]
