"""Taking back at any time: the whole or one item, before a decision and after, on the person's word."""

from typing import Any

import pytest

from tests.acting import World
from tests.api.flow import case_of, evaluated, issued, submitted

pytestmark = [pytest.mark.anyio, pytest.mark.database]


async def take_back(  # noqa: PLR0917 - it reads as a sentence
    world: World, who: str, application: dict[str, Any], item: str, **word: str
) -> Any:
    path = f"/v1/applications/{application['id']}"
    version = (await world.call(who, "GET", path)).headers.get("etag", '"1"')
    return await world.call(who, "POST", f"{path}/items/{item}/withdrawal", json=word, version=version)


async def standing(world: World, application: dict[str, Any]) -> dict[str, str]:
    read = await world.get("portal", f"/v1/applications/{application['id']}")
    return {item["code"]: item["status"] for item in read["items"]} | {"": read["status"]}


async def granted(world: World, application: dict[str, Any], item: str = "living_subsidy") -> str:
    """A subsidy taken all the way, the certificate with it."""
    await issued(world, case_of(application, "certificate"))
    case = case_of(application, item)
    await world.step("township_officer", case, "acceptance")
    await world.step("township_officer", case, "initial-check", {"finding": "met"})
    await world.step("township_officer", case, "notice")
    await world.advance(days=12)
    await world.step("county_reviewer", case, "federation-check", {"finding": "met"})
    await world.step("civil_affairs", case, "decision", {"outcome": "granted"})
    return case


@pytest.mark.parametrize("who", ["citizen", "portal"])
async def test_one_item_is_taken_back_and_the_others_stay(world: World, who: str) -> None:
    application = await submitted(world)

    answer = await take_back(world, who, application, "living_subsidy")

    assert answer.status_code == 200
    assert await standing(world, application) == {
        "certificate": "submitted",
        "living_subsidy": "withdrawn",
        "nursing_subsidy": "waiting",
        "": "in_progress",
    }


async def test_what_waited_for_an_item_that_is_taken_back_is_asked_about(world: World) -> None:
    application = await submitted(world)

    await take_back(world, "citizen", application, "certificate")

    assert await standing(world, application) == {
        "certificate": "withdrawn",
        "living_subsidy": "action_needed",
        "nursing_subsidy": "action_needed",
        "": "action_needed",
    }


async def test_an_officer_takes_it_down_and_says_whose_word_it_was(world: World) -> None:
    application = await submitted(world)

    silent = await take_back(world, "township_officer", application, "living_subsidy")
    told = await take_back(world, "township_officer", application, "living_subsidy", said_by="guardian")

    assert (silent.status_code, silent.json()["code"]) == (422, "word_missing")
    assert told.status_code == 200
    story = await world.get("county_officer", f"/v1/applications/{application['id']}/events")
    (event,) = [event for event in story["items"] if event["name"] == "benefit_case.withdrawn"]
    assert (event["facts"]["capacity"], event["facts"]["said_by"]) == ("staff", "guardian")


async def test_the_whole_is_taken_back_on_a_word_too(world: World) -> None:
    application = await submitted(world)
    path = f"/v1/applications/{application['id']}"

    silent = await world.try_step("county_officer", path, "withdrawal")
    told = await world.step("county_officer", path, "withdrawal", {"said_by": "person"})

    assert (silent.status_code, silent.json()["code"]) == (422, "word_missing")
    assert told["status"] == "withdrawn"


async def test_who_gives_up_what_was_granted_keeps_this_month_and_it_stays_granted(world: World) -> None:
    application = await submitted(world)
    case = await granted(world, application)
    month = (await world.get("portal", "/v1/sandbox/clock"))["today"][:8] + "01"

    answer = await take_back(world, "citizen", application, "living_subsidy")

    read = await world.get("citizen", case)
    assert answer.status_code == 200
    assert (read["stage"], read["granted"]["last_month"]) == ("granted", month)
    assert (await standing(world, application))["living_subsidy"] == "granted"
    again = await take_back(world, "citizen", application, "living_subsidy")
    assert (again.status_code, again.json()["code"]) == (409, "stopped_already")
    assert [one["reason_code"] for one in read["actions"] if one["action"] == "give_up"] == ["stopped_already"]


async def test_an_issued_certificate_is_not_taken_back_but_cancelled_by_other_business(world: World) -> None:
    application = await submitted(world)
    await issued(world, case_of(application, "certificate"))

    answer = await take_back(world, "citizen", application, "certificate")

    assert (answer.status_code, answer.json()["code"]) == (409, "illegal_transition")


async def test_what_was_refused_is_not_taken_back(world: World) -> None:
    application = await submitted(world)
    case = case_of(application, "certificate")
    await evaluated(world, case, meets_standard=False, category=None, grade=None)
    await world.step("county_approver", case, "refusal", {"reason": "standard_not_met", "text": "未达到标准。"})

    answer = await take_back(world, "citizen", application, "certificate")

    assert (answer.status_code, answer.json()["code"]) == (409, "illegal_transition")
    assert (await standing(world, application))["certificate"] == "refused"


async def test_an_item_that_the_application_does_not_have_is_not_there(world: World) -> None:
    answer = await take_back(world, "citizen", await submitted(world), "pension_premium")

    assert (answer.status_code, answer.json()["code"]) == (404, "item_not_found")


@pytest.mark.parametrize("who", ["verifying_portal", "other_township_officer"])
async def test_a_stranger_takes_nothing_back(world: World, who: str) -> None:
    answer = await take_back(world, who, await submitted(world), "living_subsidy", said_by="person")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_with_the_old_version_nothing_is_taken_back(world: World) -> None:
    application = await submitted(world)
    await world.step("township_officer", case_of(application, "certificate"), "acceptance")
    path = f"/v1/applications/{application['id']}/items/living_subsidy/withdrawal"

    answer = await world.call("citizen", "POST", path, version='"1"')

    assert (answer.status_code, answer.json()["code"]) == (412, "stale_version")


async def test_one_refusal_fails_no_other_item(world: World) -> None:
    application = await submitted(world)
    refused = {"outcome": "refused", "reason": "conditions_not_met", "text": "不符合条件。"}
    await world.step("civil_affairs", case_of(application, "nursing_subsidy"), "decision", refused)

    await granted(world, application)

    assert await standing(world, application) == {
        "certificate": "granted",
        "living_subsidy": "granted",
        "nursing_subsidy": "refused",
        "": "partly_granted",
    }
