"""Finding again over HTTP: by the platform's names, a day's list, and the list compared."""

import hashlib
import json
from typing import Any
from uuid import uuid4

import pytest

from tests.acting import World, open_world
from tests.api.flow import an_application, case_of, submitted

pytestmark = [pytest.mark.anyio, pytest.mark.database]

MATTER = "13370303MB2317407H3000123001000"


def named(world: World, **changes: Any) -> dict[str, Any]:
    number = f"B-{uuid4().hex[:12]}"
    names = [{"item": "certificate", "matter_code": MATTER, "source_number": number}]
    return an_application(world, platform_names=names) | changes


async def day_of(world: World) -> str:
    return str((await world.get("portal", "/v1/sandbox/clock"))["today"])


async def reconciled(world: World, *listed: dict[str, Any], **part: Any) -> dict[str, Any]:
    body = {"submitted_on": await day_of(world), "applications": list(listed)} | part
    return await world.post("portal", "/v1/reconciliations", body)


async def test_the_platforms_names_and_the_owners_code_come_back_with_each_item(world: World) -> None:
    body = named(world)

    sent = await world.post("portal", "/v1/applications", body)

    read = await world.get("portal", f"/v1/applications/{sent['id']}")
    certificate, subsidy = read["items"][:2]
    assert certificate["matter_code"] == MATTER
    assert certificate["source_number"] == body["platform_names"][0]["source_number"]
    assert len(certificate["owner_code"]) == 18
    assert (subsidy["matter_code"], subsidy["source_number"]) == (None, None)
    listed = (await world.get("portal", "/v1/applications"))["items"][0]
    assert listed["items"][0]["matter_code"] == MATTER
    assert listed["items"][0]["owner_code"] == certificate["owner_code"]


async def test_the_feed_tells_of_an_item_under_the_platforms_names(world: World) -> None:
    sent = await world.post("portal", "/v1/applications", named(world))
    await world.step("township_officer", case_of(sent, "certificate"), "acceptance")

    story = (await world.get("portal", f"/v1/applications/{sent['id']}/events"))["items"]

    progressed = next(one for one in story if one["name"] == "application.item_progressed")
    assert progressed["facts"]["matter_code"] == MATTER
    assert progressed["facts"]["source_number"] == sent["items"][0]["source_number"]
    assert progressed["facts"]["owner_code"] == sent["items"][0]["owner_code"]


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ([{"item": "employment_help", "source_number": "B-1"}], "platform_name_unclear"),
        ([{"item": "certificate"}, {"item": "certificate"}], "platform_name_unclear"),
        ([{"item": "certificate", "matter_code": "13370303MB2317407X3000123001000"}], "invalid_matter_code"),
        ([{"item": "certificate", "matter_code": "short"}], "invalid_content"),
    ],
)
async def test_a_name_that_cannot_be_right_is_refused(world: World, *, names: list[dict[str, str]], code: str) -> None:
    body = an_application(world, platform_names=names)

    answer = await world.call("portal", "POST", "/v1/applications", json=body)

    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_a_number_of_an_item_names_one_item_of_a_source_for_ever(world: World) -> None:
    answers = {"business": "new", "applied_by": "self", "phone": "0994-0000000", "residence_address": "红柳示例村 1 号"}
    body = named(world, items=["certificate"], answers=answers)
    sent = await world.post("portal", "/v1/applications", body)
    await world.step("portal", f"/v1/applications/{sent['id']}", "withdrawal")

    again = await world.call("portal", "POST", "/v1/applications", json=body | {"source_number": "another"})

    assert (again.status_code, again.json()["code"]) == (409, "already_submitted")


async def test_an_application_is_found_by_the_number_of_it_or_of_an_item(world: World) -> None:
    body = named(world)
    sent = await world.post("portal", "/v1/applications", body)

    for number in (body["source_number"], body["platform_names"][0]["source_number"]):
        for who in ("portal", "township_officer", "citizen", "auditor"):
            found = await world.post(who, "/v1/application-searches", {"source_number": number})
            assert [one["id"] for one in found["applications"]] == [sent["id"]], (number, who)
        for who in ("verifying_portal", "other_township_officer"):
            found = await world.post(who, "/v1/application-searches", {"source_number": number})
            assert found == {"applications": [], "is_complete": True}, (number, who)


async def test_applications_are_found_by_the_matter(world: World) -> None:
    sent = await world.post("portal", "/v1/applications", named(world))

    found = await world.post("portal", "/v1/application-searches", {"matter_code": MATTER.lower()})

    assert [one["id"] for one in found["applications"]] == [sent["id"]]


async def test_one_asks_by_number_or_by_matter(world: World) -> None:
    for body in ({}, {"source_number": "1", "matter_code": MATTER}):
        answer = await world.call("portal", "POST", "/v1/application-searches", json=body)

        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_content")


async def test_a_portal_lists_its_own_day_with_the_digest_of_what_it_sent(world: World) -> None:
    body = json.dumps(an_application(world), ensure_ascii=False).encode()
    kind = {"Content-Type": "application/json"}
    sent = (await world.call("portal", "POST", "/v1/applications", content=body, headers=kind)).json()
    today = await day_of(world)

    listed = (await world.get("portal", "/v1/applications", submitted_on=today))["items"]

    digest = hashlib.sha256(body).hexdigest()
    assert [(one["id"], one["source_number"], one["digest"]) for one in listed] == [
        (sent["id"], sent["source_number"], digest)
    ]
    assert (await world.get("portal", "/v1/applications", submitted_on="2026-01-01"))["items"] == []
    neighbour = await open_world(world.api)
    elsewhere = await neighbour.post(
        "township_officer", "/v1/application-searches", {"source_number": sent["source_number"]}
    )
    assert [(one["id"], one["digest"]) for one in elsewhere["applications"]] == [(sent["id"], None)]


async def test_the_day_is_that_of_the_place_where_the_business_is_done(world: World) -> None:
    await world.advance(days=3)
    await submitted(world)
    today = await day_of(world)

    listed = (await world.get("portal", "/v1/applications", submitted_on=today))["items"]

    assert len(listed) == 1


async def test_a_days_list_is_compared_and_nothing_is_lost(world: World) -> None:
    sent = await submitted(world)
    listed = (await world.get("portal", "/v1/applications"))["items"][0]
    mine = {"source_number": sent["source_number"], "status": "submitted", "digest": listed["digest"]}

    alike = await reconciled(world, mine)
    lost = await reconciled(world, {"source_number": "never-arrived"})
    changed = await reconciled(world, mine | {"status": "granted", "digest": "0" * 64})

    assert (alike["agreed"], alike["different"], alike["unknown"], alike["not_listed"]) == (1, [], [], [])
    assert lost["unknown"] == ["never-arrived"]
    assert [(one["source_number"], one["application_id"]) for one in lost["not_listed"]] == [
        (sent["source_number"], sent["id"])
    ]
    assert [one["differing"] for one in changed["different"]] == [["status", "digest"]]
    assert world.citizen["name"] not in json.dumps([alike, lost, changed], ensure_ascii=False)


async def test_an_application_of_another_day_is_known_and_told_with_its_day(world: World) -> None:
    sent = await submitted(world)
    before = await day_of(world)
    await world.advance(days=1)

    found = await reconciled(world, {"source_number": sent["source_number"]})

    assert [(one["submitted_on"], one["differing"]) for one in found["different"]] == [(before, ["submitted_on"])]


async def test_no_system_learns_by_comparing_what_another_has_sent(world: World) -> None:
    sent = await submitted(world)
    neighbour = await open_world(world.api)

    found = await reconciled(neighbour, {"source_number": sent["source_number"]})

    assert (found["unknown"], found["not_listed"]) == ([sent["source_number"]], [])


async def test_a_list_with_a_number_twice_is_refused(world: World) -> None:
    body = {"submitted_on": await day_of(world), "applications": [{"source_number": "A"}, {"source_number": "A"}]}

    answer = await world.call("portal", "POST", "/v1/reconciliations", json=body)

    assert (answer.status_code, answer.json()["code"]) == (422, "list_unclear")


async def test_a_thousand_numbers_are_compared_in_one_call(world: World) -> None:
    await submitted(world)

    found = await reconciled(world, *({"source_number": f"N-{number:04}"} for number in range(1000)))

    assert len(found["unknown"]) == 1000
    assert found["is_complete"] is True
