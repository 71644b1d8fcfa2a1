"""Limits of time over HTTP: what runs for an application, what is so on a day, and who may know it."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.acting import World
from tests.api.flow import ITEMS, case_of, concluded, issued, submitted

pytestmark = [pytest.mark.anyio, pytest.mark.database]


async def clocks_of(world: World, application: dict[str, Any], who: str = "portal", **asked: str) -> dict[str, Any]:
    return await world.get(who, f"/v1/applications/{application['id']}/clocks", **asked)


def of_item(read: dict[str, Any], item: str) -> dict[str, dict[str, Any]]:
    """The clocks of an item, by kind and code."""
    found = next(one for one in read["items"] if one["item"] == item)
    return {f"{clock['kind']} {clock['code']}": clock for kind in ("statutory", "promised") for clock in found[kind]}


async def today(world: World) -> date:
    return date.fromisoformat((await world.get("portal", "/v1/sandbox/clock"))["today"])


async def test_from_the_submission_on_the_law_and_the_promise_run_side_by_side(world: World) -> None:
    application = await submitted(world)

    read = await clocks_of(world, application)

    assert [one["item"] for one in read["items"]] == ["certificate"]
    certificate = of_item(read, "certificate")
    assert certificate.keys() == {"statutory correction_notice", "promised accept"}
    law = certificate["statutory correction_notice"]
    assert (law["state"], law["total"], law["left"], law["on_expiry"]) == ("running", 5, 5, "deemed_accepted")
    assert law["source"] == "行政许可法 art. 32(4)"
    assert law["started_on"] == str(await today(world))
    assert law["days"][0]["counting"] == "sets_off"
    assert law["days"][-1]["on"] == law["due_on"]
    assert law["days"][-1]["left"] == 0


async def test_a_clock_that_was_put_to_midnight_is_on_that_day(world: World) -> None:
    day = await today(world)
    for later in range(1, 5):
        midnight = f"{day + timedelta(days=later)}T00:00:00+08:00"
        await world.post("portal", "/v1/sandbox/clock/advance", {"to": midnight})

        shown = await world.get("portal", "/v1/sandbox/clock")

        assert datetime.fromisoformat(shown["now"]) >= datetime.fromisoformat(midnight)
        assert shown["today"] == midnight[:10]


async def test_accepting_stops_what_ran_and_sets_off_what_follows(world: World) -> None:
    application = await submitted(world)
    await world.step("township_officer", case_of(application, "certificate"), "acceptance")

    certificate = of_item(await clocks_of(world, application), "certificate")

    assert {name: clock["state"] for name, clock in certificate.items()} == {
        "statutory correction_notice": "stopped",
        "promised accept": "stopped",
        "statutory decision": "running",
    }
    assert certificate["statutory correction_notice"]["stopped_on"] == str(await today(world))
    assert certificate["statutory decision"]["total"] == 20


async def test_the_time_of_the_doctors_is_not_counted_but_told(world: World) -> None:
    application = await submitted(world)
    case = case_of(application, "certificate")
    await world.step("township_officer", case, "acceptance")
    await world.step("county_officer", case, "evaluation-assignment")

    while_they_look = of_item(await clocks_of(world, application), "certificate")
    assigned_on = await today(world)
    await world.advance(days=20)
    await concluded(world, case)
    after = of_item(await clocks_of(world, application), "certificate")

    decision = while_they_look["statutory decision"]
    assert (decision["state"], decision["due_on"], decision["left"]) == ("paused", None, 20)
    assert while_they_look["promised evaluate"]["state"] == "running"
    assert [(pause["why"], pause["since"], pause["until"]) for pause in after["statutory decision"]["pauses"]] == [
        ("expert_assessment", str(assigned_on), str(await today(world)))
    ]
    assert (after["statutory decision"]["state"], after["statutory decision"]["left"]) == ("running", 20)
    assert after["promised evaluate"]["state"] == "stopped"


async def test_the_review_is_counted_from_the_last_day_of_the_notice(world: World) -> None:
    application = await submitted(world)
    case = case_of(application, "certificate")
    await world.step("township_officer", case, "acceptance")
    await world.step("county_officer", case, "evaluation-assignment")
    await concluded(world, case)
    notice = (await world.step("county_officer", case, "notice"))["notice"]

    read = of_item(await clocks_of(world, application, as_of=notice["last_day"]), "certificate")

    assert read["statutory review"]["started_on"] == read["promised review"]["started_on"] == notice["last_day"]
    assert (read["statutory review"]["total"], read["statutory review"]["used"]) == (10, 0)


async def test_a_day_to_come_is_told_as_it_will_be_if_nothing_is_done(world: World) -> None:
    application = await submitted(world)
    due_on = date.fromisoformat(
        of_item(await clocks_of(world, application), "certificate")["promised accept"]["due_on"]
    )

    read = await clocks_of(world, application, as_of=str(due_on + timedelta(days=1)))

    assert read["is_forecast"]
    clocks = of_item(read, "certificate")
    assert {clock["state"] for clock in clocks.values()} == {"overdue"}
    assert clocks["statutory correction_notice"]["follows"] == "deemed_accepted"
    assert clocks["promised accept"]["follows"] == "escalate"


async def test_a_day_before_the_application_has_no_clock(world: World) -> None:
    application = await submitted(world)

    read = await clocks_of(world, application, as_of=str(await today(world) - timedelta(days=1)))

    assert (read["items"], read["is_forecast"]) == ([], False)


async def test_an_item_that_waits_has_no_clock_until_it_is_released(world: World) -> None:
    application = await submitted(world)

    waiting = await clocks_of(world, application, item="living_subsidy")
    await issued(world, case_of(application, "certificate"))
    released = await clocks_of(world, application, item="living_subsidy")

    assert waiting["items"] == []
    assert of_item(released, "living_subsidy").keys() == {"statutory correction_notice", "promised accept"}


async def test_withdrawing_stops_every_clock(world: World) -> None:
    application = await submitted(world, items=list(ITEMS))
    path = f"/v1/applications/{application['id']}"
    await world.step("portal", path, "withdrawal")

    read = await clocks_of(world, application)

    assert {clock["state"] for clock in of_item(read, "certificate").values()} == {"stopped"}


async def test_what_is_told_is_told_in_the_language_of_whoever_asks(world: World) -> None:
    application = await submitted(world)
    path = f"/v1/applications/{application['id']}/clocks"

    said = {
        language: (await world.call("citizen", "GET", path, headers={"Accept-Language": language})).json()
        for language in ("zh-CN", "en")
    }

    texts = {
        language: of_item(read, "certificate")["statutory correction_notice"]["explanation"]
        for language, read in said.items()
    }
    assert texts["zh-CN"].startswith("还有5个工作日")
    assert texts["en"].startswith("Left: 5 working days.")


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"as_of": "2190-01-01"}, 422, "too_far_ahead"),
        ({"item": "pension_premium"}, 404, "item_not_found"),
        ({"as_of": "2026-02-30"}, 422, "invalid_content"),
    ],
)
async def test_what_cannot_be_told_is_refused(  # noqa: PLR0917 - the columns of the table
    world: World, asked: dict[str, str], status: int, code: str
) -> None:
    application = await submitted(world)

    answer = await world.call("portal", "GET", f"/v1/applications/{application['id']}/clocks", params=asked)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
