"""The public notice over HTTP: a masked sheet while it runs, objections that are looked into, and who keeps out."""

from typing import Any

import pytest

from tests.acting import World
from tests.api.flow import evaluated
from tests.api.test_certificate_business import applied

pytestmark = [pytest.mark.anyio, pytest.mark.database]

SAID = {"text": "有群众反映情况不实。"}
NOT_SO = {"finding": "经入户核查，异议不成立。"}


async def on_notice(world: World, **found: Any) -> str:
    case = await applied(world, "new", conditions=["physical"])
    await evaluated(world, case, **found)
    await world.step("county_officer", case, "notice")
    return case


async def test_the_sheet_is_masked_and_comes_down_by_itself(world: World) -> None:
    case = await on_notice(world)

    sheet = await world.get("township_officer", f"{case}/notice")
    assert sheet["name"] == f"{world.citizen['name'][0]}**"
    assert (sheet["village_code"], sheet["category"], sheet["grade"]) == ("652301104201", 4, 1)
    assert world.citizen["citizen_number"] not in str(sheet)

    await world.advance(days=10)
    down = await world.get("township_officer", f"{case}/notice")
    assert set(down.values()) == {None}


async def test_while_an_objection_is_looked_into_the_review_waits_and_its_time_stands_still(world: World) -> None:
    case = await on_notice(world)
    await world.step("township_officer", case, "objection", SAID)
    await world.advance(days=12)

    early = await world.try_step("county_reviewer", case, "review")
    assert (early.status_code, early.json()["code"]) == (409, "illegal_transition")
    assert await clock_states(world, case) == {"paused"}

    own = await world.try_step("county_officer", case, "objection-dismissal", NOT_SO)
    assert (own.status_code, own.json()["code"]) == (403, "duties_not_separated")

    await world.step("second_county_officer", case, "objection-dismissal", NOT_SO)
    assert await clock_states(world, case) == {"running"}
    assert (await world.step("county_reviewer", case, "review"))["stage"] == "reviewed"


async def clock_states(world: World, case: str) -> set[str]:
    """How the limits of the law for decision and review stand."""
    application = (await world.get("county_officer", case))["application_id"]
    items = (await world.get("portal", f"/v1/applications/{application}/clocks"))["items"]
    return {
        clock["state"]
        for item in items
        for clock in item["statutory"]
        if clock["code"] in {"decision", "joint_decision", "review"}
    }


async def test_an_objection_that_is_so_is_a_reason_to_refuse(world: World) -> None:
    case = await on_notice(world)
    await world.step("township_officer", case, "objection", SAID)

    refused = await world.step(
        "county_reviewer", case, "refusal", {"reason": "objection_upheld", "text": "异议经调查成立。"}
    )

    assert refused["stage"] == "refused"


async def test_what_was_objected_is_for_those_at_work_and_not_for_the_portal(world: World) -> None:
    case = await on_notice(world)
    await world.step("township_officer", case, "objection", SAID)

    assert [one["text"] for one in (await world.get("county_officer", case))["objections"]] == [SAID["text"]]
    for who in ("portal", "citizen"):
        assert (await world.get(who, case))["objections"] == []


async def test_who_is_related_to_the_person_keeps_out_and_the_record_says_so(world: World) -> None:
    case = await applied(world, "new", conditions=["physical"])
    await world.step("township_officer", case, "relations", {"relation": "kin"})

    answer = await world.try_step("township_officer", case, "acceptance")

    assert (answer.status_code, answer.json()["code"]) == (403, "relation_declared")
    assert (await world.step("county_officer", case, "acceptance"))["stage"] == "accepted"
