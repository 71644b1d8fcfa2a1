"""Whoever may be on record already is flagged before a case is taken on, and held up where it is very likely."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest
from fastapi import FastAPI

from tests.acting import World
from tests.api.duplicates import a_twin, another_number, compared_here, the_pair_of
from tests.api.flow import case_of, submitted
from tests.api.test_instant import asked, standing
from tests.working import certified

pytestmark = [pytest.mark.anyio, pytest.mark.database]

WHY = {"text": "本人在窗口等候，身份证已核对。"}
OF_THE_SUBSIDY = {
    "applied_by": "self",
    "phone": "0994-0000000",
    "residence_address": "红柳示例村 1 号",
    "benefits_received": [],
    "long_term_care": True,
}
PROOF = {"guardian_proof": "not_shown"}


async def applied_again(world: World, *, region: str | None = None) -> dict[str, Any]:
    """An application of the citizen, by a portal, under another number, whom the worker has compared."""
    sent = await just_applied_again(world, region=region)
    await compared_here(world)
    return sent


async def just_applied_again(world: World, *, region: str | None = None) -> dict[str, Any]:
    """The same, before the worker has come by."""
    twin = {"name": world.citizen["name"], "citizen_number": another_number(world)}
    return await submitted(world, applicant=twin | {"region_code": region or world.citizen["region_code"]})


def accepting(case: dict[str, Any]) -> dict[str, Any]:
    """What a reader of a case is told of accepting it."""
    found: dict[str, Any] = next(one for one in case["actions"] if one["action"] == "accept")
    return found


async def test_the_same_number_leads_to_the_record_that_is_there(world: World) -> None:
    sent = await submitted(world)

    assert sent["person_id"] == world.citizen["person_id"]
    assert await compared_here(world) == 0


async def test_whoever_may_be_on_record_is_in_the_queue_and_the_office_is_warned(world: World) -> None:
    sent = await submitted(world)
    twin = await a_twin(world)
    await compared_here(world)
    case = case_of(sent, "certificate")

    told = accepting(await world.get("township_officer", case))

    assert (await the_pair_of(world, twin))["is_blocking"] is False
    assert (told["allowed"], told["reason_code"]) == (True, "may_be_registered")
    assert (await world.step("township_officer", case, "acceptance", PROOF))["stage"] == "accepted"


async def test_a_merge_that_is_only_proposed_lets_no_case_go_on(world: World) -> None:
    sent = await applied_again(world)
    pair = await the_pair_of(world, sent["person_id"])
    kept = WHY | {"kept_person_id": world.citizen["person_id"]}

    proposed = await world.step("county_officer", f"/v1/person-duplicates/{pair['id']}", "merge", kept)
    answer = await world.try_step("township_officer", case_of(sent, "certificate"), "acceptance", PROOF)

    assert (proposed["stage"], proposed["is_blocking"]) == ("merge_proposed", True)
    assert (answer.status_code, answer.json()["code"]) == (409, "may_be_registered_already")


async def test_a_case_waits_for_who_is_very_likely_on_record_until_an_officer_overrides(
    world: World, superuser: asyncpg.Connection
) -> None:
    sent = await applied_again(world)
    pair = await the_pair_of(world, sent["person_id"])
    at, case = f"/v1/person-duplicates/{pair['id']}", case_of(sent, "certificate")

    told = accepting(await world.get("township_officer", case))
    refused = await world.try_step("township_officer", case, "acceptance", PROOF)
    overridden = await world.step("county_officer", at, "override", WHY)

    assert (told["allowed"], told["reason_code"]) == (False, "may_be_registered_already")
    assert (refused.status_code, refused.json()["code"]) == (409, "may_be_registered_already")
    assert world.citizen["person_id"] not in refused.text
    assert (overridden["stage"], overridden["is_blocking"], overridden["overridden_because"]) == (
        "open",
        False,
        WHY["text"],
    )
    again = await world.try_step("county_officer", at, "override", WHY)
    assert (again.status_code, again.json()["code"]) == (409, "nothing_is_held_up")
    assert (await world.step("township_officer", case, "acceptance", PROOF))["stage"] == "accepted"
    events = await superuser.fetchval("SELECT count(*) FROM event WHERE name = 'person_duplicate.overridden'")
    assert events >= 1


async def test_a_benefit_of_either_waits_too_until_the_two_are_found_to_be_two(world: World, app: FastAPI) -> None:
    await certified(app.state.database, world)
    sent = await submitted(world, items=("nursing_subsidy",), answers=OF_THE_SUBSIDY)
    case = case_of(sent, "nursing_subsidy")
    twin = await applied_again(world)
    pair = await the_pair_of(world, twin["person_id"])

    refused = await world.try_step("township_officer", case, "acceptance")
    await world.step("county_officer", f"/v1/person-duplicates/{pair['id']}", "dismissal", WHY)

    assert (refused.status_code, refused.json()["code"]) == (409, "may_be_registered_already")
    assert (await world.step("township_officer", case, "acceptance"))["stage"] == "accepted"


async def test_a_portal_and_the_office_of_another_county_do_not_learn_who_the_other_is(world: World) -> None:
    sent = await applied_again(world, region="652302")
    case = case_of(sent, "certificate")

    shown = [await world.call("portal", "GET", path) for path in (f"/v1/applications/{sent['id']}", case)]
    told = accepting(await world.get("other_county_officer", case))
    refused = await world.try_step("other_county_officer", case, "acceptance", PROOF)

    for answer in shown:
        assert "registered" not in answer.text
        assert world.citizen["person_id"] not in answer.text
    assert (refused.status_code, refused.json()["code"]) == (409, "may_be_registered_already")
    assert "area 6523 " in told["reason"]
    assert world.citizen["person_id"] not in told["reason"] + refused.text
    pair = told["reason"].partition("the pair ")[2].partition(",")[0]
    assert (await world.call("other_county_officer", "GET", f"/v1/person-duplicates/{pair}")).status_code == 404


async def test_only_an_officer_of_the_county_overrides(world: World) -> None:
    sent = await applied_again(world)
    pair = await the_pair_of(world, sent["person_id"])
    refusals = {"other_county_officer": 404, "township_officer": 403, "county_approver": 403, "portal": 403}

    answers = {
        who: (await world.try_step(who, f"/v1/person-duplicates/{pair['id']}", "override", WHY)).status_code
        for who in refusals
    }

    assert answers == refusals


async def test_a_case_that_is_taken_on_before_the_worker_came_by_is_held_up_all_the_same(world: World) -> None:
    sent = await just_applied_again(world)
    case = case_of(sent, "certificate")

    refused = await world.try_step("township_officer", case, "acceptance", PROOF)

    assert (refused.status_code, refused.json()["code"]) == (409, "may_be_registered_already")
    pair = await the_pair_of(world, sent["person_id"])
    assert pair["is_blocking"]
    assert await compared_here(world) == 0
    await world.step("county_officer", f"/v1/person-duplicates/{pair['id']}", "override", WHY)
    assert (await world.step("township_officer", case, "acceptance", PROOF))["stage"] == "accepted"


async def test_whoever_is_alone_on_record_is_compared_once_and_nothing_waits(
    world: World, superuser: asyncpg.Connection
) -> None:
    sent = await submitted(world)

    assert (await world.step("township_officer", case_of(sent, "certificate"), "acceptance", PROOF))[
        "stage"
    ] == "accepted"

    person = UUID(sent["person_id"])
    assert await superuser.fetchval("SELECT is_compared FROM person WHERE id = $1", person)
    assert await superuser.fetchval("SELECT count(*) FROM person_key WHERE person_id = $1", person) > 0


async def test_nothing_is_granted_at_once_to_somebody_who_is_very_likely_on_record_twice(
    world: World, app: FastAPI, superuser: asyncpg.Connection
) -> None:
    await certified(app.state.database, world)
    await standing(world, superuser, status="subsistence_allowance")
    await just_applied_again(world)

    application = await asked(world)

    assert application["items"][0]["status"] != "granted"
    case = case_of(application, "living_subsidy")
    assert (await world.try_step("township_officer", case, "acceptance")).json()["code"] == "may_be_registered_already"
