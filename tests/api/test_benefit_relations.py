"""Who lives with a person, or shares a telephone, decides neither on money for the person nor on an appeal."""

import asyncpg
import pytest

from tests.acting import World
from tests.api.flow import case_of, issued, submitted
from tests.api.rolls import granted
from tests.api.test_certificate_relations import AN_ID, at_home, serving_beside
from tests.api.test_recheck import reported
from tests.api.test_review import CHANGED, a_refusal, filed

pytestmark = [pytest.mark.anyio, pytest.mark.database]


async def test_who_lives_with_the_person_takes_no_step_towards_a_grant_and_is_told_who_may(
    world: World, superuser: asyncpg.Connection
) -> None:
    application = await submitted(world)
    await issued(world, case_of(application, "certificate"))
    case = case_of(application, "living_subsidy")
    async with at_home(world, superuser, "township_officer"):
        refused = await world.try_step("township_officer", case, "acceptance")
        actions = (await world.get("township_officer", case))["actions"]

    accept = next(one for one in actions if one["action"] == "accept")
    named = set(AN_ID.findall(refused.json()["detail"]))
    assert (refused.status_code, refused.json()["code"]) == (403, "relation_on_record")
    assert (accept["allowed"], accept["reason_code"]) == (False, "relation_on_record")
    assert named <= await serving_beside(superuser, world.account("township_officer"))
    assert (await world.step("township_officer", case, "acceptance"))["stage"] == "accepted"


async def test_who_lives_with_the_person_neither_grants_nor_refuses(
    world: World, superuser: asyncpg.Connection
) -> None:
    application = await submitted(world)
    await issued(world, case_of(application, "certificate"))
    case = case_of(application, "living_subsidy")
    await world.step("township_officer", case, "acceptance")
    await world.step("township_officer", case, "initial-check", {"finding": "met"})
    await world.step("township_officer", case, "notice")
    await world.advance(days=10)
    await world.step("county_reviewer", case, "federation-check", {"finding": "met"})
    refusal = {"outcome": "refused", "reason": "conditions_not_met", "text": "不符合条件"}
    async with at_home(world, superuser, "civil_affairs"):
        answers = [
            await world.try_step("civil_affairs", case, "decision", body) for body in ({"outcome": "granted"}, refusal)
        ]

    assert {answer.json()["code"] for answer in answers} == {"relation_on_record"}
    assert (await world.step("second_civil_affairs", case, "decision", {"outcome": "granted"}))["stage"] == "granted"


async def test_who_lives_with_the_person_does_not_find_that_a_grant_goes_on(
    world: World, superuser: asyncpg.Connection
) -> None:
    recheck = f"/v1/rechecks/{(await reported(world, await granted(world)))['id']}"
    async with at_home(world, superuser, "civil_affairs"):
        refused = await world.try_step("civil_affairs", recheck, "decision", {"verdict": "confirmed"})
        actions = (await world.get("civil_affairs", recheck))["actions"]

    assert (refused.status_code, refused.json()["code"]) == (403, "relation_on_record")
    assert {one["reason_code"] for one in actions} == {"relation_on_record"}
    assert (await world.step("second_civil_affairs", recheck, "decision", {"verdict": "confirmed"}))["stage"] == (
        "confirmed"
    )


async def test_who_lives_with_the_person_does_not_hear_the_review(world: World, superuser: asyncpg.Connection) -> None:
    _, decision = await a_refusal(world)
    review = f"/v1/reviews/{(await filed(world, decision))['id']}"
    await world.step("appeal_officer", review, "acceptance")
    async with at_home(world, superuser, "appeal_officer"):
        refused = await world.try_step("appeal_officer", review, "decision", CHANGED)

    assert (refused.status_code, refused.json()["code"]) == (403, "relation_on_record")
    assert (await world.step("appeal_officer", review, "decision", CHANGED))["stage"] == "changed"
