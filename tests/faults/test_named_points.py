"""Applying, struck at each named point: nothing is left or everything, and whoever tries again gets through."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest

from tests.acting import World
from tests.api.flow import a_new_number, an_application
from tests.faults.conftest import Frail
from tests.faults.dying import AFTER, BEFORE
from tests.faults.mortal import Blow
from tests.faults.points import OF_A_NEWCOMER, POINTS, REFERENCE, named
from tests.faults.serving import ended, serving
from tests.faults.test_crash_points import outcome_of
from tests.working import Footprint

pytestmark = [pytest.mark.anyio, pytest.mark.database, pytest.mark.slow]

Command = Callable[[World, str], Awaitable[httpx.Response]]
FIVE = ("certificate", "living_subsidy", "nursing_subsidy", "employment_help", "pension_premium")
DRAFTS = "/v1/application-drafts"
BLOWS = (Blow.BACKEND_DIES_BEFORE, Blow.BACKEND_DIES_MEANWHILE, Blow.LINE_BREAKS_BEFORE, Blow.CALLER_LEAVES_AFTER)
"""One of each sort; `test_crash_points` has them all."""
SURVIVED = {"begin", "commit"}
"""Where the command may have been done: it began anew on another connection, or it was at its end."""
WHOLE = {"application": 1, "application_item": 5, "certificate_case": 1, "benefit_case": 4, "receipt": 1, "party": 1}


def for_a_newcomer(world: World) -> dict[str, Any]:
    said = an_application(world, items=FIVE)
    said["applicant"] |= {"citizen_number": a_new_number(), "name": "样来客"}
    return said


async def submitting(world: World) -> Command:
    """The five items at once, for somebody who is on record."""
    person = {"name": "样来客", "citizen_number": a_new_number(), "region_code": "652301104201"}
    await world.post("township_officer", "/v1/persons", person)
    body = an_application(world, items=FIVE)
    body["applicant"] |= person
    return lambda there, key: there.call("portal", "POST", "/v1/applications", json=body, key=key)


async def handing_in(world: World) -> Command:
    """A draft of the five items, for somebody new."""
    draft = await world.post("portal", DRAFTS, for_a_newcomer(world) | {"region_code": "652301104201"})
    path = f"{DRAFTS}/{draft['id']}/submission"
    return lambda there, key: there.call("portal", "POST", path, json={}, version='"1"', key=key)


Prepare = Callable[[World], Awaitable[Command]]
COMMANDS: dict[Prepare, list[str]] = {
    submitting: [name for name in POINTS if "draft" not in name],
    handing_in: OF_A_NEWCOMER,
}
STRUCK = [(prepare, point) for prepare, points in COMMANDS.items() for point in points]


@pytest.mark.parametrize("prepare", COMMANDS)
async def test_every_statement_of_the_command_is_a_named_point(frail: Frail, world: World, *, prepare: Prepare) -> None:
    command = await prepare(world)
    frail.fate.heard.clear()

    answer = await command(frail.world, uuid4().hex)

    assert answer.status_code == 201, answer.text
    heard = [named(statement) for statement in frail.fate.heard if not re.search(REFERENCE, statement)]
    assert heard == [[point] for point in COMMANDS[prepare]]


@pytest.mark.parametrize(("prepare", "point"), STRUCK)
async def test_a_connection_that_dies_at_the_point_leaves_nothing_or_everything(
    frail: Frail,
    world: World,
    superuser: asyncpg.Connection,
    *,
    prepare: Prepare,
    point: str,
) -> None:
    for blow in BLOWS:
        command, key = await prepare(world), uuid4().hex
        before = await Footprint.taken(superuser)

        answer = None
        while not frail.fate.struck:
            frail.fate.arm(0, blow, where=POINTS[point])
            answer = await outcome_of(command(frail.world, key))
        left = (await Footprint.taken(superuser)).since(before)
        frail.fate.arm(0, blow)
        frail.fate.struck = ""

        assert left == {} or point in SURVIVED, (blow, left)
        assert answer is None or answer.status_code in {201, 503}
        await assert_tried_again_it_is_there_once(world, command, key, superuser=superuser, before=before)


@pytest.mark.parametrize("point", OF_A_NEWCOMER)
async def test_a_process_that_is_killed_at_the_point_leaves_nothing_or_everything(
    installed: Any, world: World, superuser: asyncpg.Connection, *, tmp_path: Path, point: str
) -> None:
    command, key = await handing_in(world), uuid4().hex
    before = await Footprint.taken(superuser)

    for moment in (BEFORE, AFTER) if point == "commit" else (BEFORE,):
        async with serving(installed, tmp_path, app="tests.faults.dying:Dying") as (process, client):
            there = World(client, world.opened)
            there.api.headers[moment.decode()] = POINTS[point]
            with pytest.raises(httpx.TransportError):
                await command(there, key)
            assert await ended(process) == -9
        left = (await Footprint.taken(superuser)).since(before)
        assert bool(left) == (moment == AFTER)

    await assert_tried_again_it_is_there_once(world, command, key, superuser=superuser, before=before)


async def assert_tried_again_it_is_there_once(
    world: World, command: Command, key: str, *, superuser: asyncpg.Connection, before: Footprint
) -> None:
    again = await command(world, key)
    while again.status_code == 409 and again.json()["code"] == "idempotency_in_progress":
        again = await command(world, key)  # the first one is still being undone: whoever waits gets through
    left = (await Footprint.taken(superuser)).since(before)
    repeated = await command(world, key)

    assert (again.status_code, repeated.status_code) == (201, 201), (again.text, repeated.text)
    assert repeated.content == again.content
    assert {table: left.get(table, 0) for table in WHOLE} == WHOLE
    assert left["idempotency_key"] == 1
    assert left["event"] == left["log_leaf"]
