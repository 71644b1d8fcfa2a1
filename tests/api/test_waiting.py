"""Waiting lists over HTTP: who waits, where they stand, what they are told, and how they leave."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest

from tests.acting import World
from tests.api.care import (
    INDEPENDENT,
    a_confirmed_need,
    accepted,
    assessed,
    certified,
    confirmed,
    consented,
    delivered,
    referred,
    service_for,
    today,
)
from tests.api.test_capacity import a_need_and_service, say

pytestmark = [pytest.mark.anyio, pytest.mark.database]


async def a_full_service(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    """A confirmed need, and the service that fits it best, which has no place."""
    need, service = await a_need_and_service(world)
    await say(world, service, maximum=3, available=0)
    return need, service


def list_of(need: dict[str, Any]) -> str:
    return f"/v1/needs/{need['id']}/waiting-entries"


async def waits(world: World, need: dict[str, Any], service: dict[str, Any], **more: Any) -> dict[str, Any]:
    return await world.post("commissioner", list_of(need), {"service_id": service["id"], **more})


async def test_an_offer_of_a_full_service_goes_to_the_waiting_list_where_that_is_asked(world: World) -> None:
    need, service = await a_full_service(world)
    await consented(world, service["organisation_id"])
    asked = {"need_id": need["id"], "service_id": service["id"], "when_full": "wait"}

    answer = await world.call("commissioner", "POST", "/v1/referrals", json=asked)
    again = await world.call("commissioner", "POST", "/v1/referrals", json=asked)

    entry = answer.json()
    assert (answer.status_code, again.status_code, again.json()["id"]) == (202, 202, entry["id"])
    assert (entry["stage"], entry["outlook"]["place"]) == ("waiting", 1)
    assert answer.headers["Location"] == f"/v1/waiting-entries/{entry['id']}"


async def test_who_waits_is_told_the_place_why_when_and_what_would_be_sooner(world: World) -> None:
    need, service = await a_full_service(world)
    entry = await waits(world, need, service, urgency="urgent")
    path = f"/v1/waiting-entries/{entry['id']}"

    english = await world.call("citizen", "GET", path, headers={"Accept-Language": "en"})
    chinese = await world.call("citizen", "GET", path, headers={"Accept-Language": "zh-CN"})

    told, heard = english.json()["outlook"], chinese.json()["outlook"]
    assert told["standing"]["text"] == "You are number 1 on the list; 0 are before you."
    assert heard["standing"]["text"] == "您排在第1位，前面有0人。"
    assert [one["code"] for one in told["why"]] == [
        "waiting.since",
        "waiting.special",
        "waiting.urgency",
        "waiting.head_start",
    ]
    assert (told["expected_on"], told["when"]["code"]) == (None, "waiting.unknown")
    assert all(one["service"]["id"] != service["id"] for one in told["sooner"])
    assert all("{" not in one["text"]["text"] for one in told["sooner"])


async def test_a_provider_that_accepts_takes_the_need_off_its_list(world: World) -> None:
    need, service = await a_full_service(world)
    entry = await waits(world, need, service)
    await say(world, service, maximum=3, available=1)
    path = f"/v1/waiting-entries/{entry['id']}"

    referral = await referred(world, need, service)
    offered = await world.get("commissioner", path)
    await accepted(world, referral)
    placed = await world.get("commissioner", path)

    assert (offered["stage"], offered["outlook"]["place"]) == ("waiting", 1)
    assert (placed["stage"], placed["left_on"], placed["outlook"]) == ("placed", str(await today(world)), None)
    assert placed["version"] > offered["version"]


async def test_a_need_that_is_met_elsewhere_leaves_all_lists(world: World) -> None:
    need, service = await a_need_and_service(world)
    matched = (await world.post("commissioner", "/v1/matches", {"need_id": need["id"]}))["ranked"]
    elsewhere = next(
        one["service"]
        for one in matched
        if one["service"]["id"] != service["id"] and one["service"]["takes_referrals"] and one["finding"] == "met"
    )
    entry = await waits(world, need, elsewhere)
    done = await delivered(world, await accepted(world, await referred(world, need, service)))

    await world.step("citizen", f"/v1/referrals/{done['id']}", "confirmation", {"satisfaction": 4})

    assert (await world.get("citizen", f"/v1/waiting-entries/{entry['id']}"))["stage"] == "met"


async def test_a_newcomer_is_not_offered_what_another_waits_for(world: World, superuser: asyncpg.Connection) -> None:
    need, service = await a_full_service(world)
    entry = await waits(world, need, service)
    await say(world, service, maximum=3, available=1)
    found = await assessed(world, answers=INDEPENDENT | {"indoor_walking": "not_met"})
    other = await confirmed(world, found["needs"][0])
    await superuser.execute("UPDATE waiting_entry SET need_id = $2 WHERE id = $1", UUID(entry["id"]), UUID(other["id"]))

    refused = await world.call(
        "commissioner", "POST", "/v1/referrals", json={"need_id": need["id"], "service_id": service["id"]}
    )

    assert (refused.status_code, refused.json()["code"]) == (409, "others_wait")


async def test_the_days_of_waiting_come_along_and_so_does_the_day_of_a_decline_for_want_of_a_place(
    world: World,
) -> None:
    need, service = await a_need_and_service(world)
    first = await today(world)
    referral = await referred(world, need, service)
    await world.step("provider", f"/v1/referrals/{referral['id']}", "decline", {"reason": "no_capacity"})
    await world.advance(days=9)

    entry = await waits(world, need, service)

    assert entry["since"] == str(first)


async def test_a_need_waits_for_a_service_once_and_an_officer_may_take_it_off(world: World) -> None:
    need, service = await a_full_service(world)
    entry = await waits(world, need, service)
    path = f"/v1/waiting-entries/{entry['id']}"

    twice = await world.call("commissioner", "POST", list_of(need), json={"service_id": service["id"]})
    anew = await world.step("commissioner", path, "reassessment", {"urgency": "soon"})
    removed = await world.step("township_officer", path, "removal", {"reason": "moved_away", "text": "已迁往外地"})
    listed = await world.get("commissioner", "/v1/waiting-entries", service_id=service["id"], stage="removed")

    assert (twice.status_code, twice.json()["code"]) == (409, "waiting_already")
    assert anew["counts_from"] < entry["counts_from"]
    assert (removed["stage"], removed["removal"]) == ("removed", "moved_away")
    assert entry["id"] in {one["id"] for one in listed["items"]}


async def test_the_person_leaves_by_the_own_word_and_a_provider_sees_nobody_of_the_list(world: World) -> None:
    await certified(world)
    need = await a_confirmed_need(world)
    entry = await waits(world, need, await service_for(world, need))
    path = f"/v1/waiting-entries/{entry['id']}"

    left = await world.step("citizen", path, "withdrawal", {})
    unseen = await world.call("provider", "GET", path)

    assert left["stage"] == "withdrawn"
    assert unseen.status_code == 403


async def test_what_was_declined_for_want_of_places_waits_for_one_in_one_step(world: World) -> None:
    await certified(world)
    need = await a_confirmed_need(world)
    referral = await referred(world, need, await service_for(world, need))
    path = f"/v1/referrals/{referral['id']}"
    early = await world.call("commissioner", "POST", f"{path}/waiting-entry")
    provider = await world.step("provider", path, "decline", {"reason": "no_capacity"})

    declined = await world.get("commissioner", path)
    entry = await world.post("commissioner", declined["waiting_path"])
    again = await world.post("commissioner", declined["waiting_path"])
    refused = await world.call("provider", "POST", f"{path}/waiting-entry")

    assert (early.status_code, early.json()["code"]) == (409, "declined_otherwise")
    assert [one["allowed"] for one in declined["actions"] if one["action"] == "wait"] == [True]
    assert (provider["waiting_path"], referral["waiting_path"]) == (None, None)
    assert (entry["need_id"], entry["service_id"], entry["stage"]) == (need["id"], referral["service_id"], "waiting")
    assert again["id"] == entry["id"]
    assert refused.status_code == 403


async def test_what_was_declined_otherwise_is_not_waited_for(world: World) -> None:
    await certified(world)
    need = await a_confirmed_need(world)
    referral = await referred(world, need, await service_for(world, need))
    path = f"/v1/referrals/{referral['id']}"
    await world.step("provider", path, "decline", {"reason": "outside_area"})

    declined = await world.get("commissioner", path)
    refused = await world.call("commissioner", "POST", f"{path}/waiting-entry")

    assert declined["waiting_path"] is None
    assert "wait" not in {one["action"] for one in declined["actions"]}
    assert (refused.status_code, refused.json()["code"]) == (409, "declined_otherwise")
