"""马上办, over HTTP: granted in the call that asks for it, with a decision that can be read and contested."""

from typing import Any

import asyncpg
import pytest
from fastapi import FastAPI

from tests.acting import World
from tests.api.flow import an_application, case_of
from tests.working import certified

pytestmark = [pytest.mark.anyio, pytest.mark.database]

ANSWERS = {
    "applied_by": "self",
    "phone": "0994-0000000",
    "residence_address": "红柳示例村 1 号",
    "benefits_received": [],
}
STANDING = "UPDATE economic_status SET status = $2, source = $3 WHERE person_id = $1"


async def standing(world: World, superuser: asyncpg.Connection, *, status: str, source: str = "authority") -> None:
    await superuser.execute(STANDING, world.citizen["person_id"], status, source)


async def asked(world: World, who: str = "portal", **changes: Any) -> dict[str, Any]:
    body = an_application(world, items=("living_subsidy",), answers=ANSWERS, **changes)
    return await world.post(who, "/v1/applications", body)


async def test_what_the_registers_prove_is_granted_in_the_same_call(
    world: World, superuser: asyncpg.Connection, app: FastAPI
) -> None:
    await certified(app.state.database, world)
    await standing(world, superuser, status="subsistence_allowance")

    application = await asked(world)

    assert (application["items"][0]["status"], application["finished"]) == ("granted", True)
    case = await world.get("citizen", case_of(application, "living_subsidy"))
    assert case["granted"]["first_month"]
    found = await world.get("citizen", f"/v1/applications/{application['id']}/decisions")
    (decision,) = found["items"]
    assert (decision["outcome"], decision["item"]) == ("granted", "living_subsidy")
    whole = await world.get("citizen", f"/v1/decisions/{decision['id']}")
    assert whole["decided_by"]["organisation_id"] == application["items"][0]["owner_id"]
    assert whole["grounds"][0]["code"] == "granted_at_once"
    assert any("at_once" in version for version in whole["rule_versions"])
    assert whole["remedy"]
    story = await world.get("citizen", f"/v1/applications/{application['id']}/events")
    assert "benefit_case.granted_at_once" in [event["name"] for event in story["items"]]


@pytest.mark.parametrize(
    ("status", "source"),
    [("subsistence_allowance", "declared"), ("extreme_hardship", "authority"), ("ordinary", "authority")],
)
async def test_what_is_declared_or_speaks_against_it_waits_for_a_human(
    world: World, superuser: asyncpg.Connection, app: FastAPI, *, status: str, source: str
) -> None:
    await certified(app.state.database, world)
    await standing(world, superuser, status=status, source=source)

    application = await asked(world)

    assert application["items"][0]["status"] == "submitted"


async def test_without_a_certificate_on_the_register_it_waits_for_a_human(
    world: World, superuser: asyncpg.Connection
) -> None:
    await standing(world, superuser, status="subsistence_allowance")

    application = await asked(world)

    assert application["items"][0]["status"] == "submitted"


async def test_what_the_person_withholds_is_not_used(world: World, superuser: asyncpg.Connection, app: FastAPI) -> None:
    await certified(app.state.database, world)
    await standing(world, superuser, status="subsistence_allowance")

    application = await asked(world, withheld_evidence=["subsistence_allowance_record"])

    assert application["items"][0]["status"] == "submitted"


async def test_the_share_and_the_seconds_are_reported_and_nobody_is_named(
    world: World, superuser: asyncpg.Connection, app: FastAPI
) -> None:
    await certified(app.state.database, world)
    await standing(world, superuser, status="subsistence_allowance")
    today = (await world.get("portal", "/v1/sandbox/clock"))["today"]
    days = {"from": today, "to": today}
    before = await world.get("county_officer", "/v1/reports/instant-grants", **days)

    application = await asked(world)

    after = await world.get("county_officer", "/v1/reports/instant-grants", **days)
    assert after["at_once"] == before["at_once"] + 1
    assert after["cases"] == before["cases"] + 1
    row = next(row for row in after["rows"] if row["item"] == "living_subsidy" and row["at_once"])
    assert 0 <= row["median_seconds"] <= row["longest_seconds"] < 60
    assert world.citizen["person_id"] not in str(after)
    assert application["id"] not in str(after)


async def said(world: World, who: str, status: str) -> None:
    """Somebody of the authority has typed in how the household stands."""
    path = f"/v1/persons/{world.citizen['person_id']}"
    version = (await world.call(who, "GET", path)).headers["ETag"]
    today = (await world.get("portal", "/v1/sandbox/clock"))["today"]
    await world.post(who, f"{path}/economic-status", {"status": status, "since": today}, version=version)


async def test_what_one_clerk_has_typed_in_grants_nothing_until_another_has_said_the_same(
    world: World, superuser: asyncpg.Connection, app: FastAPI
) -> None:
    await certified(app.state.database, world)
    await superuser.execute("DELETE FROM economic_status WHERE person_id = $1", world.citizen["person_id"])
    await said(world, "civil_affairs", "subsistence_allowance")
    await said(world, "civil_affairs", "subsistence_allowance")

    alone = await asked(world)
    await world.step("citizen", f"/v1/applications/{alone['id']}", "withdrawal")
    await said(world, "second_civil_affairs", "subsistence_allowance")
    together = await asked(world)

    assert alone["items"][0]["status"] == "submitted"
    assert together["items"][0]["status"] == "granted"
