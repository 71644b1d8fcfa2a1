"""Deliveries that do not fit are taken in over HTTP, and looked at by officers; the provider is not told."""

from uuid import uuid4

import pytest

from tests.acting import World, open_world
from tests.api.care import accepted, today
from tests.api.findings import checked
from tests.api.test_referral import an_offer

pytestmark = [pytest.mark.anyio, pytest.mark.database]


async def test_two_carers_at_one_time_and_more_than_planned_are_noticed_and_refused_nowhere(world: World) -> None:
    referral, day = await accepted(world, await an_offer(world)), str(await today(world))
    record = {"on": day, "quantity": {"amount": 2, "unit": "hour"}, "worker": "A7"}
    record |= {"starts_at": f"{day}T00:10:00+08:00", "ends_at": f"{day}T02:10:00+08:00"}
    path, twice = f"/v1/referrals/{referral['id']}", {"deliveries": [record, record | {"worker": "B1"}]}

    delivered = await world.step("provider", path, "delivery", twice)
    await checked(world)

    mine = {"limit": 100, "stage": "open", "kind": "overlap_person"}
    found = (await world.get("township_officer", "/v1/delivery-findings", **mine))["items"]
    finding = next(one for one in found if one["referral_id"] == referral["id"])
    assert delivered["stage"] == "delivered"
    assert set(finding["deliveries"]) == {one["id"] for one in delivered["deliveries"]}
    seen = await world.call("provider", "GET", "/v1/events", params={"name": "delivery_finding."})
    assert referral["id"] not in seen.text
    settled = {"outcome": "explained", "text": "需二人协助洗浴，已核实。"}
    closed = await world.step("township_officer", f"/v1/delivery-findings/{finding['id']}", "settlement", settled)
    assert (closed["stage"], closed["settlement"]["outcome"]) == ("settled", "explained")


async def test_one_worker_with_two_people_at_once_is_noticed(world: World) -> None:
    neighbour = await open_world(world.api)
    referrals = [await accepted(one, await an_offer(one)) for one in (world, neighbour)]
    day = str(await today(world))
    record = {"on": day, "quantity": {"amount": 1, "unit": "hour"}, "worker": f"W-{uuid4().hex[:12]}"}
    record |= {"starts_at": f"{day}T00:10:00+08:00", "ends_at": f"{day}T01:10:00+08:00"}
    for one, referral in zip((world, neighbour), referrals, strict=True):
        await one.step("provider", f"/v1/referrals/{referral['id']}", "delivery", {"deliveries": [record]})

    await checked(world)

    found = await world.get("township_officer", "/v1/delivery-findings", kind="overlap_worker", limit=100)
    assert {one["id"] for one in referrals} & {finding["referral_id"] for finding in found["items"]}
