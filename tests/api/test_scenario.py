"""`Test-Scenario`: a portal tries every end of an item, and sandbox staff take the real steps to it."""

import itertools
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from app.services.scenario import SCENARIOS, End, ScenarioUnknown, script_of
from tests.acting import World
from tests.api.flow import an_application
from tests.working import Footprint

PHONE = "0994-2340000"
REACHED = {
    ("certificate", End.ACCEPTED): "in_progress",
    ("certificate", End.CORRECTION): "action_needed",
    ("certificate", End.GRANTED): "granted",
    ("certificate", End.REFUSED): "refused",
    ("certificate", End.WITHDRAWN): "withdrawn",
    ("living_subsidy", End.ACCEPTED): "in_progress",
    ("living_subsidy", End.CORRECTION): "action_needed",
    ("living_subsidy", End.GRANTED): "granted",
    ("living_subsidy", End.REFUSED): "refused",
    ("living_subsidy", End.WITHDRAWN): "withdrawn",
}


async def send(world: World, scenario: str, *, body: dict[str, Any] | None = None, key: str = "") -> httpx.Response:
    return await world.call(
        "portal",
        "POST",
        "/v1/applications",
        json=body or an_application(world),
        headers={"Test-Scenario": scenario},
        key=key or uuid4().hex,
    )


async def standing(world: World, answer: httpx.Response) -> dict[str, str]:
    read = await world.get("portal", answer.headers["Location"])
    return {item["code"]: item["status"] for item in read["items"]} | {"": read["status"]}


@pytest.mark.anyio
@pytest.mark.database
async def test_each_item_comes_to_the_end_that_was_asked_for(world: World) -> None:
    before = date.fromisoformat((await world.get("portal", "/v1/sandbox/clock"))["today"])

    answer = await send(world, "certificate=granted;living_subsidy=granted;nursing_subsidy=refused")

    assert (answer.status_code, answer.headers["Test-Scenario"]) == (201, "played")
    assert await standing(world, answer) == {
        "certificate": "granted",
        "living_subsidy": "granted",
        "nursing_subsidy": "refused",
        "": "partly_granted",
    }
    after = date.fromisoformat((await world.get("portal", "/v1/sandbox/clock"))["today"])
    assert (after - before).days > 7, "the clock went past two public notices"
    decisions = await world.get("portal", f"{answer.headers['Location']}/decisions")
    assert len(decisions["items"]) >= len(("certificate", "living_subsidy", "nursing_subsidy"))


@pytest.mark.anyio
@pytest.mark.database
@pytest.mark.parametrize(("item", "end"), list(REACHED), ids=[f"{item}-{end}" for item, end in REACHED])
async def test_every_end_can_be_had(world: World, item: str, end: End) -> None:
    before = "certificate=granted;" if item != "certificate" else ""

    answer = await send(world, f"{before}{item}={end}")

    assert answer.headers["Test-Scenario"] == "played"
    assert (await standing(world, answer))[item] == REACHED[item, end]


@pytest.mark.anyio
@pytest.mark.database
async def test_a_second_persons_word_is_taken_down_at_the_counter(world: World) -> None:
    said = an_application(world)["answers"] | {"conditions": ["intellectual"]}

    answer = await send(world, "certificate=accepted", body=an_application(world, answers=said))

    assert answer.headers["Test-Scenario"] == "played"
    assert (await standing(world, answer))["certificate"] == "in_progress"
    asked = await world.get("portal", f"{answer.headers['Location']}/confirmations")
    assert [one["stage"] for one in asked["items"]] == ["confirmed"]


@pytest.mark.anyio
@pytest.mark.database
async def test_an_item_that_waits_for_a_correction_goes_on_with_the_answer(world: World) -> None:
    application = (await send(world, "certificate=correction")).headers["Location"]
    (asked,) = (await world.get("portal", f"{application}/corrections"))["items"]
    papers = [want["code"] for want in asked["wants"] if want["kind"] == "evidence"]
    for kind in papers:
        shown = {"kind": kind, "origin": "declaration", "application_id": application.rpartition("/")[2]}
        await world.post("portal", "/v1/evidence", shown)

    answered = await world.step("portal", f"/v1/corrections/{asked['id']}", "answer", {"answers": {"phone": PHONE}})

    assert papers
    assert answered["stage"] == "answered"
    items = (await world.get("portal", application))["items"]
    assert [item["status"] for item in items if item["code"] == "certificate"] == ["submitted"]


@pytest.mark.anyio
@pytest.mark.database
async def test_where_real_people_apply_a_scenario_is_refused_and_nothing_is_taken_in(
    world: World, app: FastAPI, superuser: asyncpg.Connection
) -> None:
    ports, before = app.state.ports, await Footprint.taken(superuser)
    app.state.ports = replace(ports, sandbox=None)
    try:
        answer = await send(world, "certificate=granted")
    finally:
        app.state.ports = ports

    assert (answer.status_code, answer.json()["code"]) == (422, "scenario_refused")
    assert answer.json()["errors"][0]["pointer"] == "header/Test-Scenario"
    assert (await Footprint.taken(superuser)).since(before) == {}


@pytest.mark.anyio
@pytest.mark.database
async def test_a_repeated_request_plays_nothing_again(world: World) -> None:
    body, key = an_application(world), uuid4().hex
    first = await send(world, "certificate=accepted", body=body, key=key)
    feed = await world.get("portal", f"{first.headers['Location']}/events")

    again = await send(world, "certificate=accepted", body=body, key=key)

    assert (again.status_code, again.json()) == (201, first.json())
    assert await world.get("portal", f"{first.headers['Location']}/events") == feed


@pytest.mark.anyio
@pytest.mark.database
async def test_an_item_that_cannot_go_on_says_so_and_the_application_stands(world: World) -> None:
    answer = await send(world, "certificate=accepted;living_subsidy=granted")

    assert answer.status_code == 201
    assert answer.headers["Test-Scenario"] == "stopped at living_subsidy: illegal_transition"
    assert (await standing(world, answer))["certificate"] == "in_progress"
    assert (await standing(world, answer))["living_subsidy"] == "waiting"


@pytest.mark.anyio
@pytest.mark.database
async def test_an_item_that_was_not_applied_for_is_named(world: World) -> None:
    answer = await send(world, "certificate=granted;bath=granted")

    assert answer.headers["Test-Scenario"] == "stopped at bath: not_in_application"
    assert (await standing(world, answer))["certificate"] == "submitted"


@pytest.mark.anyio
@pytest.mark.database
async def test_a_scenario_that_there_is_not_leaves_no_application(world: World) -> None:
    answer = await send(world, "certificate=lost")

    assert (answer.status_code, answer.json()["code"]) == (422, "scenario_unknown")
    assert (await world.get("portal", "/v1/applications"))["items"] == []


@pytest.mark.anyio
@pytest.mark.database
@pytest.mark.parametrize(("language", "word"), [("zh-CN", "受理"), ("en", "accepts")])
async def test_the_ends_are_listed_without_a_token(world: World, language: str, word: str) -> None:
    answer = await world.api.get("/v1/sandbox/scenarios", headers={"Accept-Language": language})

    assert [one["end"] for one in answer.json()["items"]] == [one.end for one in SCENARIOS] == list(End)
    assert word in answer.json()["items"][0]["text"]


@pytest.mark.parametrize("ends", list(itertools.product(End, repeat=2)))
def test_every_pair_of_ends_can_be_written(ends: tuple[End, End]) -> None:
    first, second = ends

    assert script_of(f" certificate = {first} ;living_subsidy={second}") == {
        "certificate": first,
        "living_subsidy": second,
    }


@pytest.mark.parametrize("header", ["", "certificate", "certificate=", "certificate=lost", "a=granted;a=refused", ";"])
def test_anything_else_is_no_scenario(header: str) -> None:
    with pytest.raises(ScenarioUnknown):
        script_of(header)


def test_no_scenario_has_more_items_than_a_package() -> None:
    with pytest.raises(ScenarioUnknown):
        script_of(";".join(f"item{number}=granted" for number in range(21)))
