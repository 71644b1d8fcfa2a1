"""政策找人 for single services: found at night, sent by an officer, wanted or not; a referral follows."""

from typing import Any

import pytest

from tests.acting import World
from tests.api.care import INDEPENDENT, a_confirmed_need, a_plan, assessed, certified, confirmed, referred, service_for

pytestmark = [pytest.mark.anyio, pytest.mark.database]


@pytest.fixture
async def need(world: World) -> dict[str, Any]:
    """Somebody of the first grade with a confirmed need for care at home, and who has asked for nothing."""
    await certified(world)
    return await a_confirmed_need(world)


async def offers(world: World, who: str = "county_officer", **asked: Any) -> dict[str, dict[str, Any]]:
    person = {} if who == "citizen" else {"person_id": world.citizen["person_id"]}
    found = await world.get(who, "/v1/offers", **person, **asked)
    return {one["item"]: one for one in found["items"] if one["person_id"] == world.citizen["person_id"]}


async def sent(world: World, code: str = "CARE-HOME") -> dict[str, Any]:
    await world.advance(days=1)
    offer = (await offers(world))[code]
    return await world.step("township_officer", f"/v1/offers/{offer['id']}", "sending")


async def test_a_service_is_offered_with_its_name_and_wanted_by_its_need(world: World, need: dict[str, Any]) -> None:
    offer = await sent(world)

    wanted = await world.step("citizen", f"/v1/offers/{offer['id']}", "acceptance", {"channel": "portal"})

    assert (offer["package_code"], offer["need_id"], offer["still_due"]) == (None, None, True)
    assert "Care at home" in offer["explanation"] or "居家" in offer["explanation"]
    assert {reason["code"] for reason in offer["reasons"]} == {"certificate_in_force", "grade_at_most", "need_present"}
    assert (wanted["stage"], wanted["need_id"], wanted["draft_path"]) == ("accepted", need["id"], None)
    matches = await world.post("commissioner", "/v1/matches", {"need_id": wanted["need_id"]})
    assert "CARE-HOME" in {one["service"]["code"] for one in matches["ranked"]}
    await world.advance(days=200)
    assert (await offers(world))["CARE-HOME"]["stage"] == "accepted"


async def test_what_is_not_wanted_is_not_offered_again_though_another_need_comes(
    world: World, need: dict[str, Any]
) -> None:
    offer = await sent(world)
    await world.step("citizen", f"/v1/offers/{offer['id']}", "decline", {"reason": "not_now"})
    assessment = await assessed(world, answers=INDEPENDENT | {"indoor_walking": "not_met"})
    await confirmed(world, assessment["needs"][0])

    await world.advance(days=5)

    assert need["stage"] == "confirmed"
    assert (await offers(world))["CARE-HOME"]["stage"] == "declined"


async def test_what_a_provider_was_asked_for_is_not_offered(world: World, need: dict[str, Any]) -> None:
    await referred(world, need, await service_for(world, need))

    await world.advance(days=1)

    assert "CARE-HOME" not in await offers(world)


async def test_what_a_plan_provides_for_is_not_offered(world: World, need: dict[str, Any]) -> None:
    service = await service_for(world, need)
    await world.post("commissioner", "/v1/plans", await a_plan(world, need, service))

    await world.advance(days=1)

    assert service["code"] == "CARE-HOME"
    assert "CARE-HOME" not in await offers(world)


async def test_what_is_not_due_any_more_is_not_sent(world: World, need: dict[str, Any]) -> None:
    await world.advance(days=1)
    offer = (await offers(world))["CARE-HOME"]
    await referred(world, need, await service_for(world, need))

    refused = await world.try_step("county_officer", f"/v1/offers/{offer['id']}", "sending")

    assert (refused.status_code, refused.json()["code"]) == (409, "offer_outdated")


async def test_an_office_elsewhere_is_not_shown_it(world: World, need: dict[str, Any]) -> None:
    offer = await sent(world)

    assert need["person_id"] == world.citizen["person_id"]
    for who in ("provider", "other_provider", "portal"):
        answer = await world.call(who, "GET", f"/v1/offers/{offer['id']}")
        assert answer.status_code in {403, 404}, who
