"""A guardian acts for a ward with a token of their own, from the day on which it is on record to its last day."""

import random
from datetime import date, timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from app.domain.shared.identity import CitizenNumber
from tests.acting import World, open_world
from tests.api.flow import an_application, case_of, evaluated, submitted

pytestmark = [pytest.mark.anyio, pytest.mark.database]

ALONE = {"business": "new", "applied_by": "guardian", "phone": "0994-0000000", "residence_address": "红柳示例村 1 号"}
ALONE |= {"guardian_name": "样大大", "guardian_relation": "parent"}


async def day_of(world: World) -> date:
    return date.fromisoformat((await world.get("portal", "/v1/sandbox/clock"))["today"])


async def recorded(world: World, person_id: str, **changes: Any) -> httpx.Response:
    """The sandbox's guardian as the person's, seen at the counter."""
    path = f"/v1/persons/{person_id}/guardianships"
    version = (await world.call("township_officer", "GET", path)).headers["ETag"]
    link = {
        "guardian_id": world.opened["guardian"]["person_id"],
        "acting": "guardian",
        "proof": "counter",
        "valid_from": str(await day_of(world)),
    }
    return await world.call("township_officer", "POST", path, json=link | changes, version=version)


async def ended(world: World, person_id: str, last_day: date) -> None:
    path = f"/v1/persons/{person_id}/guardianships"
    version = (await world.call("township_officer", "GET", path)).headers["ETag"]
    guardian = world.opened["guardian"]["person_id"]
    answer = await world.call(
        "township_officer", "POST", f"{path}/{guardian}/end", json={"last_day": str(last_day)}, version=version
    )
    assert answer.status_code == 200, answer.text


async def a_child(world: World, *, years: int) -> dict[str, str]:
    """Somebody so many years old today, on record."""
    born = (await day_of(world)) - timedelta(days=years * 365 + 60)
    number = CitizenNumber.of(region=str(random.randint(990101, 998999)), born_on=born, sequence=random.randint(1, 999))
    child = {"name": "样小小", "citizen_number": number.value, "region_code": "652301104201"}
    person = await world.post("township_officer", "/v1/persons", child)
    return child | {"person_id": person["id"]}


def for_child(world: World, child: dict[str, str]) -> dict[str, Any]:
    applicant = {name: child[name] for name in ("name", "citizen_number", "region_code")}
    return an_application(world, items=("certificate",), answers=ALONE, applicant=applicant)


async def test_nobody_acts_for_somebody_before_it_is_on_record(world: World) -> None:
    sent = await submitted(world)
    person = world.citizen["person_id"]

    for path in (f"/v1/applications/{sent['id']}", f"/v1/persons/{person}", f"/v1/persons/{person}/guardianships"):
        assert (await world.call("guardian", "GET", path)).status_code == 404
    refused = await world.call("guardian", "POST", "/v1/applications", json=an_application(world))
    assert (refused.status_code, refused.json()["code"]) == (403, "not_yourself")


async def test_a_guardian_reads_and_takes_back_what_is_the_wards(world: World) -> None:
    sent = await submitted(world)
    await recorded(world, world.citizen["person_id"])

    read = await world.get("guardian", f"/v1/applications/{sent['id']}")
    person = await world.get("guardian", f"/v1/persons/{world.citizen['person_id']}")
    listed = await world.get("guardian", "/v1/applications")
    told = await world.get("guardian", "/v1/events", name="application.")
    withdrawn = await world.step("guardian", f"/v1/applications/{sent['id']}", "withdrawal")

    assert read["id"] == sent["id"]
    assert person["name"] == world.citizen["name"]
    assert [one["id"] for one in listed["items"]] == [sent["id"]]
    assert {event["application_id"] for event in told["items"]} == {sent["id"]}
    assert withdrawn["status"] == "withdrawn"


async def test_a_guardian_applies_for_a_child_and_need_not_prove_it_again(world: World) -> None:
    child = await a_child(world, years=8)
    await recorded(world, child["person_id"])

    sent = await world.post("guardian", "/v1/applications", for_child(world, child))
    accepted = await world.step("township_officer", case_of(sent, "certificate"), "acceptance", {})

    assert sent["person_id"] == child["person_id"]
    assert sent["assisted_by"] == world.account("guardian")
    assert accepted["stage"] == "accepted"


async def test_without_a_guardianship_on_record_the_proof_is_shown_once_with_the_guardians_word(world: World) -> None:
    child = await a_child(world, years=15)
    sent = await world.post("portal", "/v1/applications", for_child(world, child))
    asked = await world.get("township_officer", f"/v1/applications/{sent['id']}/confirmations")
    case, word = case_of(sent, "certificate"), f"/v1/confirmations/{asked['items'][0]['id']}"

    refused = await world.try_step("township_officer", case, "acceptance", {})
    await world.step("township_officer", word, "word", {"channel": "counter"})
    accepted = await world.step("township_officer", case, "acceptance", {})

    assert (refused.status_code, refused.json()["code"]) == (409, "illegal_transition")
    assert accepted["stage"] == "accepted"


async def test_after_the_last_day_nothing_is_open_any_more(world: World) -> None:
    sent = await submitted(world)
    await recorded(world, world.citizen["person_id"], valid_to=str(await day_of(world)))
    path = f"/v1/applications/{sent['id']}"

    today = await world.call("guardian", "GET", path)
    await world.advance(days=1)
    tomorrow = await world.call("guardian", "GET", path)
    listed = await world.get("guardian", "/v1/applications")
    taken_back = await world.call("guardian", "POST", f"{path}/withdrawal", json={}, version='"1"')

    assert (today.status_code, tomorrow.status_code, taken_back.status_code) == (200, 404, 404)
    assert listed["items"] == []


async def test_what_is_ended_with_yesterday_is_closed_at_once(world: World) -> None:
    sent = await submitted(world)
    await recorded(world, world.citizen["person_id"])
    assert (await world.call("guardian", "GET", f"/v1/applications/{sent['id']}")).status_code == 200

    await ended(world, world.citizen["person_id"], (await day_of(world)) - timedelta(days=1))

    assert (await world.call("guardian", "GET", f"/v1/applications/{sent['id']}")).status_code == 404


async def test_a_child_that_comes_of_age_is_nobodys_ward(world: World) -> None:
    child = await a_child(world, years=17)
    answer = await recorded(world, child["person_id"])
    sent = await world.post("guardian", "/v1/applications", for_child(world, child))

    until = date.fromisoformat(answer.json()["guardianships"][0]["valid_to"])
    await world.advance(days=(until - await day_of(world)).days + 1)

    assert (await world.call("guardian", "GET", f"/v1/applications/{sent['id']}")).status_code == 404


async def test_an_agent_applies_and_follows_and_sees_nothing_else_of_the_person(world: World) -> None:
    await recorded(world, world.citizen["person_id"], acting="agent")
    person = world.citizen["person_id"]

    sent = await world.post("guardian", "/v1/applications", an_application(world))

    assert (await world.call("guardian", "GET", f"/v1/applications/{sent['id']}")).status_code == 200
    hidden = (f"/v1/persons/{person}", f"/v1/persons/{person}/guardianships", "/v1/access-records")
    asked = {"/v1/access-records": {"person_id": person}}
    for path in hidden:
        assert (await world.call("guardian", "GET", path, params=asked.get(path))).status_code == 404, path
    rated = {"item": "certificate", "satisfaction": "satisfied"}
    answer = await world.call("guardian", "POST", f"/v1/applications/{sent['id']}/ratings", json=rated)
    assert answer.status_code == 404


async def test_the_person_reads_that_the_guardian_has_looked(world: World) -> None:
    sent = await submitted(world)
    await recorded(world, world.citizen["person_id"])
    await world.get("guardian", f"/v1/applications/{sent['id']}")

    records = await world.get("citizen", "/v1/access-records", person_id=world.citizen["person_id"])

    assert world.account("guardian") in {record["actor_id"] for record in records["items"]}


async def test_a_guardian_of_one_is_not_a_guardian_of_another(world: World) -> None:
    await recorded(world, world.citizen["person_id"])
    neighbour = await open_world(world.api)
    theirs = await submitted(neighbour)

    assert (await world.call("guardian", "GET", f"/v1/applications/{theirs['id']}")).status_code == 404
    assert (await neighbour.call("guardian", "GET", f"/v1/applications/{theirs['id']}")).status_code == 404


async def test_an_officer_decides_nothing_of_a_ward(world: World, superuser: asyncpg.Connection) -> None:
    sent = await submitted(world)
    case = case_of(sent, "certificate")
    await evaluated(world, case)
    await world.step("county_officer", case, "notice")
    await world.advance(days=10)
    await recorded(world, world.citizen["person_id"], valid_from="2026-01-01")
    account, guardian = world.account("county_reviewer"), world.opened["guardian"]["person_id"]
    await superuser.execute("UPDATE account SET person_id = $2 WHERE id = $1", account, guardian)
    try:
        answer = await world.try_step("county_reviewer", case, "review")
    finally:
        await superuser.execute("UPDATE account SET person_id = NULL WHERE id = $1", account)

    assert (answer.status_code, answer.json()["code"]) == (403, "own_case")


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"proof": "declared"}, 422, "guardianship_unproved"),
        ({"valid_from": "2199-01-01"}, 422, "guardianship_impossible"),
        ({"valid_to": "2020-01-01"}, 422, "guardianship_impossible"),
        ({"guardian_id": "01920000-0000-7000-8000-000000000000"}, 404, "not_found"),
    ],
)
async def test_what_cannot_be_is_not_recorded(world: World, *, changes: dict[str, str], status: int, code: str) -> None:
    answer = await recorded(world, world.citizen["person_id"], **changes)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_the_same_is_not_recorded_twice_and_a_stale_version_is_refused(world: World) -> None:
    person = world.citizen["person_id"]
    assert (await recorded(world, person)).status_code == 200

    again = await recorded(world, person)
    stale = await world.call(
        "township_officer",
        "POST",
        f"/v1/persons/{person}/guardianships",
        json={
            "guardian_id": world.opened["guardian"]["person_id"],
            "acting": "agent",
            "proof": "counter",
            "valid_from": "2026-01-01",
        },
        version='"1"',
    )

    assert (again.status_code, again.json()["code"]) == (409, "guardianship_exists")
    assert stale.status_code == 412
