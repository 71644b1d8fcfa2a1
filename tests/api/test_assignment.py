"""Assignment over HTTP: proposed for all who wait, accepted by making the referrals, and kept nowhere."""

from typing import Any

import pytest

from tests.acting import World
from tests.api.care import consented
from tests.api.test_waiting import a_full_service, waits

pytestmark = [pytest.mark.anyio, pytest.mark.database]
PROPOSALS = "/v1/assignment-proposals"


async def proposed(world: World, need: str = "home_care", **more: Any) -> dict[str, Any]:
    return await world.get("township_officer", PROPOSALS, need=need, region="652301104", **more)


async def test_who_waits_for_a_full_service_is_proposed_another_and_a_human_makes_the_referral(world: World) -> None:
    need, full = await a_full_service(world)
    entry = await waits(world, need, full)

    before = await proposed(world)
    line = before["lines"][0]
    await consented(world, line["service"]["organisation_id"])
    asked = {"need_id": line["need_id"], "service_id": line["service"]["id"]}
    referral = await world.post("commissioner", "/v1/referrals", asked)
    after = await proposed(world)

    assert [one["waiting_entry_id"] for one in before["lines"]] == [entry["id"]]
    assert line["service"]["id"] != full["id"]
    assert (line["reason"]["code"], line["outlook"]["place"]) == ("assignment.proposed", 1)
    assert str(line["fit"]) in line["reason"]["text"]
    assert before["proposed"]["served"] == before["by_hand"]["served"] == 1
    assert (referral["stage"], after["lines"]) == ("offered", [])


async def test_where_nothing_is_free_who_waits_is_told_to_wait_on(world: World) -> None:
    need, full = await a_full_service(world)
    entry = await waits(world, need, full)
    services = (await world.get("commissioner", "/v1/services", need="home_care"))["items"]
    full_now = {"maximum": 1, "available": 0}
    for service in services:
        for who in ("provider", "other_provider"):
            await world.call(who, "POST", f"/v1/services/{service['id']}/capacity", json=full_now)

    line = (await proposed(world))["lines"][0]

    assert line["waiting_entry_id"] == entry["id"]
    assert (line["service"], line["fit"], line["reason"]["code"]) == (None, None, "assignment.waits_on")
    assert line["outlook"]["when"]["code"] == "waiting.unknown"


async def test_only_for_a_known_need_and_the_own_place(world: World) -> None:
    unknown = await world.call("township_officer", "GET", PROPOSALS, params={"need": "gold", "region": "652301104"})
    elsewhere = await world.call(
        "township_officer", "GET", PROPOSALS, params={"need": "home_care", "region": "652301105"}
    )

    assert (unknown.status_code, unknown.json()["code"]) == (422, "unknown_need")
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (403, "not_your_function")
