"""Referrals over HTTP: asked, answered, delivered, and closed by the person's word."""

import asyncio
from typing import Any

import pytest

from tests.acting import World
from tests.api.care import (
    a_confirmed_need,
    accepted,
    certified,
    consented,
    delivered,
    referred,
    service_for,
    service_of,
    today,
)

pytestmark = [pytest.mark.anyio, pytest.mark.database]


async def an_offer(world: World) -> dict[str, Any]:
    """The home care society asked to care for this world's citizen."""
    await certified(world)
    need = await a_confirmed_need(world)
    return await referred(world, need, await service_for(world, need))


async def service_called(world: World, code: str, need: str) -> dict[str, Any]:
    found = await world.get("commissioner", "/v1/services", need=need)
    return next(service for service in found["items"] if service["code"] == code)


async def test_the_provider_sees_what_was_asked_of_it_and_no_other_does(world: World) -> None:
    referral = await an_offer(world)
    path = f"/v1/referrals/{referral['id']}"

    mine = await world.get("provider", "/v1/referrals")
    others = await world.get("other_provider", "/v1/referrals")
    stranger = await world.call("other_provider", "GET", path)

    assert referral["id"] in {shown["id"] for shown in mine["items"]}
    assert referral["id"] not in {shown["id"] for shown in others["items"]}
    assert stranger.status_code == 404


async def test_a_provider_may_decline_and_another_is_asked(world: World) -> None:
    referral = await an_offer(world)

    declined = await world.step(
        "provider", f"/v1/referrals/{referral['id']}", "decline", {"reason": "no_capacity", "words": "名额已满"}
    )
    again = await referred(world, {"id": referral["need_id"]}, service_of(referral))

    assert (declined["stage"], declined["decline_reason"]) == ("declined", "no_capacity")
    assert again["stage"] == "offered"


async def test_the_same_is_not_asked_twice_while_it_is_under_way(world: World) -> None:
    referral = await an_offer(world)

    asked = {"need_id": referral["need_id"], "service_id": referral["service_id"]}
    again = await world.call("commissioner", "POST", "/v1/referrals", json=asked)

    assert (again.status_code, again.json()["code"]) == (409, "referral_under_way")


async def test_what_is_asked_twice_at_one_moment_is_asked_once(world: World) -> None:
    await certified(world)
    need = await a_confirmed_need(world)
    service = await service_for(world, need)
    await consented(world, service["organisation_id"])
    asked = {"need_id": need["id"], "service_id": service["id"]}

    answers = await asyncio.gather(
        *(world.call(who, "POST", "/v1/referrals", json=asked) for who in ("commissioner", "township_officer"))
    )

    assert sorted(answer.status_code for answer in answers) == [201, 409]


async def test_an_offer_that_nobody_answers_expires_and_is_made_anew(world: World) -> None:
    referral = await an_offer(world)
    await world.advance(days=15)

    begins = {"begins_on": str(await today(world))}
    late = await world.try_step("provider", f"/v1/referrals/{referral['id']}", "acceptance", begins)
    anew = await referred(world, {"id": referral["need_id"]}, service_of(referral))

    assert (late.status_code, late.json()["code"]) == (409, "illegal_transition")
    assert anew["id"] != referral["id"]
    old = await world.get("provider", f"/v1/referrals/{referral['id']}")
    assert old["stage"] == "expired"


async def test_nothing_is_confirmed_before_it_is_delivered(world: World) -> None:
    referral = await accepted(world, await an_offer(world))

    early = await world.try_step("citizen", f"/v1/referrals/{referral['id']}", "confirmation")
    await delivered(world, referral)
    done = await world.step("citizen", f"/v1/referrals/{referral['id']}", "confirmation")

    assert (early.status_code, early.json()["code"]) == (409, "illegal_transition")
    assert (done["stage"], done["confirmation"]["satisfaction"]) == ("confirmed", None)


async def test_nobody_confirms_in_the_persons_place(world: World) -> None:
    referral = await accepted(world, await an_offer(world))
    await delivered(world, referral)

    answer = await world.try_step("provider", f"/v1/referrals/{referral['id']}", "confirmation")

    assert answer.status_code == 403


async def test_whoever_is_not_entitled_is_not_referred(world: World) -> None:
    need = await a_confirmed_need(world)
    service = await service_called(world, "CARE-HOME", "home_care")

    asked = {"need_id": need["id"], "service_id": service["id"]}
    answer = await world.call("commissioner", "POST", "/v1/referrals", json=asked)

    assert (answer.status_code, answer.json()["code"]) == (409, "not_entitled")


async def test_what_an_office_grants_is_applied_for(world: World) -> None:
    await certified(world)
    severe = dict.fromkeys(("eating", "dressing", "bed_transfer", "toileting", "indoor_walking", "bathing"), "not_met")
    need = await a_confirmed_need(world, "long_term_care", answers=severe)
    service = await service_called(world, "SUB-NURSING", "long_term_care")

    asked = {"need_id": need["id"], "service_id": service["id"]}
    answer = await world.call("commissioner", "POST", "/v1/referrals", json=asked)

    assert (answer.status_code, answer.json()["code"]) == (422, "no_referrals_here")


async def test_a_service_for_another_need_is_refused(world: World) -> None:
    await certified(world)
    need = await a_confirmed_need(world)
    service = await service_called(world, "AID-FIT", "assistive_device")

    asked = {"need_id": need["id"], "service_id": service["id"]}
    answer = await world.call("commissioner", "POST", "/v1/referrals", json=asked)

    assert (answer.status_code, answer.json()["code"]) == (422, "does_not_meet_need")


async def test_services_that_exclude_one_another_are_not_given_together(world: World) -> None:
    referral = await accepted(world, await an_offer(world))
    day_care = await service_called(world, "CARE-SUNSHINE", "home_care")

    asked = {"need_id": referral["need_id"], "service_id": day_care["id"]}
    answer = await world.call("commissioner", "POST", "/v1/referrals", json=asked)

    assert (answer.status_code, answer.json()["code"]) == (409, "exclusive_service")


async def test_a_step_of_a_plan_is_named_whole_or_not_at_all(world: World) -> None:
    referral = await an_offer(world)

    asked = {"need_id": referral["need_id"], "service_id": referral["service_id"], "plan_id": referral["id"]}
    answer = await world.call("commissioner", "POST", "/v1/referrals", json=asked)

    assert answer.status_code == 422
