"""The status lists: what was overtaken shows there, to everybody and with the network off."""

import json
from itertools import pairwise
from typing import Any

import httpx
import pytest

from app.adapters.status_list import LIST_SIZE
from tests.acting import World
from tests.api.flow import case_of, issued, submitted
from tests.api.rolls import granted
from tests.api.test_receipt import published, read_offline
from tests.api.test_recheck import reported, ruled, today
from tests.api.test_review import CHANGED, UPHELD, a_refusal, filed, heard
from tests.api.third_party import NetworkOff, ThirdParty, network_off

pytestmark = [pytest.mark.anyio, pytest.mark.database]


async def receipt_of(world: World, decision: dict[str, Any], who: str = "citizen") -> str:
    given = await world.post(who, f"/v1/decisions/{decision['id']}/receipt")
    return str(given["jws"])


async def is_withdrawn(world: World, receipt: str) -> bool:
    return (await ThirdParty.prepared(world.api)).is_withdrawn(receipt)


async def test_a_receipt_holds_until_a_review_changes_the_decision(world: World) -> None:
    application, decision = await a_refusal(world)
    await issued(world, case_of(application, "certificate"))
    receipt = await receipt_of(world, decision)
    of_the_application = (await world.get("citizen", f"/v1/applications/{application['id']}/receipt"))["jws"]
    before = await is_withdrawn(world, receipt)

    review = await heard(world, await filed(world, decision), CHANGED)

    of_the_review = await receipt_of(world, {"id": review["result_id"]})
    assert (before, await is_withdrawn(world, receipt)) == (False, True)
    assert not await is_withdrawn(world, of_the_review)
    assert not await is_withdrawn(world, of_the_application)


async def test_with_a_tilde_it_is_read_alike(world: World) -> None:
    _, decision = await a_refusal(world)

    assert not await is_withdrawn(world, await receipt_of(world, decision) + "~")


async def test_what_is_upheld_holds_on(world: World) -> None:
    _, decision = await a_refusal(world)
    receipt = await receipt_of(world, decision)

    await heard(world, await filed(world, decision), UPHELD)

    assert not await is_withdrawn(world, receipt)


async def test_the_receipt_of_a_grant_is_withdrawn_when_the_grant_ends(world: World) -> None:
    case = await granted(world)
    (decision,) = (
        one
        for one in (await world.get("citizen", "/v1/decisions", case_id=case["id"]))["items"]
        if one["outcome"] == "granted"
    )
    receipt = await receipt_of(world, decision)

    await ruled(world, await reported(world, case), "stopped", ceased_on=str(await today(world)))

    assert await is_withdrawn(world, receipt)
    again = await world.call(
        "citizen", "POST", f"/v1/decisions/{decision['id']}/receipt", headers={"Idempotency-Key": "again"}
    )
    assert (again.status_code, again.json()["code"]) == (409, "decision_overtaken")


@pytest.mark.parametrize("who", ["citizen", "portal", "county_officer"])
async def test_nobody_gets_a_fresh_receipt_of_what_counts_no_longer(world: World, who: str) -> None:
    application, decision = await a_refusal(world)
    await issued(world, case_of(application, "certificate"))
    await heard(world, await filed(world, decision), CHANGED)

    asked = await world.call(
        who, "POST", f"/v1/decisions/{decision['id']}/receipt", headers={"Idempotency-Key": f"late-{who}"}
    )

    assert (asked.status_code, asked.json()["code"]) == (409, "decision_overtaken")


async def test_another_library_reads_the_list_alike(world: World) -> None:
    text = (await world.api.get("/status-lists/1")).text

    header, claims = read_offline(text, await published(world.api))

    assert header["typ"] == "statuslist+jwt"
    assert claims["status_list"]["bits"] == 1
    assert json.dumps(claims).isascii()


async def test_the_list_is_for_everybody_and_is_fetched_once(world: World) -> None:
    first = await world.api.get("/status-lists/1")
    again = await world.api.get("/status-lists/1", headers={"If-None-Match": first.headers["etag"]})

    assert first.headers["cache-control"] == "public, max-age=300"
    assert first.headers["access-control-allow-origin"] == "*"
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(("list_number", "status"), [(2, 404), (1_000_000, 404), (0, 422), (-1, 422), ("x", 422)])
async def test_a_list_that_no_receipt_names_is_not_there(world: World, list_number: object, status: int) -> None:
    assert (await world.api.get(f"/status-lists/{list_number}")).status_code == status


async def test_places_tell_nothing_of_the_order(world: World) -> None:
    _, decision = await a_refusal(world)
    keys = await published(world.api)
    places = []
    for number in range(5):
        given = await world.post("citizen", f"/v1/decisions/{decision['id']}/receipt", key=f"place-{number}")
        places.append(read_offline(given["jws"], keys)[1]["status"]["status_list"]["idx"])

    assert len(set(places)) == len(places)
    assert all(0 <= place < LIST_SIZE for place in places)
    assert {other - one for one, other in pairwise(places)} != {1}


def test_the_network_is_off_while_the_third_party_looks() -> None:
    with network_off(), pytest.raises((NetworkOff, httpx.TransportError)):
        httpx.get("http://127.0.0.1:9/")


async def test_an_application_that_was_withdrawn_was_received_all_the_same(world: World) -> None:
    application = await submitted(world)
    receipt = (await world.get("citizen", f"/v1/applications/{application['id']}/receipt"))["jws"]

    await world.step("portal", f"/v1/applications/{application['id']}", "withdrawal")

    assert not await is_withdrawn(world, receipt)
