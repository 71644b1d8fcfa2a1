"""What came of people's plans is summed up each night, and tells in a match once it is enough."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest

from tests.acting import World
from tests.api.care import (
    INDEPENDENT,
    a_confirmed_need,
    a_plan,
    accepted,
    assessed,
    certified,
    confirmed,
    in_force,
    referred,
    service_for,
)

pytestmark = [pytest.mark.anyio, pytest.mark.database]

SUMS = "SELECT people, total, hard, hard_total FROM provider_outcome WHERE clock_id = $1 AND organisation_id = $2"
ENOUGH = "UPDATE provider_outcome SET people = 10, total = $3 WHERE clock_id = $1 AND organisation_id = $2"


def outcome_of(match: dict[str, Any]) -> dict[str, Any]:
    """What is said of what came of the provider's work."""
    (aspect,) = [aspect for aspect in match["aspects"] if aspect["criterion"] == "outcome"]
    return dict(aspect)


async def confirmed_in_part(world: World, plan: dict[str, Any], need: dict[str, Any]) -> None:
    """Half of what was planned was delivered, and the person has confirmed it."""
    item = plan["path"][0]
    service = {"id": item["service_id"], "organisation_id": item["duties"][0]["organisation_id"]}
    asked = {"plan_id": plan["id"], "plan_item_id": item["id"]}
    referral = await accepted(world, await referred(world, need, service, **asked))
    on = (await world.get("portal", "/v1/sandbox/clock"))["today"]
    record = {"on": on, "quantity": {"amount": 20, "unit": "hour"}}
    await world.step("provider", f"/v1/referrals/{referral['id']}", "delivery", {"deliveries": [record]})
    await world.step("citizen", f"/v1/referrals/{referral['id']}", "confirmation", {})


async def test_a_night_sums_up_what_came_of_a_provider_s_work_and_a_match_tells_it_once_it_is_enough(
    world: World, superuser: asyncpg.Connection
) -> None:
    await certified(world)
    need = await a_confirmed_need(world)
    service = await service_for(world, need)
    plan = await in_force(world, await a_plan(world, need, service))
    await confirmed_in_part(world, plan, need)
    clock = await superuser.fetchval("SELECT clock_id FROM client WHERE id = $1", UUID(world.opened["client_id"]))
    provider = UUID(service["organisation_id"])
    await world.advance(days=90)
    before = await superuser.fetchrow(SUMS, clock, provider)
    seen = {"observations": [{"goal": 1, "seen": "partly_reached"}]}
    await world.step("commissioner", f"/v1/plans/{plan['id']}", "review", seen)

    await world.advance(days=1)

    after = await superuser.fetchrow(SUMS, clock, provider)
    assert before is None
    assert after is not None
    assert tuple(after) == (0, 0, 1, 50), "half reached, half delivered; grade one is a hard case"
    assessment = await assessed(world, answers=INDEPENDENT | {"indoor_walking": "not_met"})
    another = await confirmed(world, assessment["needs"][0])
    few = (await world.post("commissioner", "/v1/matches", {"need_id": another["id"], "limit": 50}))["ranked"]
    await superuser.execute(ENOUGH, clock, provider, 900)
    enough = (await world.post("commissioner", "/v1/matches", {"need_id": another["id"], "limit": 50}))["ranked"]
    told = [
        next(outcome_of(one) for one in ranked if one["service"]["id"] == service["id"]) for ranked in (few, enough)
    ]
    assert [(one["points"], one["side"], one["reason"]["code"]) for one in told] == [
        (50, "neither", "matching.outcome.too_few"),
        (90, "for", "matching.outcome.seen"),
    ]
    assert "90" in told[1]["reason"]["text"]
