"""Visits at home over HTTP: planned from flags, queued by urgency, written down, and taken over from phones."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from fastapi import FastAPI

from tests.acting import World, open_world
from tests.api.care import today
from tests.api.probes import a_batch, a_visit, visits_of
from tests.working import certified

pytestmark = [pytest.mark.anyio, pytest.mark.database]

VILLAGE = "652301104201"


async def mine(world: World, app: FastAPI, superuser: asyncpg.Connection) -> UUID:
    """This world's citizen, certified, with the sandbox's commissioner answering."""
    await certified(app.state.database, world)
    person = UUID(world.citizen["person_id"])
    await superuser.execute(
        "UPDATE roster SET commissioner_id = $2 WHERE person_id = $1", person, UUID(world.account("commissioner"))
    )
    return person


async def queued(world: World) -> dict[str, Any]:
    queue = (await world.get("commissioner", "/v1/visit-queue", limit=100))["entries"]
    return next(one for one in queue if one["id"] == world.citizen["person_id"])


async def test_a_plan_follows_from_flags_and_a_visit_moves_the_next_one(
    world: World, app: FastAPI, superuser: asyncpg.Connection
) -> None:
    person = await mine(world, app, superuser)
    await superuser.execute("UPDATE roster SET planned_on = current_date + 1 WHERE person_id <> $1", person)
    await superuser.execute("UPDATE roster SET planned_on = NULL WHERE person_id = $1", person)

    planned = await world.post("township_officer", "/v1/visit-plans", {"region_code": VILLAGE})

    entry = await queued(world)
    assert planned == {"people": 1, "is_complete": True}
    assert (entry["flags"], entry["every_days"], entry["weight"]) == (["severe", "poor"], 30, 2) or (
        entry["flags"] == ["severe"]
    )
    assert {"flag.severe@CN#1", "visit.cadence@CN#1"} <= set(entry["rule_versions"])
    visited = await today(world)
    await world.post("commissioner", visits_of(world), a_visit(world, visited_on=str(visited)))
    assert (await queued(world))["due_on"] == str(visited + timedelta(days=30))


async def test_the_overdue_come_first_and_then_the_hardest(
    world: World, app: FastAPI, superuser: asyncpg.Connection
) -> None:
    neighbour, third = await open_world(world.api), await open_world(world.api)
    people = {name: await mine(one, app, superuser) for name, one in {"a": world, "b": neighbour, "c": third}.items()}
    day = await today(world)
    due = {"a": (day + timedelta(days=1), 4), "b": (day - timedelta(days=1), 1), "c": (day - timedelta(days=1), 3)}
    for name, (when, weight) in due.items():
        sql = "UPDATE roster SET due_on = $2, weight = $3 WHERE person_id = $1"
        await superuser.execute(sql, people[name], when, weight)

    queue = (await world.get("commissioner", "/v1/visit-queue", limit=100))["entries"]

    names = {str(key): name for name, key in people.items()}
    assert [names[one["id"]] for one in queue if one["id"] in names] == ["c", "b", "a"]
    assert [one["is_overdue"] for one in queue if one["id"] in names] == [True, True, False]


async def test_a_visit_names_needs_and_promises_and_is_settled_by_number(world: World) -> None:
    visit = await world.post("commissioner", visits_of(world), a_visit(world))
    path = f"/v1/home-visits/{visit['id']}"

    settled = await world.step("commissioner", path, "settlements", {"number": 1, "outcome": "kept"})
    again = await world.try_step("commissioner", path, "settlements", {"number": 1, "outcome": "not_kept"})
    missing = await world.try_step("commissioner", path, "settlements", {"number": 2, "outcome": "kept"})

    account = settled["account"]
    assert (account["by"], account["needs"]) == (world.account("commissioner"), ["long_term_care"])
    assert [(one["owner_id"], one["outcome"]) for one in account["promises"]] == [
        (world.account("commissioner"), "kept")
    ]
    assert (again.status_code, again.json()["code"]) == (409, "promise_settled")
    assert (missing.status_code, missing.json()["code"]) == (404, "promise_not_found")


async def test_neither_the_person_nor_a_guardian_reads_what_was_seen_at_home(world: World) -> None:
    visit = await world.post("commissioner", visits_of(world), a_visit(world))

    for who in ("citizen", "county_approver"):
        assert (await world.call(who, "GET", f"/v1/home-visits/{visit['id']}")).status_code == 403
    stranger = await world.call("other_county_officer", "GET", f"/v1/home-visits/{visit['id']}")
    assert stranger.status_code == 404


async def test_a_batch_sent_again_changes_nothing_and_a_difference_is_a_conflict_until_a_human_decides(
    world: World,
) -> None:
    batch = a_batch(world)

    first = (await world.post("commissioner", "/v1/visit-batches", batch))["answers"][0]
    again = (await world.post("commissioner", "/v1/visit-batches", batch))["answers"][0]
    batch["entries"][0]["report"] |= {"seen": "屋内漏雨"}
    differs = (await world.post("commissioner", "/v1/visit-batches", batch))["answers"][0]

    assert (first["result"], again["result"], differs["result"]) == ("written", "known", "conflict")
    assert again["visit"] == first["visit"]
    visit = differs["visit"]
    assert (visit["account"], len(visit["accounts"])) == (None, 2)
    assert visit == await world.get("commissioner", f"/v1/home-visits/{visit['id']}"), "as it stands now"
    path = f"/v1/home-visits/{visit['id']}"
    chosen = await world.step("township_officer", path, "resolution", {"digest": first["visit"]["account"]["digest"]})
    assert (chosen["account"]["seen"], chosen["is_in_conflict"]) == ("屋内整洁", False)
    once_more = await world.try_step("township_officer", path, "resolution", {"digest": "ab" * 32})
    assert (once_more.status_code, once_more.json()["code"]) == (409, "nothing_to_resolve")


async def test_each_entry_is_answered_for_itself(world: World) -> None:
    whole = a_batch(world)["entries"] + a_batch(world, person_id=str(uuid4()))["entries"]
    future = str(await today(world) + timedelta(days=1))
    whole += a_batch(world, report=a_visit(world, visited_on=future), settlements=[])["entries"]
    whole += a_batch(world, report=a_visit(world, needs=["gold"]), settlements=[])["entries"]

    answers = (await world.post("commissioner", "/v1/visit-batches", {"entries": whole}))["answers"]

    assert [one["key"] for one in answers] == [one["key"] for one in whole]
    assert [(one["result"], one["code"]) for one in answers] == [
        ("written", None),
        ("refused", "not_your_function"),
        ("refused", "home_visit_day_impossible"),
        ("refused", "unknown_need"),
    ]
    in_chinese = await world.call(
        "commissioner",
        "POST",
        "/v1/visit-batches",
        json={"entries": whole[2:3]},
        headers={"Accept-Language": "zh-CN"},
    )
    assert in_chinese.json()["answers"][0]["detail"] == "走访日期不晚于今天，承诺期限不早于走访当日。"
    listed = await world.get("commissioner", "/v1/home-visits", person_id=world.citizen["person_id"])
    assert [one["id"] for one in listed["items"]] == [answers[0]["visit"]["id"]]


@pytest.mark.parametrize("tie", ["themself", "guardian", "home"])
async def test_an_officer_who_is_close_to_the_person_neither_reads_nor_writes_what_was_seen_at_home(
    world: World, superuser: asyncpg.Connection, tie: str
) -> None:
    person, other = world.citizen["person_id"], world.opened["guardian"]["person_id"]
    day = str(await today(world))
    visit = await world.post("commissioner", visits_of(world), a_visit(world, visited_on=day))
    path, account = f"/v1/home-visits/{visit['id']}", UUID(world.account("township_officer"))
    if tie == "home":
        joined = {"with_person_id": other, "relation": "child", "since": "2020-01-01"}
        await world.step("county_officer", f"/v1/persons/{person}", "household", joined)
    if tie == "guardian":
        proved = {"guardian_id": other, "acting": "guardian", "proof": "counter", "valid_from": "2020-01-01"}
        await world.step("county_officer", f"/v1/persons/{person}", "guardianships", proved)
    assert (await world.call("township_officer", "GET", path)).status_code == 200
    whose = UUID(person if tie == "themself" else other)
    await superuser.execute("UPDATE account SET person_id = $2 WHERE id = $1", account, whose)
    try:
        read = await world.call("township_officer", "GET", path)
        listed = await world.get("township_officer", "/v1/home-visits", person_id=person)
        written = await world.call("township_officer", "POST", visits_of(world), json=a_visit(world, visited_on=day))
        settled = await world.call(
            "township_officer", "POST", f"{path}/resolution", json={"digest": "ab" * 32}, version='"1"'
        )
        synced = (await world.post("township_officer", "/v1/visit-batches", a_batch(world)))["answers"]
    finally:
        await superuser.execute("UPDATE account SET person_id = NULL WHERE id = $1", account)

    assert (read.status_code, listed["items"], settled.status_code) == (404, [], 404)
    assert (written.status_code, written.json()["code"]) == (403, "own_case")
    assert [(one["result"], one["code"]) for one in synced] == [("refused", "own_case")]
    assert (await world.call("commissioner", "GET", path)).status_code == 200
