"""Nobody puts on record what money and power follow from for somebody whom they live with or are reached like."""

from typing import Any

import asyncpg
import httpx
import pytest

from tests.acting import World
from tests.api.flow import a_new_name, a_new_number
from tests.api.test_certificate_relations import at_home, newcomer, sharing

pytestmark = [pytest.mark.anyio, pytest.mark.database]

SINCE = "2026-01-01"
INDEPENDENT = dict.fromkeys(("eating", "dressing", "bed_transfer", "toileting", "indoor_walking"), "met")
FACTS: dict[str, dict[str, Any]] = {
    "economic-status": {"status": "low_income", "since": SINCE},
    "bank-account": {"number": "9900 0000 4321"},
    "registration-moves": {"region_code": "652302", "moved_on": SINCE},
}


async def registered(world: World) -> str:
    """The id of somebody who was not on record before."""
    somebody = {"name": a_new_name(), "citizen_number": a_new_number(), "region_code": world.citizen["region_code"]}
    return str((await world.post("township_officer", "/v1/persons", somebody))["id"])


async def tried(  # noqa: PLR0917 - it reads as a sentence: of whom, what, how, by whom
    world: World, person_id: str, fact: str, body: dict[str, Any], who: str = "township_officer"
) -> httpx.Response:
    """What an officer is told who puts a fact on record."""
    path = f"/v1/persons/{person_id}"
    version = (await world.call(who, "GET", path)).headers["ETag"]
    return await world.call(who, "POST", f"{path}/{fact}", json=body, version=version)


@pytest.mark.parametrize("fact", FACTS)
async def test_nobody_does_so_for_somebody_at_home(world: World, superuser: asyncpg.Connection, fact: str) -> None:
    person_id = world.citizen["person_id"]
    async with at_home(world, superuser, "township_officer"):
        refused = await tried(world, person_id, fact, FACTS[fact])

    assert (refused.status_code, refused.json()["code"]) == (403, "relation_on_record")
    assert (await tried(world, person_id, fact, FACTS[fact])).status_code == 200


async def test_nobody_does_so_for_somebody_with_the_same_telephone(world: World, superuser: asyncpg.Connection) -> None:
    _, person = await newcomer(world)
    async with sharing(superuser, world.account("township_officer"), with_person=person, kind="phone"):
        refused = await tried(world, str(person), "economic-status", FACTS["economic-status"])

    assert (refused.status_code, refused.json()["code"]) == (403, "relation_on_record")


async def test_nobody_lets_somebody_at_home_act_for_a_stranger_nor_ends_that(
    world: World, superuser: asyncpg.Connection
) -> None:
    ward, guardian = await registered(world), world.citizen["person_id"]
    link = {"guardian_id": guardian, "acting": "guardian", "proof": "counter", "valid_from": SINCE}
    end = {"last_day": SINCE}
    async with at_home(world, superuser, "township_officer"):
        refused = await tried(world, ward, "guardianships", link)
        recorded = await tried(world, ward, "guardianships", link, "county_officer")
        kept = await tried(world, ward, f"guardianships/{guardian}/end", end)

    assert recorded.status_code == 200, recorded.text
    assert [(one.status_code, one.json()["code"]) for one in (refused, kept)] == [(403, "relation_on_record")] * 2


async def test_nobody_assesses_somebody_at_home_nor_confirms_what_was_found(
    world: World, superuser: asyncpg.Connection
) -> None:
    body = {"person_id": world.citizen["person_id"], "instrument": "self_care_six", "method": "home_visit"}
    body |= {"purpose": "needs", "answers": INDEPENDENT | {"bathing": "not_met"}}
    async with at_home(world, superuser, "commissioner"):
        refused = await world.call("commissioner", "POST", "/v1/assessments", json=body)
        found = await world.post("township_officer", "/v1/assessments", body)
        need = f"/v1/needs/{found['needs'][0]['id']}/confirmation"
        kept = await world.call("commissioner", "POST", need, json={}, version='"1"')
    confirmed = await world.call("commissioner", "POST", need, json={}, version='"1"')

    assert [(one.status_code, one.json()["code"]) for one in (refused, kept)] == [(403, "relation_on_record")] * 2
    assert confirmed.status_code == 200, confirmed.text
