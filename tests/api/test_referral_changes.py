"""Referrals that rest, end early or move over HTTP: who sees what, and what stays where it was."""

from datetime import timedelta

import pytest

from tests.acting import World
from tests.api.care import accepted, delivered, service_of_another, today
from tests.api.test_referral import an_offer

pytestmark = [pytest.mark.anyio, pytest.mark.database]


async def test_another_provider_takes_over_and_what_was_delivered_stays_with_the_first(world: World) -> None:
    referral = await delivered(world, await accepted(world, await an_offer(world)))
    path = f"/v1/referrals/{referral['id']}"
    asked = {"service_id": await service_of_another(world, referral), "reason": "provider_unable", "words": "人手不足"}

    anew = await world.step("commissioner", path, "transfer", asked)

    before = await world.get("provider", path)
    assert (before["stage"], len(before["deliveries"])) == ("transferred", 1)
    assert before["transfer"] == {"reason": "provider_unable", "words": None, "successor_id": anew["id"]}
    assert (anew["stage"], anew["transferred_from"], anew["deliveries"]) == ("offered", referral["id"], [])
    assert (await world.call("provider", "GET", f"/v1/referrals/{anew['id']}")).status_code == 404
    assert (await world.call("other_provider", "GET", f"/v1/referrals/{anew['id']}")).status_code == 200


async def test_a_time_out_tells_the_person_to_wait_and_the_commissioner_to_ask_another(world: World) -> None:
    referral = await an_offer(world)
    await world.advance(days=15)
    path = f"/v1/referrals/{referral['id']}"

    person, staff = await world.get("citizen", path), await world.get("commissioner", path)

    assert person["stage"] == "expired"
    assert person["ask_another_by"] in person["next_action"]
    assert person["next_action"] != staff["next_action"]
    assert "/v1/matches" in staff["next_action"]


async def test_the_provider_is_not_told_how_content_the_person_is(world: World) -> None:
    referral = await delivered(world, await accepted(world, await an_offer(world)))
    path = f"/v1/referrals/{referral['id']}"
    await world.step("citizen", path, "confirmation", {"satisfaction": 2, "words": "来得晚"})

    told, staff = await world.get("provider", path), await world.get("township_officer", path)
    events = await world.get("provider", "/v1/events", name="referral.")

    assert (told["confirmation"]["satisfaction"], told["confirmation"]["words"]) == (None, None)
    assert staff["confirmation"]["satisfaction"] == 2
    assert "satisfaction" not in str(events["items"])


async def test_an_officer_closes_it_for_the_person_and_only_what_was_seen_meets_the_need(world: World) -> None:
    referral = await delivered(world, await accepted(world, await an_offer(world)))
    path, why = f"/v1/referrals/{referral['id']}", {"reason": "seen_on_site", "words": "已现场核实，扶手已安装。"}

    closed = await world.step("township_officer", path, "override", why)

    needs = await world.get("commissioner", f"/v1/persons/{world.citizen['person_id']}/needs", stage="met")
    assert (closed["stage"], closed["override"]["reason"]) == ("overridden", "seen_on_site")
    assert referral["need_id"] in {need["id"] for need in needs["items"]}
    assert (await world.get("provider", path))["override"] == {"reason": "seen_on_site", "words": None}


async def test_visits_that_are_planned_rest_and_move_with_the_referral(world: World) -> None:
    referral = await accepted(world, await an_offer(world))
    path, first = f"/v1/referrals/{referral['id']}", await today(world)
    days = [str(first + timedelta(days=after)) for after in (0, 7, 14)]
    visits = [{"on": days[2]}, {"on": days[0], "at": "14:30"}, {"on": days[1]}]

    planned = await world.step("provider", path, "appointments", {"appointments": visits})
    paused = await world.step(
        "provider", path, "pause", {"reason": "away", "expected_until": str(first + timedelta(days=8))}
    )
    await world.advance(days=1)
    why = {"service_id": await service_of_another(world, referral), "reason": "provider_unable"}
    successor = await world.step("commissioner", path, "transfer", why)
    before = await world.get("citizen", path)

    assert [(one["on"], one["at"]) for one in planned["appointments"]] == [
        (days[0], "14:30"),
        (days[1], None),
        (days[2], None),
    ]
    assert [one["rests"] for one in paused["appointments"]] == [True, True, False]
    assert [one["on"] for one in successor["appointments"]] == days[1:]
    assert [one["on"] for one in before["appointments"]] == days[:1]
    late = {"appointments": [{"on": days[0]}]}
    refused = await world.try_step("other_provider", f"/v1/referrals/{successor['id']}", "appointments", late)
    assert refused.status_code in {409, 422}
