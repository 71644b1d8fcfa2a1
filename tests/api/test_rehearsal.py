"""Firing events: a client tries how it reads the feed, and nobody else is told."""

from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest

from app.api.edge import make_edge
from app.api.health import About
from app.services.rehearsal import event_types
from tests.acting import World, open_world
from tests.api.flow import submitted
from tests.contract.test_event_texts import every_event

pytestmark = [pytest.mark.anyio, pytest.mark.database]
FIRED = "certificate_case.approved"
NOT_FOR_PORTALS = ("harm_report.", "integrity_alarm.")
"""Of these the feed tells those who act on them, and no portal."""
OTHERS = ("verifying_portal", "citizen", "guardian", "provider", "evaluator", "county_officer", "auditor")


async def fire(world: World, name: str = FIRED, *, who: str = "portal", key: str | None = None) -> httpx.Response:
    return await world.call(who, "POST", "/v1/sandbox/events", json={"name": name}, key=key)


async def feed_of(world: World, who: str = "portal", **query: Any) -> list[dict[str, Any]]:
    """The whole feed, from the beginning."""
    found, parameters = [], {"limit": 100, **query}
    while True:
        page = await world.get(who, "/v1/events", **parameters)
        found += page["items"]
        parameters["cursor"] = page["next_cursor"]
        if not page["has_more"]:
            return found


async def test_a_fired_event_comes_in_the_own_feed_marked_as_a_test(world: World) -> None:
    fired = (await fire(world)).json()

    (event,) = await feed_of(world)
    assert fired == {"name": FIRED, "subject_id": event["subject_id"], "is_test": True}
    assert (event["name"], event["is_test"], event["application_id"]) == (FIRED, True, None)
    assert event["facts"].keys() == {"case_id", "organisation_id", "approved_on"}


async def test_what_has_happened_is_not_marked(world: World) -> None:
    await submitted(world)
    await fire(world)

    marked = {event["name"] for event in await feed_of(world) if event["is_test"]}
    assert marked == {FIRED}
    assert len(await feed_of(world)) > 1


async def test_nobody_else_is_told(world: World) -> None:
    subject = (await fire(world)).json()["subject_id"]
    neighbour = await open_world(world.api)

    read = {who: await feed_of(world, who, name=FIRED) for who in OTHERS} | {"neighbour": await feed_of(neighbour)}

    assert [who for who, events in read.items() if subject in {event["subject_id"] for event in events}] == []


async def test_it_shows_nobody_and_so_leaves_no_record_of_access(world: World, superuser: asyncpg.Connection) -> None:
    await fire(world)

    answer = await world.call("portal", "GET", "/v1/events")

    assert len(answer.json()["items"]) == 1
    recorded = "SELECT count(*) FROM access_record WHERE request_id = $1"
    assert await superuser.fetchval(recorded, answer.headers["Request-Id"]) == 0


async def test_the_feed_is_narrowed_to_it_by_name(world: World) -> None:
    await fire(world, "plan.agreed")
    await fire(world, "referral.expired")

    assert [event["name"] for event in await feed_of(world, name="referral.")] == ["referral.expired"]


async def test_a_repeated_request_fires_nothing_again(world: World) -> None:
    key = uuid4().hex
    first = await fire(world, key=key)

    again = await fire(world, key=key)

    assert again.json() == first.json()
    assert len(await feed_of(world)) == 1


async def test_an_event_that_there_is_not_is_named(world: World) -> None:
    answer = await fire(world, "certificate_case.lost")

    assert (answer.status_code, answer.json()["code"]) == (422, "event_type_unknown")
    assert await feed_of(world) == []


async def test_an_account_that_serves_other_clients_too_fires_nothing(world: World) -> None:
    answer = await fire(world, who="verifying_portal")

    assert (answer.status_code, answer.json()["code"]) == (409, "no_feed_of_its_own")


async def test_the_events_are_listed_without_a_token(world: World) -> None:
    listed = (await world.api.get("/v1/sandbox/scenarios")).json()["events"]

    assert listed == sorted(every_event())


async def test_every_event_that_is_listed_can_be_fired(world: World) -> None:
    for name in event_types():
        assert (await fire(world, name)).status_code == 200, name

    told = [name for name in event_types() if not name.startswith(NOT_FOR_PORTALS)]
    assert [event["name"] for event in await feed_of(world)] == told


async def test_where_real_people_apply_there_is_no_such_thing() -> None:
    app = make_edge(about=About(version="1", commit="", mode="production"), is_sandbox=False)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="https://yian.test") as api:
        answer = await api.post("/v1/sandbox/events", json={"name": FIRED})

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
