"""Places of services over HTTP: the provider says them, referrals take them, and nobody takes one that is not there."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest

from tests.acting import World
from tests.api.care import a_confirmed_need, accepted, certified, delivered, referred, service_for

pytestmark = [pytest.mark.anyio, pytest.mark.database]


async def a_need_and_service(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    """A confirmed need for care at home, and the society's service that fits it best."""
    await certified(world)
    need = await a_confirmed_need(world)
    return need, await service_for(world, need)


async def capacity_of(world: World, service: dict[str, Any]) -> dict[str, Any]:
    shown: dict[str, Any] = (await world.get("citizen", f"/v1/services/{service['id']}"))["capacity"]
    return shown


async def say(world: World, service: dict[str, Any], who: str = "provider", **said: Any) -> dict[str, Any]:
    return await world.post(who, f"/v1/services/{service['id']}/capacity", said)


async def test_a_referral_holds_a_place_from_the_offer_to_the_persons_word(world: World) -> None:
    need, service = await a_need_and_service(world)
    said = await say(world, service, maximum=3, available=2)

    referral = await referred(world, need, service)
    offered = await capacity_of(world, service)
    done = await delivered(world, await accepted(world, referral))
    under_way = await capacity_of(world, service)
    await world.step("citizen", f"/v1/referrals/{done['id']}", "confirmation", {"satisfaction": 4})
    ended = await capacity_of(world, service)

    assert (said["available"], said["maximum"], said["held"], said["unit"]) == (2, 3, 0, "place")
    assert [(one["free"], one["held"]) for one in (offered, under_way, ended)] == [(1, 1), (1, 1), (2, 0)]
    assert said["updated"] is not None


async def test_a_declined_offer_gives_its_place_back(world: World) -> None:
    need, service = await a_need_and_service(world)
    referral = await referred(world, need, service)
    before = await capacity_of(world, service)

    await world.step("provider", f"/v1/referrals/{referral['id']}", "decline", {"reason": "not_suitable"})

    assert (await capacity_of(world, service))["free"] == before["free"] + 1


async def test_no_offer_is_made_of_a_place_that_is_not_there(world: World) -> None:
    need, service = await a_need_and_service(world)
    await say(world, service, maximum=3, available=0)

    matched = await world.post("commissioner", "/v1/matches", {"need_id": need["id"]})
    refused = await world.call(
        "commissioner", "POST", "/v1/referrals", json={"need_id": need["id"], "service_id": service["id"]}
    )

    shown = next(one for one in matched["ranked"] if one["service"]["id"] == service["id"])
    assert any(reason["code"].startswith("matching.waiting.full") for reason in shown["reasons_against"])
    assert (refused.status_code, refused.json()["code"]) == (409, "no_place_free")


async def test_only_the_provider_says_it_and_not_more_than_can_be(world: World) -> None:
    need, service = await a_need_and_service(world)
    await referred(world, need, service)
    path = f"/v1/services/{service['id']}/capacity"

    stranger = await world.call("other_provider", "POST", path, json={"maximum": 5, "available": 5})
    too_many = await world.call("provider", "POST", path, json={"maximum": 5, "available": 5})

    assert (stranger.status_code, stranger.json()["code"]) == (403, "not_your_service")
    assert (too_many.status_code, too_many.json()["code"]) == (422, "places_impossible")


async def test_the_last_place_is_taken_once_whatever_was_read_before(
    world: World, superuser: asyncpg.Connection
) -> None:
    need, service = await a_need_and_service(world)
    referral = await referred(world, need, service)
    await world.step("provider", f"/v1/referrals/{referral['id']}", "decline", {"reason": "not_suitable"})
    await say(world, service, maximum=1, available=0)

    async with superuser.transaction():
        await superuser.execute("SELECT set_config('yian.reach', 'cases', true)")
        with pytest.raises(asyncpg.CheckViolationError, match="no place is free"):
            await superuser.execute("UPDATE referral SET stage = 'offered' WHERE id = $1", UUID(referral["id"]))
