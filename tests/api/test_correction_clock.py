"""Time and corrections: it stands still while the person brings what is missing, and one without an answer rests."""

from datetime import date
from typing import Any

import pytest

from tests.acting import World
from tests.api.flow import case_of
from tests.api.test_clock_expiry import clock_of, on_the_day, story
from tests.api.test_correction import item_of, waiting

pytestmark = [pytest.mark.anyio, pytest.mark.database]


async def answered(world: World, path: str, application: dict[str, Any]) -> dict[str, Any]:
    """The person brings everything."""
    brought = {"kind": "photo", "origin": "declaration", "application_id": application["id"]}
    await world.post("portal", "/v1/evidence", brought)
    return await world.step("portal", path, "answer", {"answers": {"phone": "0994-2340000"}})


async def test_while_the_person_brings_what_is_missing_no_office_runs_out_of_time(world: World) -> None:
    application, path = await waiting(world)
    stood_still = await clock_of(world, application, "certificate", "correction_notice")
    promise = await clock_of(world, application, "certificate", "accept")

    await world.advance(days=7)
    await answered(world, path, application)
    goes_on = await clock_of(world, application, "certificate", "correction_notice")

    assert (stood_still["state"], stood_still["due_on"], promise["state"]) == ("paused", None, "paused")
    assert (goes_on["state"], goes_on["left"]) == ("running", stood_still["left"])
    assert [pause["why"] for pause in goes_on["pauses"]] == ["correction"]


async def test_what_was_answered_and_left_lying_counts_as_accepted_from_the_day_of_the_answer(world: World) -> None:
    application, path = await waiting(world)
    await world.advance(days=7)
    await answered(world, path, application)
    answered_on = (await world.get("portal", "/v1/sandbox/clock"))["today"]
    clock = await clock_of(world, application, "certificate", "correction_notice")

    await on_the_day(world, clock["due_on"], days_after=1)

    assert (await world.get("county_officer", case_of(application, "certificate")))["stage"] == "accepted"
    assert (await clock_of(world, application, "certificate", "decision"))["started_on"] == answered_on


async def test_what_is_not_answered_in_time_rests_and_nothing_is_refused(world: World) -> None:
    application, path = await waiting(world)
    clock = await clock_of(world, application, "certificate", "correction_answer")
    last_day = (await world.get("citizen", path))["answer_by"]

    await on_the_day(world, clock["due_on"], days_after=1)

    assert date.fromisoformat(clock["due_on"]) == date.fromisoformat(last_day)
    assert (await world.get("county_officer", case_of(application, "certificate")))["stage"] == "inactive"
    item = await item_of(world, application)
    assert (item["status"], item["status_reason"], item["finished"]) == ("action_needed", "inactive", False)
    assert not [event for event in await story(world, application) if event["name"].endswith("refused")]


async def test_an_answer_wakes_what_rests_whenever_it_comes(world: World) -> None:
    application, path = await waiting(world)
    await world.advance(days=200)
    resting = (await item_of(world, application))["status_reason"]

    await answered(world, path, application)

    assert resting == "inactive"
    assert (await world.get("county_officer", case_of(application, "certificate")))["stage"] == "submitted"
    assert (await clock_of(world, application, "certificate", "correction_notice"))["state"] == "running"
