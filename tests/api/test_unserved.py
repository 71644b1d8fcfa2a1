"""What is due and not received: in figures that point at nobody, and by name for who serves there."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest
from fastapi import FastAPI

from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.domain.plan import Part
from tests.acting import World
from tests.api.care import certified, in_force
from tests.api.test_plan import a_draft
from tests.working import a_caller

pytestmark = [pytest.mark.anyio, pytest.mark.database]
VILLAGE = "652301104201"


async def unserved(world: World, service: str, who: str = "commissioner") -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = (await world.get(who, "/v1/unserved-people", region=VILLAGE, service=service))[
        "items"
    ]
    return listed


async def test_whoever_is_due_a_service_and_does_not_receive_it_is_named_to_who_serves_there(world: World) -> None:
    await certified(world)
    await world.advance(days=1)

    lines = await unserved(world, "TRA-BLIND"), await unserved(world, "REH-CBR")

    assert lines[0] == []
    assert [line["name"] for line in lines[1]] == [world.citizen["name"]]
    seen = await world.get("citizen", "/v1/access-records", person_id=world.citizen["person_id"])
    assert "list_unserved_people" in {record["operation"] for record in seen["items"]}


async def test_another_place_and_an_unknown_service_are_refused(world: World) -> None:
    asked = {"region": VILLAGE, "service": "REH-CBR"}

    elsewhere = await world.call("other_township_officer", "GET", "/v1/unserved-people", params=asked)
    unknown = await world.call("commissioner", "GET", "/v1/unserved-people", params=asked | {"service": "NONE"})

    assert (elsewhere.status_code, elsewhere.json()["code"]) == (403, "not_your_function")
    assert (unknown.status_code, unknown.json()["code"]) == (422, "service_unknown")


async def test_plans_count_with_the_parts_that_they_have(
    world: World, app: FastAPI, superuser: asyncpg.Connection
) -> None:
    await certified(world)
    await in_force(world, await a_draft(world))
    await world.advance(days=1)
    clock_id = await superuser.fetchval("SELECT clock_id FROM client WHERE id = $1", UUID(world.opened["client_id"]))

    async with PostgresUnitOfWork(app.state.database, a_caller(world, "county_officer", "report_plan_coverage")) as uow:
        (found,) = await uow.plans.coverage(region="65/6523/652301", depth=4, clock_id=clock_id)

    assert (found.people, found.planned, dict(found.parts)) == (1, 1, dict.fromkeys(Part, 1))


async def test_areas_are_counted_apart_and_small_figures_are_not_shown(world: World) -> None:
    await certified(world)
    await in_force(world, await a_draft(world))
    await world.advance(days=1)

    due = await world.get("county_officer", "/v1/reports/unserved")
    plans = await world.get("county_officer", "/v1/reports/plan-coverage")

    assert {row["region_code"] for row in due["rows"]} == {"652301104"}
    assert {(row["due"], row["unserved"]) for row in due["rows"] if row["service"]["code"] == "REH-CBR"} == {
        (None, None)
    }
    assert [(row["region_code"], row["people"], row["parts"]) for row in plans["rows"]] == [("652301104", None, None)]
