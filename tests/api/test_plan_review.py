"""Plans in force over HTTP: reviewed on their day or when life changes, and closed with what they came to."""

from datetime import timedelta
from typing import Any

import pytest

from tests.acting import World
from tests.api.care import (
    a_confirmed_need,
    a_plan,
    accepted,
    agreed,
    certified,
    delivered,
    in_force,
    referred,
    service_for,
    today,
)
from tests.api.test_guardianship import recorded
from tests.api.test_plan import a_draft

pytestmark = [pytest.mark.anyio, pytest.mark.database]


async def found(world: World, *, days: int = 30, **changes: Any) -> dict[str, Any]:
    """One goal, partly reached, and another look so many days on."""
    return {
        "observations": [{"goal": 1, "seen": "partly_reached", "words": "每周洗浴一次"}],
        "next_review_on": str(await today(world) + timedelta(days=days)),
        **changes,
    }


async def due(world: World, *, days: int = 0, who: str = "township_officer") -> list[dict[str, Any]]:
    """What is to be reviewed within so many days."""
    by = str(await today(world) + timedelta(days=days))
    listed: list[dict[str, Any]] = (await world.get(who, "/v1/plans", review_due_by=by))["items"]
    return [plan for plan in listed if plan["person_id"] == world.citizen["person_id"]]


async def test_a_plan_is_on_the_list_from_its_review_day_until_somebody_has_looked(world: World) -> None:
    plan = await in_force(world, await a_draft(world))
    path = f"/v1/plans/{plan['id']}"

    assert await due(world, days=59) == []
    assert [one["id"] for one in await due(world, days=60)] == [plan["id"]]
    await world.advance(days=60)
    reviewed = await world.step("commissioner", path, "review", await found(world, days=20))

    assert await due(world, days=19) == []
    assert (reviewed["stage"], reviewed["review_due_on"]) == ("active", str(await today(world) + timedelta(days=20)))
    assert [one["observations"][0]["seen"] for one in reviewed["reviews"]] == ["partly_reached"]


async def test_another_economic_status_calls_for_a_review(world: World) -> None:
    await in_force(world, await a_draft(world))
    person = f"/v1/persons/{world.citizen['person_id']}"
    version = (await world.call("civil_affairs", "GET", person)).headers["ETag"]
    stands = {"status": "low_income", "since": str(await today(world))}

    await world.post("civil_affairs", f"{person}/economic-status", stands, version=version)

    (called,) = await due(world)
    assert called["called_for"] == ["economic_status_changed"]


async def test_a_life_event_puts_the_plan_on_the_list_and_a_review_takes_it_off(world: World) -> None:
    plan = await in_force(world, await a_draft(world))
    read = await world.call("commissioner", "GET", f"/v1/plans/{plan['id']}")

    await recorded(world, world.citizen["person_id"])

    (called,) = await due(world)
    assert (called["called_for"], called["review_due_on"]) == (["guardianship_changed"], str(await today(world)))
    stale = await world.call(
        "commissioner",
        "POST",
        f"/v1/plans/{plan['id']}/review",
        json=await found(world),
        version=read.headers["etag"],
    )
    assert stale.status_code == 412
    reviewed = await world.step("commissioner", f"/v1/plans/{plan['id']}", "review", await found(world))
    assert (reviewed["called_for"], reviewed["reviews"][0]["called_for"]) == ([], ["guardianship_changed"])
    assert await due(world) == []


async def test_a_plan_that_no_longer_fits_stays_on_the_list_until_another_is_in_force(world: World) -> None:
    plan = await a_draft(world)
    first = await in_force(world, plan)

    await world.step("commissioner", f"/v1/plans/{first['id']}", "review", await found(world, next_review_on=None))
    still = [one["id"] for one in await due(world)]
    await in_force(world, plan)

    assert still == [first["id"]]
    assert await due(world) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [({"observations": []}, "goals_not_seen"), ({"next_review_on": "2020-01-01"}, "next_review_impossible")],
)
async def test_findings_that_do_not_fit_the_plan_are_refused(world: World, change: dict[str, Any], code: str) -> None:
    plan = await in_force(world, await a_draft(world))

    answer = await world.try_step("commissioner", f"/v1/plans/{plan['id']}", "review", await found(world, **change))

    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_a_plan_is_closed_once_its_services_are_and_those_under_way_are_named(world: World) -> None:
    await certified(world)
    need = await a_confirmed_need(world)
    service = await service_for(world, need)
    plan = await in_force(world, await a_plan(world, need, service))
    step = {"plan_id": plan["id"], "plan_item_id": plan["path"][0]["id"]}
    referral = await referred(world, need, service, **step)

    refused = await world.try_step("township_officer", f"/v1/plans/{plan['id']}", "closure", {"outcome": "reached"})
    await accepted(world, referral)
    await delivered(world, referral)
    await world.step("citizen", f"/v1/referrals/{referral['id']}", "confirmation", {"satisfaction": 5})
    closed = await world.step("township_officer", f"/v1/plans/{plan['id']}", "closure", {"outcome": "reached"})

    assert (refused.status_code, refused.json()["code"]) == (409, "referrals_open")
    assert [one["pointer"] for one in refused.json()["errors"]] == [f"/v1/referrals/{referral['id']}"]
    assert (closed["stage"], closed["outcome"], closed["review_due_on"]) == ("closed", "reached", None)


async def test_a_draft_is_neither_reviewed_nor_closed(world: World) -> None:
    drafted = await world.post("commissioner", "/v1/plans", await a_draft(world))
    await agreed(world, drafted)

    review = await world.try_step("commissioner", f"/v1/plans/{drafted['id']}", "review", await found(world))
    closure = await world.try_step("county_officer", f"/v1/plans/{drafted['id']}", "closure", {"outcome": "reached"})

    assert {review.json()["code"], closure.json()["code"]} == {"illegal_transition"}
