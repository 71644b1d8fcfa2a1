"""Suspected harm over HTTP: a commissioner reports, the county's body acts, and nobody of the village reads along."""

from datetime import datetime, timedelta
from typing import Any

import asyncpg
import pytest

from tests.acting import World
from tests.api.probes import SUSPECTED, harm_of

pytestmark = [pytest.mark.anyio, pytest.mark.database]


async def events_of(world: World, who: str) -> list[dict[str, Any]]:
    """All events of reports of harm that somebody reads in the feed."""
    found: list[dict[str, Any]] = []
    page: dict[str, Any] = {"has_more": True, "next_cursor": None}
    while page["has_more"]:
        more = {"cursor": page["next_cursor"]} if found else {}
        page = await world.get(who, "/v1/events", name="harm_report.", limit=100, **more)
        found += page["items"]
    return found


async def test_a_commissioner_reports_and_the_countys_body_takes_it_in_and_answers(world: World) -> None:
    report = await world.post("commissioner", harm_of(world), SUSPECTED | {"told_police": True})
    path = f"/v1/harm-reports/{report['id']}"

    received = await world.step("civil_affairs", path, "receipt")
    await world.step("civil_affairs", path, "closure", {"text": "已上门处置。"})

    told = await world.get("commissioner", path)
    assert report["region_code"] == "652301"
    deadline = datetime.fromisoformat(report["receive_by"]) - datetime.fromisoformat(report["reported_at"])
    assert (deadline, report["is_overdue"]) == (timedelta(hours=2), False)
    assert (received["stage"], told["stage"], told["answer"]) == ("received", "closed", "已上门处置。")


async def test_neither_the_village_nor_the_family_reads_it_or_learns_of_it(world: World) -> None:
    report = await world.post("commissioner", harm_of(world), SUSPECTED)
    path = f"/v1/harm-reports/{report['id']}"

    assert (await world.call("township_officer", "GET", path)).status_code == 404
    assert (await world.call("citizen", "GET", path)).status_code == 403
    listed = await world.get("civil_affairs", "/v1/harm-reports", stage="reported", limit=100)
    events = await world.get("citizen", "/v1/events", name="harm_report.")
    assert report["id"] in {one["id"] for one in listed["items"]}
    assert events["items"] == []


async def test_what_nobody_takes_in_within_its_hours_rises_and_can_still_be_taken_in(world: World) -> None:
    report = await world.post("commissioner", harm_of(world), SUSPECTED)
    path = f"/v1/harm-reports/{report['id']}"

    await world.advance(days=1)
    risen = await world.get("civil_affairs", path)
    received = await world.step("civil_affairs", path, "receipt")

    assert (report["raised_at"], risen["stage"], risen["is_overdue"]) == (None, "reported", False)
    assert risen["raised_at"]
    assert risen["receive_by"] > risen["raised_at"]
    assert received["stage"] == "received"


async def test_the_register_of_access_tells_the_auditor_of_it_and_not_the_person(world: World) -> None:
    asked = {"person_id": world.citizen["person_id"]}
    await world.get("commissioner", f"/v1/persons/{asked['person_id']}")
    report = await world.post("commissioner", harm_of(world), SUSPECTED)
    await world.get("civil_affairs", f"/v1/harm-reports/{report['id']}")

    to_person = await world.get("citizen", "/v1/access-records", **asked)
    to_auditor = await world.get("auditor", "/v1/access-records", **asked)

    assert [one["operation"] for one in to_person["items"]] == ["get_person"]
    assert {"report_harm", "get_harm_report"} <= {one["operation"] for one in to_auditor["items"]}


async def test_whoever_lives_elsewhere_is_reported_by_nobody_here(world: World) -> None:
    refused = await world.call("other_township_officer", "POST", harm_of(world), json=SUSPECTED)

    assert refused.status_code == 404


async def test_others_of_the_county_neither_read_it_nor_find_in_the_feed_who_has_reported(world: World) -> None:
    report = await world.post("commissioner", harm_of(world), SUSPECTED)
    path = f"/v1/harm-reports/{report['id']}"
    told: dict[str, set[str]] = {}
    for who in ("civil_affairs", "county_reviewer", "county_approver"):
        told[who] = {one["subject_id"] for one in await events_of(world, who)}

    reads = [(await world.call(who, "GET", path)).status_code for who in ("county_reviewer", "county_approver")]

    assert reads == [404, 404]
    assert report["id"] in told.pop("civil_affairs")
    assert report["id"] not in set().union(*told.values())


@pytest.mark.parametrize("tie", ["themself", "guardian", "home"])
async def test_an_officer_who_is_close_to_the_person_does_not_learn_of_it(
    world: World, superuser: asyncpg.Connection, tie: str
) -> None:
    person, other = world.citizen["person_id"], world.opened["guardian"]["person_id"]
    account, path = world.account("civil_affairs"), harm_of(world)
    report = f"/v1/harm-reports/{(await world.post('commissioner', path, SUSPECTED))['id']}"
    if tie == "home":
        joined = {"with_person_id": other, "relation": "child", "since": "2020-01-01"}
        await world.step("township_officer", f"/v1/persons/{person}", "household", joined)
    if tie == "guardian":
        proved = {"guardian_id": other, "acting": "guardian", "proof": "counter", "valid_from": "2020-01-01"}
        await world.step("township_officer", f"/v1/persons/{person}", "guardianships", proved)
    whose = person if tie == "themself" else other
    await superuser.execute("UPDATE account SET person_id = $2 WHERE id = $1", account, whose)
    try:
        read = await world.call("civil_affairs", "GET", report)
        listed = await world.get("civil_affairs", "/v1/harm-reports", stage="reported", limit=100)
        events = await events_of(world, "civil_affairs")
        taken = await world.call("civil_affairs", "POST", f"{report}/receipt", headers={"If-Match": '"1"'})
    finally:
        await superuser.execute("UPDATE account SET person_id = NULL WHERE id = $1", account)

    assert (read.status_code, taken.status_code) == (404, 404)
    assert report.rpartition("/")[2] not in {one["id"] for one in listed["items"]}
    assert report.rpartition("/")[2] not in {one["subject_id"] for one in events}
    assert (await world.call("second_civil_affairs", "GET", report)).status_code == 200
