"""What an office enters in a provider's name is nobody's offer before that provider says so."""

import json
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.sandbox.authority import sandbox_id
from tests.acting import World, open_world
from tests.api.care import a_confirmed_need, certified, consented
from tests.api.test_catalogue_import import a_row, code, imported

pytestmark = [pytest.mark.anyio, pytest.mark.database]
REASON = "我机构不提供该服务。"
SOCIETY = str(sandbox_id("organisation", "home_care_society"))
ORGANISATION = """
INSERT INTO organisation SELECT (jsonb_populate_record(o, jsonb_build_object('id', $2::text, 'code', NULL))).*
FROM organisation o JOIN service s ON s.organisation_id = o.id WHERE s.id = $1 AND $3::text IS NOT NULL
"""
SERVICE = """
INSERT INTO service SELECT (jsonb_populate_record(s, said || jsonb_build_object('detail', s.detail || said))).*
FROM service s, jsonb_build_object('id', $2::text, 'organisation_id', $3::text, 'stage', 'proposed') said
WHERE s.id = $1
"""
__all__ = ["code"]


async def entered(world: World, installed: Any, key: str = "w1", **changes: Any) -> dict[str, Any]:
    """What comes of a row that an officer of the county enters in the society's name."""
    order = {name: changes.pop(name) for name in ("overwrite", "dry_run") if name in changes}
    row = a_row(await code_of_the_society(world), key, provider="沙箱居家照料服务社", **changes)
    (found,) = await imported(world, installed, row, **order)
    return found


async def code_of_the_society(world: World) -> str:
    organisations = (await world.get("county_officer", "/v1/organisations", kind="provider", limit=100))["items"]
    return str(next(one["code"] for one in organisations if one["id"] == SOCIETY))


def listing_of(found: dict[str, Any]) -> str:
    return f"/v1/service-listings/{found['service_id']}"


async def waiting_for(world: World, who: str, **asked: Any) -> list[str]:
    page = await world.get(who, "/v1/service-listings", limit=100, **asked)
    return [one["id"] for one in page["items"]]


async def shown(world: World, service_id: str, need: dict[str, Any]) -> dict[str, Any]:
    """Where people would meet the service: read alone, in lists, and among what fits a need."""
    matches = await world.post("commissioner", "/v1/matches", {"need_id": need["id"], "limit": 50})
    listed = await world.get("citizen", "/v1/services", need="home_care", limit=100)
    why = [
        reason["code"] for one in matches["excluded"] if service_id in one["service_ids"] for reason in one["reasons"]
    ]
    return {
        "alone": (await world.call("citizen", "GET", f"/v1/services/{service_id}")).status_code,
        "listed": service_id in [one["id"] for one in listed["items"]],
        "matched": service_id in [one["service"]["id"] for one in matches["ranked"]],
        "why_not": why,
    }


WAITS = {"alone": 404, "listed": False, "matched": False, "why_not": ["matching.not_confirmed"]}
OPEN = {"alone": 200, "listed": True, "matched": True, "why_not": []}
CLOSED = {"alone": 404, "listed": False, "matched": False, "why_not": []}


async def test_a_service_waits_for_its_providers_word_and_is_open_from_then_on(world: World, installed: Any) -> None:
    await certified(world)
    need = await a_confirmed_need(world)
    found = await entered(world, installed)
    service_id = found["service_id"]
    before = await shown(world, service_id, need)
    waiting = [await waiting_for(world, who) for who in ("provider", "other_provider", "county_officer")]
    read = await world.get("provider", f"/v1/services/{service_id}")

    confirmed = await world.step("provider", listing_of(found), "confirmation")

    assert (found["outcome"], found["stage"]) == ("new", "proposed")
    assert before == WAITS
    assert [service_id in ids for ids in waiting] == [True, False, True]
    assert (read["id"], confirmed["stage"], confirmed["version"]) == (service_id, "confirmed", 2)
    assert await shown(world, service_id, need) == OPEN
    assert service_id not in await waiting_for(world, "provider")
    assert service_id in await waiting_for(world, "provider", stage="confirmed")
    events = await world.get("county_officer", "/v1/events", name="catalogue.service_confirmed", limit=100)
    facts = [one["facts"] for one in events["items"] if one["facts"]["service_id"] == service_id]
    assert [(one["confirmed_by"], one["organisation_id"]) for one in facts] == [(world.account("provider"), SOCIETY)]


async def test_a_provider_declines_with_a_reason_that_the_office_reads_and_may_think_better_of_it(
    world: World, installed: Any
) -> None:
    await certified(world)
    need = await a_confirmed_need(world)
    found = await entered(world, installed)

    declined = await world.step("provider", listing_of(found), "decline", {"reason": REASON})
    seen = await world.get("county_officer", listing_of(found))
    closed = await shown(world, found["service_id"], need)
    again = await world.step("provider", listing_of(found), "confirmation")

    assert (declined["stage"], seen["declined_because"]) == ("declined", REASON)
    assert closed == CLOSED
    assert found["service_id"] in await waiting_for(world, "county_officer", stage="confirmed")
    assert (again["stage"], again["declined_because"]) == ("confirmed", "")


async def test_a_provider_takes_its_word_back_and_nothing_new_is_begun(world: World, installed: Any) -> None:
    await certified(world)
    need = await a_confirmed_need(world)
    found = await entered(world, installed)
    await world.step("provider", listing_of(found), "confirmation")
    await world.step("provider", listing_of(found), "decline", {"reason": REASON})
    await consented(world, SOCIETY)

    asked = {"need_id": need["id"], "service_id": found["service_id"]}
    referral = await world.call("commissioner", "POST", "/v1/referrals", json=asked)
    path = f"/v1/needs/{need['id']}/waiting-entries"
    entry = await world.call("commissioner", "POST", path, json={"service_id": found["service_id"]})

    for refused in (referral, entry):
        assert (refused.status_code, refused.json()["code"]) == (409, "service_not_confirmed")


async def test_what_is_offered_waits_again_when_an_office_changes_it_and_how_long_one_waits_does_not(
    world: World, installed: Any
) -> None:
    await certified(world)
    need = await a_confirmed_need(world)
    found = await entered(world, installed)
    await world.step("provider", listing_of(found), "confirmation")

    longer = await entered(world, installed, days="30", overwrite=True)
    told = await entered(world, installed, days="30", name="另一种服务")
    other = await entered(world, installed, days="30", name="另一种服务", overwrite=True)

    assert [(one["outcome"], one["stage"]) for one in (longer, told, other)] == [
        ("changed", "confirmed"),
        ("differs", "confirmed"),
        ("changed", "proposed"),
    ]
    assert await shown(world, found["service_id"], need) == WAITS


async def test_a_provider_confirms_what_it_has_read_and_not_what_it_became_since(world: World, installed: Any) -> None:
    found = await entered(world, installed)
    read = await world.call("provider", "GET", listing_of(found))
    await entered(world, installed, name="另一种服务", overwrite=True)

    path = f"{listing_of(found)}/confirmation"
    stale = await world.call("provider", "POST", path, json={}, version=read.headers["ETag"])

    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")


async def test_whoever_has_no_accounts_is_not_asked(world: World, installed: Any, code: str) -> None:
    (found,) = await imported(world, installed, a_row(code))

    assert (found["outcome"], found["stage"]) == ("new", "confirmed")
    assert found["service_id"] not in await waiting_for(world, "county_officer")


async def test_a_dry_run_says_that_a_service_would_wait(world: World, installed: Any) -> None:
    found = await entered(world, installed, "dry", dry_run=True)

    assert (found["outcome"], found["stage"]) == ("new", "proposed")
    assert (await world.call("provider", "GET", listing_of(found))).status_code == 404


async def test_nobody_else_confirms_declines_or_knows(world: World, installed: Any) -> None:
    neighbour = await open_world(world.api)
    found = await entered(world, installed)
    body: dict[str, dict[str, str]] = {"confirmation": {}, "decline": {"reason": REASON}}

    for fact, said in body.items():
        for who, status in (("other_provider", 404), ("county_officer", 403), ("portal", 403), ("citizen", 403)):
            answer = await world.call(who, "POST", f"{listing_of(found)}/{fact}", json=said, version='"1"')
            assert answer.status_code == status, (fact, who, answer.text)
        theirs = await neighbour.call("provider", "POST", f"{listing_of(found)}/{fact}", json=said, version='"1"')
        assert theirs.status_code == 404
    for who in ("other_provider", "portal", "commissioner", "citizen"):
        assert (await world.call(who, "GET", f"/v1/services/{found['service_id']}")).status_code == 404, who
    assert (await world.call("other_provider", "GET", listing_of(found))).status_code == 404
    assert (await world.get("provider", listing_of(found)))["stage"] == "proposed"


async def test_an_officer_of_another_county_knows_nothing_of_it(
    world: World, installed: Any, superuser: asyncpg.Connection
) -> None:
    found = await entered(world, installed)
    before = await world.call("county_officer", "GET", listing_of(found))
    moved = (
        "UPDATE service SET region_path = '65/6523/652302', detail = jsonb_set(detail, '{region}', $2) WHERE id = $1"
    )
    await superuser.execute(moved, UUID(found["service_id"]), json.dumps("65/6523/652302"))

    assert before.status_code == 200
    assert (await world.call("county_officer", "GET", listing_of(found))).status_code == 404
    assert (await world.call("county_officer", "GET", f"/v1/services/{found['service_id']}")).status_code == 404
    assert found["service_id"] not in await waiting_for(world, "county_officer")


async def test_what_a_sandbox_shares_is_confirmed_and_nobody_changes_it_for_others(world: World) -> None:
    services = (await world.get("provider", "/v1/services", limit=100))["items"]
    own = next(one for one in services if one["organisation_id"] == SOCIETY)

    answer = await world.try_step("provider", f"/v1/service-listings/{own['id']}", "decline", {"reason": REASON})

    assert (await world.get("provider", f"/v1/service-listings/{own['id']}"))["stage"] == "confirmed"
    assert (answer.status_code, answer.json()["code"]) == (409, "service_shared")


async def test_the_directory_shows_nothing_that_its_provider_does_not_stand_by(
    world: World, superuser: asyncpg.Connection
) -> None:
    places = (await world.api.get("/v1/hsds/service_at_locations?per_page=100")).json()["contents"]
    model = UUID(places[0]["service_id"])
    key, lonely = uuid4(), uuid4()
    for copied, of in ((ORGANISATION, lonely), (SERVICE, key)):
        await superuser.execute(copied, model, str(of), str(lonely))
    try:
        read = {
            path: (await world.api.get(f"/v1/hsds/{path}")).text
            for path in (
                "services?per_page=100",
                "services?minimal=true",
                "organizations?per_page=100",
                "service_at_locations?per_page=100",
            )
        }
        alone = [
            (await world.api.get(f"/v1/hsds/{path}")).status_code
            for path in (f"services/{key}", f"organizations/{lonely}")
        ]
        at = await superuser.fetchval("SELECT (places_of(id, detail))[1] FROM service WHERE id = $1", key)
        alone.append((await world.api.get(f"/v1/hsds/service_at_locations/{at}")).status_code)
        await superuser.execute("UPDATE service SET stage = 'confirmed' WHERE id = $1", key)
        open_now = (await world.api.get(f"/v1/hsds/service_at_locations/{at}")).status_code
    finally:
        await superuser.execute("DELETE FROM service WHERE id = $1", key)
        await superuser.execute("DELETE FROM organisation WHERE id = $1", lonely)

    assert [path for path, text in read.items() if str(key) in text or str(lonely) in text] == []
    assert alone == [404, 404, 404]
    assert open_now == 200
