"""Whatever dies at whichever statement of a command: nothing is left of it, or everything, and a repetition is safe."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import uuid4

import asyncpg
import httpx
import pytest

from tests.acting import World
from tests.api.duplicates import compared_here
from tests.api.flow import an_application, case_of, evaluated, submitted
from tests.faults.conftest import Frail
from tests.faults.mortal import Blow
from tests.working import Footprint

pytestmark = [pytest.mark.anyio, pytest.mark.database]

Command = Callable[[World, str], Awaitable[httpx.Response]]
FIRST, FEWEST_STATEMENTS, MOST_STATEMENTS = 2, 5, 50
"""The first of all is `BEGIN`: a connection that is lost by then is exchanged for another, and nobody notices."""
INDEPENDENT = dict.fromkeys(("eating", "dressing", "bed_transfer", "toileting", "indoor_walking"), "met")


async def submitting(world: World) -> Command:
    body = an_application(world)
    return lambda frail, key: frail.call("portal", "POST", "/v1/applications", json=body, key=key)


async def withdrawing(world: World) -> Command:
    path = f"/v1/applications/{(await submitted(world))['id']}/withdrawal"
    return lambda frail, key: frail.call("portal", "POST", path, json={}, version='"1"', key=key)


async def accepting(world: World) -> Command:
    """Of somebody whom the worker has compared: to compare is a transaction of its own, before the command's."""
    path = case_of(await submitted(world), "certificate") + "/acceptance"
    await compared_here(world)
    return lambda frail, key: frail.call("township_officer", "POST", path, json={}, version='"1"', key=key)


async def issuing(world: World) -> Command:
    case = case_of(await submitted(world), "certificate")
    await evaluated(world, case)
    await world.step("county_officer", case, "notice")
    await world.advance(days=10)
    await world.step("county_reviewer", case, "review")
    version = f'"{(await world.step("county_approver", case, "approval"))["version"]}"'
    path = f"{case}/issuance"
    return lambda frail, key: frail.call("county_approver", "POST", path, json={}, version=version, key=key)


async def assessing(world: World) -> Command:
    body = {
        "person_id": world.citizen["person_id"],
        "instrument": "self_care_six",
        "method": "home_visit",
        "purpose": "needs",
        "answers": INDEPENDENT | {"bathing": "not_met"},
    }
    return lambda frail, key: frail.call("commissioner", "POST", "/v1/assessments", json=body, key=key)


async def outcome_of(sending: Awaitable[httpx.Response]) -> httpx.Response | None:
    """The answer, or None where nobody was there any more to be answered."""
    task = asyncio.ensure_future(sending)
    await asyncio.wait({task})
    return None if task.cancelled() else task.result()


async def struck(frail: Frail, command: Command, key: str, *, at: int, blow: Blow) -> httpx.Response | None:
    """The answer to a command whose statement of this number is struck, if it comes so far."""
    frail.fate.arm(at, blow)
    answer = await outcome_of(command(frail.world, key))
    assert frail.fate.struck or answer is None or answer.is_success, "the application does not recover"
    return answer


@pytest.mark.parametrize("blow", Blow)
@pytest.mark.parametrize("prepare", [submitting, withdrawing, accepting, issuing, assessing])
async def test_a_command_that_is_struck_leaves_nothing_or_everything(
    frail: Frail,
    world: World,
    superuser: asyncpg.Connection,
    *,
    prepare: Callable[[World], Awaitable[Command]],
    blow: Blow,
) -> None:
    command, key = await prepare(world), uuid4().hex
    before = await Footprint.taken(superuser)

    for number in range(FIRST, MOST_STATEMENTS):
        answer = await struck(frail, command, key, at=number, blow=blow)
        left = (await Footprint.taken(superuser)).since(before)
        if left:
            break
        assert answer is None or (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert answer is None or int(answer.headers["Retry-After"]) > 0

    assert FEWEST_STATEMENTS <= number < MOST_STATEMENTS - 1, "a command of so many statements is not struck to its end"
    assert frail.fate.struck in {"COMMIT", ""}, "something was left although the commit was not reached"
    assert left["event"] == left["log_leaf"] >= 1
    assert left["idempotency_key"] == 1
    again = await command(world, key)
    assert again.headers["Idempotent-Replayed"] == "true"
    left["access_record"] += 1  # a repetition is written down like the first
    assert (await Footprint.taken(superuser)).since(before) == left
    assert answer is None or not answer.is_success or again.content == answer.content


async def reading(world: World) -> Command:
    path = f"/v1/applications/{(await submitted(world))['id']}"
    return lambda frail, _: frail.call("portal", "GET", path)


async def searching(world: World) -> Command:
    body = {"citizen_number": world.citizen["citizen_number"]}
    return lambda frail, _: frail.call("county_officer", "POST", "/v1/person-searches", json=body)


async def verifying(world: World) -> Command:
    shown = {"number": f"{world.citizen['citizen_number']}41", "name": world.citizen["name"]}
    body = {"certificates": [shown]}
    return lambda frail, _: frail.call("verifying_portal", "POST", "/v1/certificate-verifications", json=body)


@pytest.mark.parametrize("blow", [blow for blow in Blow if not blow.startswith("the caller")])
@pytest.mark.parametrize("prepare", [reading, searching, verifying])
async def test_a_struck_reading_shows_nothing_that_it_did_not_record(
    frail: Frail,
    world: World,
    superuser: asyncpg.Connection,
    *,
    prepare: Callable[[World], Awaitable[Command]],
    blow: Blow,
) -> None:
    read = await prepare(world)
    before = await Footprint.taken(superuser)

    for number in range(FIRST, MOST_STATEMENTS):
        answer = await struck(frail, read, "", at=number, blow=blow)
        assert answer is not None
        left = (await Footprint.taken(superuser)).since(before)
        if left:
            break
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert world.citizen["person_id"] not in answer.text

    assert FEWEST_STATEMENTS <= number < MOST_STATEMENTS - 1, "a command of so many statements is not struck to its end"
    assert frail.fate.struck in {"COMMIT", ""}
    assert left == {"access_record": 1}
