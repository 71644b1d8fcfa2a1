"""The feed of events and the story of an application, over HTTP."""

from typing import Any

import pytest

from app.api.pagination import cursor_of
from app.api.v1.schemas.event import key_of
from app.services.ports.event import Place
from tests.acting import World, open_world
from tests.api.flow import case_of, issued, submitted

pytestmark = [pytest.mark.anyio, pytest.mark.database]


async def feed(world: World, who: str, **asked: Any) -> list[dict[str, Any]]:
    """All that somebody may know of, page by page."""
    found: list[dict[str, Any]] = []
    page = await world.get(who, "/v1/events", limit=100, **asked)
    found += page["items"]
    while page["has_more"]:
        page = await world.get(who, "/v1/events", limit=100, **asked | {"cursor": page["next_cursor"]})
        found += page["items"]
    return found


async def test_the_story_of_an_application_is_told_in_chinese_and_in_english(world: World) -> None:
    application = await submitted(world)
    await world.step("township_officer", case_of(application, "certificate"), "acceptance")
    path = f"/v1/applications/{application['id']}/events"

    chinese = await world.call("citizen", "GET", path, headers={"Accept-Language": "zh-CN"})
    english = await world.call("citizen", "GET", path, headers={"Accept-Language": "en"})

    names = [event["name"] for event in english.json()["items"]]
    assert names[0] == "application.submitted"
    assert names[-2:] == ["certificate_case.accepted", "application.item_progressed"]
    assert english.headers["Content-Language"] == "en"
    assert english.json()["items"][-2]["text"] == "The materials were complete and the case was accepted."
    assert chinese.json()["items"][-2]["text"] == "材料齐全，已受理。"
    for event in chinese.json()["items"] + english.json()["items"]:
        assert "…" not in event["text"]
        assert not event["text"].startswith("event.")


async def test_each_step_of_the_story_says_which_item_it_is_about(world: World) -> None:
    application = await submitted(world)

    story = await world.get("portal", f"/v1/applications/{application['id']}/events")

    assert {(event["name"], event["item"]) for event in story["items"]} == {
        ("application.submitted", None),
        ("certificate_case.submitted", "certificate"),
        ("benefit_case.submitted", "living_subsidy"),
        ("benefit_case.submitted", "nursing_subsidy"),
        ("application.evidence_requested", None),
    }


async def test_the_story_comes_in_pages(world: World) -> None:
    path = f"/v1/applications/{(await submitted(world))['id']}/events"
    whole = (await world.get("portal", path))["items"]

    first = await world.get("portal", path, limit=3)
    second = await world.get("portal", path, limit=3, cursor=first["next_cursor"])

    assert first["items"] + second["items"] == whole
    assert second["next_cursor"] is None


@pytest.mark.parametrize("who", ["verifying_portal", "other_township_officer", "other_county_officer"])
async def test_the_story_of_an_application_that_one_may_not_know_of_is_not_there(world: World, who: str) -> None:
    application = await submitted(world)

    answer = await world.call(who, "GET", f"/v1/applications/{application['id']}/events")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_who_acted_is_told_to_staff_alone(world: World) -> None:
    application = await submitted(world)
    await world.step("township_officer", case_of(application, "certificate"), "acceptance")
    path = f"/v1/applications/{application['id']}/events"
    officer = world.account("township_officer")

    to_staff = (await world.get("county_officer", path))["items"]
    to_the_person = await world.call("citizen", "GET", path)

    assert officer in {event["actor_id"] for event in to_staff}
    assert officer not in to_the_person.text
    assert {event["actor_id"] for event in to_the_person.json()["items"]} == {None}


async def test_no_event_names_the_person(world: World) -> None:
    await submitted(world)

    answer = await world.call("county_officer", "GET", "/v1/events", params={"limit": 100})

    assert world.citizen["name"] not in answer.text
    assert world.citizen["citizen_number"] not in answer.text


async def test_the_feed_goes_on_from_where_one_stopped(world: World) -> None:
    await submitted(world)
    page = await world.get("citizen", "/v1/events", limit=100)
    again = await world.get("citizen", "/v1/events", limit=100, cursor=page["next_cursor"])
    await world.post("township_officer", "/v1/persons", {"name": "样本甲", "region_code": "652301104201"})
    application = (await world.get("citizen", "/v1/applications"))["items"][0]
    await world.step("portal", f"/v1/applications/{application['id']}", "withdrawal")

    news = await world.get("citizen", "/v1/events", limit=100, cursor=again["next_cursor"])

    assert page["items"]
    assert again["items"] == []
    assert {event["name"] for event in news["items"]} == {
        "application.withdrawn",
        "certificate_case.withdrawn",
        "benefit_case.withdrawn",
        "evidence_request.cancelled",
    }


async def test_the_feed_holds_what_the_caller_may_know_of_and_nothing_else(world: World) -> None:
    other = await open_world(world.api)
    ours, theirs = (await submitted(world))["id"], (await submitted(other))["id"]

    seen = {who: {event["application_id"] for event in await feed(world, who)} for who in ("portal", "citizen")}
    of_area = {event["application_id"] for event in await feed(world, "township_officer")}
    elsewhere = {event["application_id"] for event in await feed(world, "other_township_officer")}

    assert seen == {"portal": {ours}, "citizen": {ours}}
    assert {ours, theirs} <= of_area
    assert not {ours, theirs} & elsewhere


async def test_an_institution_sees_the_events_of_its_cases_from_when_it_came_to_know_of_them(world: World) -> None:
    application = await submitted(world)
    case = case_of(application, "certificate")
    await world.step("township_officer", case, "acceptance")
    await world.step("county_officer", case, "evaluation-assignment")

    seen = [event for event in await feed(world, "evaluator") if event["subject_id"] == case.rpartition("/")[2]]

    assert [event["name"] for event in seen][-1] == "certificate_case.evaluation_assigned"


async def test_an_institution_is_not_told_of_the_other_cases_of_an_application(world: World) -> None:
    application = await submitted(world)
    case = case_of(application, "certificate")
    await issued(world, case)
    subsidy = case_of(application, "living_subsidy")
    await world.step("township_officer", subsidy, "acceptance")

    seen = {event["subject_id"] for event in await feed(world, "evaluator")}

    assert case.rpartition("/")[2] in seen
    assert not {application["id"], subsidy.rpartition("/")[2]} & seen


async def test_a_name_narrows_the_feed_by_how_it_begins(world: World) -> None:
    await submitted(world)

    cases = {event["name"] for event in await feed(world, "citizen", name="benefit_case.")}

    assert cases == {"benefit_case.submitted"}


async def test_one_application_narrows_the_feed(world: World) -> None:
    wanted = await submitted(world)
    await submitted(await open_world(world.api))

    events = await feed(world, "county_officer", application_id=wanted["id"])

    story = await world.get("county_officer", f"/v1/applications/{wanted['id']}/events")
    assert [event["id"] for event in events] == [event["id"] for event in story["items"]]


async def test_a_place_that_the_feed_has_not_come_to_is_told_and_not_waited_for(world: World) -> None:
    """As after a restore to an earlier point: to answer with nothing new would be to skip what comes."""
    beyond = cursor_of(key_of(Place(1 << 40, 0)))

    answer = await world.call("county_officer", "GET", "/v1/events", params={"cursor": beyond})

    assert (answer.status_code, answer.json()["code"]) == (409, "feed_restored")
    assert "from the beginning" in answer.json()["detail"]


async def test_reading_events_is_written_down(world: World) -> None:
    await submitted(world)
    await feed(world, "citizen")

    records = (await world.get("auditor", "/v1/access-records", person_id=world.citizen["person_id"]))["items"]

    assert records[0]["operation"] == "list_events"
    assert records[0]["disclosed"] == ["events"]


@pytest.mark.parametrize("wrong", [{"cursor": "x"}, {"cursor": "_" * 21 + "w"}, {"name": "%"}, {"limit": 101}])
async def test_what_cannot_be_asked_is_a_clear_problem(world: World, wrong: dict[str, str]) -> None:
    answer = await world.call("county_officer", "GET", "/v1/events", params=wrong)

    assert answer.status_code == 422
