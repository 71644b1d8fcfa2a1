"""From an assessment at home to the person's word that help has come, over HTTP and as everybody in turn."""

import pytest

from tests.acting import World
from tests.api.care import (
    a_confirmed_need,
    a_plan,
    accepted,
    certified,
    delivered,
    in_force,
    referred,
    service_for,
)

pytestmark = [pytest.mark.anyio, pytest.mark.database]


async def test_a_need_is_met_when_the_person_confirms_the_delivery(world: World) -> None:
    application = await certified(world)
    need = await a_confirmed_need(world, application_id=application["id"])
    service = await service_for(world, need)
    plan = await in_force(world, await a_plan(world, need, service, application_id=application["id"]))
    referral = await referred(world, need, service, plan_id=plan["id"], plan_item_id=plan["path"][0]["id"])
    await accepted(world, referral)
    await delivered(world, referral)

    done = await world.step(
        "citizen", f"/v1/referrals/{referral['id']}", "confirmation", {"satisfaction": 5, "words": "很好"}
    )

    assert (service["code"], done["stage"]) == ("CARE-HOME", "confirmed")
    assert done["confirmation"]["voice"] == "person"
    needs = await world.get("citizen", f"/v1/persons/{world.citizen['person_id']}/needs", stage="met")
    assert [(met["id"], met["met_by"]) for met in needs["items"]] == [(need["id"], referral["id"])]


async def test_the_application_tells_the_whole_story(world: World) -> None:
    application = await certified(world)
    need = await a_confirmed_need(world, application_id=application["id"])
    service = await service_for(world, need)
    await in_force(world, await a_plan(world, need, service, application_id=application["id"]))
    referral = await referred(world, need, service)
    await accepted(world, referral)
    await delivered(world, referral)
    await world.step("citizen", f"/v1/referrals/{referral['id']}", "confirmation")

    told = await world.get("portal", f"/v1/applications/{application['id']}/events", limit=100)

    names = [event["name"] for event in told["items"]]
    assert names[names.index("assessment.signed") :] == [
        "assessment.signed",
        *["need.proposed"] * 3,
        "need.confirmed",
        "plan.drafted",
        "plan.agreed",
        "decision.made",
        "plan.approved",
        "referral.offered",
        "referral.accepted",
        "referral.delivered",
        "need.met",
        "referral.confirmed",
    ]
    assert all(event["text"] for event in told["items"])
