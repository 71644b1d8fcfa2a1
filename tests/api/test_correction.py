"""Corrections over HTTP: told once and completely, answered by whoever speaks for the person, and never a refusal."""

from typing import Any

import pytest

from tests.acting import World
from tests.api.flow import case_of, submitted
from tests.api.probes import a_correction

pytestmark = [pytest.mark.anyio, pytest.mark.database]

PHOTO = {"kind": "evidence", "code": "photo", "text": "请补交近期白底照片。"}
CARED_FOR = {"applied_by": "self", "phone": "0994-0000000", "residence_address": "红柳示例村 1 号"}
PHONE = {"kind": "answer", "code": "phone", "text": "电话号码少一位，请重新填写。"}


async def waiting(world: World, *wants: dict[str, str], item: str = "certificate") -> tuple[dict[str, Any], str]:
    """An application of which the township misses something, and the correction."""
    application = await submitted(world)
    asked = a_correction(application, item, wants=list(wants or (PHOTO, PHONE)))
    correction = await world.post("township_officer", "/v1/corrections", asked)
    return application, f"/v1/corrections/{correction['id']}"


async def item_of(world: World, application: dict[str, Any], code: str = "certificate") -> dict[str, Any]:
    shown = await world.get("citizen", f"/v1/applications/{application['id']}")
    found: dict[str, Any] = next(item for item in shown["items"] if item["code"] == code)
    return found


async def test_the_item_waits_for_the_person_who_is_told_why(world: World) -> None:
    application, path = await waiting(world)

    item = await item_of(world, application)
    correction = await world.get("citizen", path)

    assert (item["status"], item["status_reason"]) == ("action_needed", "correction")
    assert [want["text"] for want in correction["wants"]] == [PHOTO["text"], PHONE["text"]]
    assert correction["answer_by"] > correction["asked_on"]
    assert (await world.get("township_officer", case_of(application, "certificate")))["stage"] == "awaiting_correction"


async def test_the_whole_answer_lets_the_case_go_on_and_be_accepted(world: World) -> None:
    application, path = await waiting(world)
    brought = {"kind": "photo", "origin": "declaration", "application_id": application["id"]}
    await world.post("portal", "/v1/evidence", brought)

    partly = await world.step("portal", path, "answer", {"answers": {"phone": "0994-2340000"}})

    assert partly["stage"] == "answered"
    assert {want["settled"] for want in partly["wants"]} == {True}
    assert (await item_of(world, application))["status_reason"] is None
    accepted = await world.step("township_officer", case_of(application, "certificate"), "acceptance")
    assert accepted["stage"] == "accepted"


async def test_an_answer_in_part_keeps_the_item_waiting(world: World) -> None:
    application, path = await waiting(world)

    partly = await world.step("citizen", path, "answer", {"answers": {"phone": "0994-2340000"}})

    assert partly["stage"] == "asked"
    assert [want["code"] for want in partly["wants"] if not want["settled"]] == ["photo"]
    assert (await item_of(world, application))["status_reason"] == "correction"


async def test_a_correction_that_leaves_something_out_is_sent_back_to_the_office(world: World) -> None:
    application = await submitted(world)
    asked = a_correction(application, "certificate", wants=[PHONE])

    answer = await world.call("township_officer", "POST", "/v1/corrections", json=asked)

    assert (answer.status_code, answer.json()["code"]) == (422, "correction_not_complete")
    assert "photo" in answer.json()["detail"]
    assert (await item_of(world, application))["status"] == "submitted"


async def test_what_is_held_is_not_asked_for(world: World) -> None:
    application = await submitted(world)
    brought = {"kind": "photo", "origin": "counter", "application_id": application["id"]}
    await world.post("township_officer", "/v1/evidence", brought)
    asked = a_correction(application, "certificate", wants=[PHOTO])

    answer = await world.call("township_officer", "POST", "/v1/corrections", json=asked)

    assert (answer.status_code, answer.json()["code"]) == (409, "evidence_already_held")


async def test_what_the_person_has_refused_is_not_asked_for_again(world: World) -> None:
    application = await submitted(world)
    requests = (await world.get("citizen", f"/v1/applications/{application['id']}/evidence"))["items"]
    photo = next(one for one in requests if one["kind"] == "photo")
    await world.step("citizen", f"/v1/evidence-requests/{photo['id']}", "refusal")

    answer = await world.call(
        "township_officer", "POST", "/v1/corrections", json=a_correction(application, "certificate", wants=[PHOTO])
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "evidence_refused")


async def test_a_second_correction_of_the_same_case_is_refused(world: World) -> None:
    application, path = await waiting(world, PHOTO, PHONE)
    await world.post(
        "portal", "/v1/evidence", {"kind": "photo", "origin": "declaration", "application_id": application["id"]}
    )
    await world.step("citizen", path, "answer", {"answers": {"phone": "0994-2340000"}})

    again = await world.call(
        "township_officer", "POST", "/v1/corrections", json=a_correction(application, "certificate", wants=[PHONE])
    )

    assert (again.status_code, again.json()["code"]) == (409, "step_taken_before")


async def test_an_answer_of_the_wrong_kind_is_refused_and_nothing_is_kept(world: World) -> None:
    _, path = await waiting(world)

    wrong = await world.try_step("citizen", path, "answer", {"answers": {"phone": 7}})
    foreign = await world.try_step("citizen", path, "answer", {"answers": {"residence_address": "红柳村"}})

    assert {wrong.json()["code"], foreign.json()["code"]} == {"answers_not_right"}
    assert (await world.get("citizen", path))["version"] == 1


async def test_what_was_answered_counts_in_place_of_what_the_form_said(world: World) -> None:
    application = await submitted(world, items=("nursing_subsidy",), answers=CARED_FOR)
    fees = {"kind": "answer", "code": "benefits_received", "text": "请说明是否领取工伤生活护理费。"}
    asked = a_correction(application, "nursing_subsidy", wants=[fees])
    correction = await world.post("township_officer", "/v1/corrections", asked)
    case = case_of(application, "nursing_subsidy")
    before = await receives_the_fee(world, case)

    said = {"answers": {"benefits_received": ["work_injury_nursing_fee"]}}
    await world.step("citizen", f"/v1/corrections/{correction['id']}", "answer", said)

    assert (before, await receives_the_fee(world, case)) == ("unknown", "not_met")


async def receives_the_fee(world: World, case: str) -> str:
    """What the rules find of the circumstance that rules the subsidy out."""
    reasons = (await world.get("civil_affairs", case))["proposal"]["reasons"]
    return next(str(one["finding"]) for one in reasons if one["code"] == "work_injury_nursing_fee")


async def test_withdrawing_ends_the_wait(world: World) -> None:
    application, path = await waiting(world)

    await world.step("citizen", f"/v1/applications/{application['id']}", "withdrawal")

    assert (await world.get("citizen", path))["stage"] == "closed"


async def test_the_story_tells_of_it_in_words(world: World) -> None:
    application, _ = await waiting(world)

    story = (await world.get("citizen", f"/v1/applications/{application['id']}/events"))["items"]

    assert "correction.asked" in [event["name"] for event in story]


async def test_who_is_no_party_learns_nothing_of_it(world: World) -> None:
    application, path = await waiting(world)

    for who in ("evaluator", "provider"):
        assert (await world.call(who, "GET", path)).status_code in {403, 404}
    listed = await world.get("auditor", f"/v1/applications/{application['id']}/corrections")
    assert [item["stage"] for item in listed["items"]] == ["asked"]
