"""Second words over HTTP: who is asked says yes or no, sees nothing else, and nobody is left in a dead end."""

import random
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from app.domain.shared.identity import CitizenNumber
from tests.acting import World, open_world
from tests.api.flow import an_application, case_of, submitted
from tests.api.probes import unconfirmed
from tests.api.test_clock_expiry import clock_of, on_the_day, story
from tests.api.test_correction import item_of
from tests.api.test_guardianship import ALONE, day_of, ended, recorded

pytestmark = [pytest.mark.anyio, pytest.mark.database]

BOTH = {"confirm", "decline"}
SUBSIDY = {"applied_by": "self", "phone": "0994-0000000", "residence_address": "红柳示例村 1 号"}


async def asked_of(world: World, application: dict[str, Any], who: str = "citizen") -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await world.get(who, f"/v1/applications/{application['id']}/confirmations"))["items"]
    return items


async def path_of(world: World, application: dict[str, Any], item: str = "certificate") -> str:
    asked = next(one for one in await asked_of(world, application) if one["item"] == item)
    return f"/v1/confirmations/{asked['id']}"


async def a_child(world: World, *, years: int) -> dict[str, str]:
    born = (await day_of(world)) - timedelta(days=years * 365 + 60)
    number = CitizenNumber.of(region=str(random.randint(990101, 998999)), born_on=born, sequence=random.randint(1, 999))
    return {"name": "样小小", "citizen_number": number.value, "region_code": "652301104201"}


async def living_together(world: World, superuser: asyncpg.Connection) -> str:
    """Let the sandbox's guardian and its citizen share a household."""
    member, household = world.opened["guardian"]["person_id"], uuid4()
    for person in (member, world.citizen["person_id"]):
        await superuser.execute(
            "INSERT INTO household_member (person_id, household_id, valid_from, relation) "
            "VALUES ($1, $2, $3, 'unknown')",
            UUID(person),
            household,
            date(2020, 1, 1),
        )
    return str(member)


def allowed(confirmation: dict[str, Any]) -> dict[str, str | None]:
    return {one["action"]: one["reason_code"] for one in confirmation["actions"]}


async def test_an_item_waits_for_a_guardian_and_says_so_and_the_others_run(world: World) -> None:
    application = await unconfirmed(world, items=("certificate", "employment_help"))

    item, other = await item_of(world, application), await item_of(world, application, "employment_help")
    (asked,) = await asked_of(world, application)

    assert (item["status"], item["status_reason"], item["promised_until"]) == (
        "action_needed",
        "second_party_pending",
        None,
    )
    assert "guardian" in item["explanation"]
    assert "counter" in item["next_action"]
    assert (other["status"], other["status_reason"]) == ("waiting", None)
    assert (asked["whom"], asked["stage"], asked["person_name"]) == ("guardian", "asked", world.citizen["name"])
    assert (await world.get("county_officer", case_of(application, "certificate")))["stage"] == "awaiting_confirmation"
    assert "confirmation.asked" in {event["name"] for event in await story(world, application)}


async def test_the_portal_knows_beforehand_from_the_form(world: World) -> None:
    path, asked = "/v1/packages/disability_services/form", {"items": ["certificate"], "region_code": "652301104201"}

    nobody = await world.post("portal", path, asked)
    named = await world.post("portal", path, asked | {"answers": {"conditions": ["mental"]}})
    own = await world.post("citizen", path, {"items": ["certificate"], "answers": {"conditions": ["physical"]}})

    assert [(one["item"], one["whom"], one["necessity"]) for one in nobody["second_parties"]] == [
        ("certificate", "guardian", "unknown")
    ]
    assert [one["necessity"] for one in named["second_parties"]] == ["needed"]
    assert "残疾人证管理办法" in named["second_parties"][0]["source"]
    assert own["second_parties"] == []


async def test_a_guardians_yes_lets_the_item_go_on_and_its_time_begins_there(world: World) -> None:
    await recorded(world, world.citizen["person_id"])
    application = await unconfirmed(world)
    path = await path_of(world, application)
    await world.advance(days=3)

    confirmed = await world.step("guardian", path, "word")

    assert (confirmed["stage"], confirmed["word"]["second_id"]) == ("confirmed", world.opened["guardian"]["person_id"])
    item = await item_of(world, application)
    assert (item["status"], item["status_reason"]) == ("submitted", None)
    notice = await clock_of(world, application, "certificate", "correction_notice")
    assert (notice["state"], notice["started_on"]) == ("running", str(await day_of(world)))
    assert (await clock_of(world, application, "certificate", "confirmation_answer"))["state"] == "stopped"
    accepted = await world.step("township_officer", case_of(application, "certificate"), "acceptance")
    assert accepted["stage"] == "accepted"


async def test_before_the_word_no_office_has_any_time_to_keep_or_anything_to_do(world: World) -> None:
    application = await unconfirmed(world)

    clocks = (await world.get("citizen", f"/v1/applications/{application['id']}/clocks"))["items"]
    refused = await world.try_step("township_officer", case_of(application, "certificate"), "acceptance")

    (item,) = clocks
    assert [clock["code"] for clock in item["statutory"]] == ["confirmation_answer"]
    assert item["promised"] == []
    assert (refused.status_code, refused.json()["code"]) == (409, "illegal_transition")


async def test_a_guardians_no_takes_the_item_back_and_refuses_nothing(world: World) -> None:
    await recorded(world, world.citizen["person_id"])
    application = await unconfirmed(world, items=("certificate", "employment_help"))
    path = await path_of(world, application)

    declined = await world.step("guardian", path, "decline")

    item, other = await item_of(world, application), await item_of(world, application, "employment_help")
    told = {event["name"] for event in await story(world, application)}
    assert (declined["stage"], item["status"], item["finished"]) == ("declined", "withdrawn", True)
    assert (other["status"], other["status_reason"]) == ("action_needed", "stranded")
    assert {"confirmation.declined", "certificate_case.withdrawn"} <= told
    assert not [name for name in told if name.endswith("refused")]


async def test_the_applicant_is_no_second_person_and_an_agent_neither(world: World) -> None:
    await recorded(world, world.citizen["person_id"], acting="agent")
    application = await unconfirmed(world)
    path = await path_of(world, application)

    own = await world.try_step("citizen", path, "word")
    agent = await world.call("guardian", "GET", path)

    assert (own.status_code, own.json()["code"]) == (403, "not_the_second_party")
    assert allowed(await world.get("citizen", path)) == dict.fromkeys(BOTH, "not_the_second_party")
    assert agent.status_code == 404
    assert allowed(await world.get("portal", path)) == dict.fromkeys(BOTH, "not_your_function")


async def test_the_guardian_of_another_and_a_guardian_of_yesterday_find_nothing(world: World) -> None:
    neighbour = await open_world(world.api)
    await recorded(neighbour, neighbour.citizen["person_id"])
    await recorded(world, world.citizen["person_id"], valid_from="2026-01-01")
    path = await path_of(world, await unconfirmed(world))

    assert (await neighbour.call("guardian", "GET", path)).status_code == 404
    assert (await neighbour.call("guardian", "POST", f"{path}/word", json={}, version='"1"')).status_code == 404
    await ended(world, world.citizen["person_id"], await day_of(world) - timedelta(days=1))
    assert (await world.call("guardian", "POST", f"{path}/word", json={}, version='"1"')).status_code == 404


async def test_who_applies_as_guardian_has_said_yes_by_that(world: World) -> None:
    await recorded(world, world.citizen["person_id"])
    answers = an_application(world)["answers"] | {"conditions": ["mental"]}

    sent = await world.post("guardian", "/v1/applications", an_application(world, answers=answers))

    assert {item["status_reason"] for item in sent["items"]} == {None}
    assert await asked_of(world, sent) == []


async def test_an_agent_who_applies_leaves_the_guardians_word_to_be_said(world: World) -> None:
    await recorded(world, world.citizen["person_id"], acting="agent")
    answers = an_application(world)["answers"] | {"conditions": ["mental"]}

    sent = await world.post("guardian", "/v1/applications", an_application(world, answers=answers))

    assert [item["status_reason"] for item in sent["items"]] == ["second_party_pending", None, None]


async def test_a_child_under_fourteen_waits_with_everything_and_the_counter_settles_it_in_one_visit(
    world: World,
) -> None:
    child = await a_child(world, years=8)
    sent = await submitted(world, items=("certificate", "employment_help"), answers=ALONE, applicant=child)
    asked = await asked_of(world, sent, "portal")

    assert [(one["item"], one["whom"]) for one in asked] == [
        ("certificate", "guardian"),
        ("employment_help", "guardian"),
    ]
    assert sent["status"] == "action_needed"
    for one in asked:
        await world.step("township_officer", f"/v1/confirmations/{one['id']}", "word", {"channel": "counter"})
    statuses = {
        item["code"]: item["status"] for item in (await world.get("portal", f"/v1/applications/{sent['id']}"))["items"]
    }
    assert statuses == {"certificate": "submitted", "employment_help": "waiting"}
    accepted = await world.step("township_officer", case_of(sent, "certificate"), "acceptance")
    assert accepted["stage"] == "accepted"


@pytest.mark.parametrize(
    ("word", "status", "code"),
    [
        ({}, 422, "word_missing"),
        ({"channel": "phone"}, 422, "proof_not_seen"),
        ({"channel": "counter", "second_id": str(uuid4())}, 422, "second_party_unknown"),
        ({"channel": "portal"}, 422, "word_missing"),
    ],
)
async def test_an_officer_says_whose_word_it_was(world: World, *, word: dict[str, str], status: int, code: str) -> None:
    path = await path_of(world, await unconfirmed(world))

    answer = await world.try_step("township_officer", path, "word", word)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_guardian_on_record_may_also_say_it_by_telephone(world: World) -> None:
    await recorded(world, world.citizen["person_id"])
    path, guardian = await path_of(world, await unconfirmed(world)), world.opened["guardian"]["person_id"]

    said = await world.step("commissioner", path, "word", {"channel": "phone", "second_id": guardian})

    assert (said["stage"], said["word"]["channel"]) == ("confirmed", "phone")


async def test_without_a_word_the_item_rests_and_a_late_one_wakes_it(world: World) -> None:
    await recorded(world, world.citizen["person_id"])
    application = await unconfirmed(world)
    path = await path_of(world, application)
    due = (await clock_of(world, application, "certificate", "confirmation_answer"))["due_on"]
    assert due == (await world.get("citizen", path))["answer_by"]

    await on_the_day(world, due, days_after=1)
    item, told = await item_of(world, application), await story(world, application)
    lapsed = await world.get("guardian", path)
    await world.step("guardian", path, "word")

    assert (item["status"], item["status_reason"], item["finished"]) == ("action_needed", "inactive", False)
    assert {"confirmation.lapsed", "certificate_case.rested"} <= {event["name"] for event in told}
    assert (lapsed["stage"], allowed(lapsed)) == ("lapsed", dict.fromkeys(BOTH))
    assert (await item_of(world, application))["status"] == "submitted"


async def test_what_is_taken_back_by_a_portal_waits_for_nobody_any_more(world: World) -> None:
    application = await unconfirmed(world)

    await world.step("portal", f"/v1/applications/{application['id']}", "withdrawal")

    assert [one["stage"] for one in await asked_of(world, application)] == ["closed"]


async def test_what_was_said_is_not_said_again(world: World) -> None:
    path = await path_of(world, await unconfirmed(world))
    await world.step("township_officer", path, "word", {"channel": "counter"})

    again = await world.try_step("township_officer", path, "decline", {"channel": "counter"})

    assert (again.status_code, again.json()["code"]) == (409, "illegal_transition")


async def in_household(world: World, superuser: asyncpg.Connection) -> tuple[dict[str, Any], str]:
    """An application for what looks at the household, and what the household is asked."""
    await living_together(world, superuser)
    application = await submitted(world)
    (asked,) = await asked_of(world, application)
    assert (asked["item"], asked["whom"]) == ("living_subsidy", "household_member")
    return application, f"/v1/confirmations/{asked['id']}"


async def test_a_household_member_sees_the_item_and_the_name_and_nothing_else(
    world: World, superuser: asyncpg.Connection
) -> None:
    application, path = await in_household(world, superuser)

    seen = await world.get("guardian", path)
    listed = await world.get("guardian", "/v1/confirmations", stage="asked")

    assert (seen["item"], seen["person_name"]) == ("living_subsidy", world.citizen["name"])
    hidden = ("person_id", "application_id", "case_id", "region_code", "word")
    assert {name: seen[name] for name in hidden} == dict.fromkeys(hidden)
    assert seen["second_ids"] == []
    assert allowed(seen) == dict.fromkeys(BOTH)
    assert [one["id"] for one in listed["items"]] == [seen["id"]]
    beyond = [f"/v1/applications/{application['id']}", f"/v1/applications/{application['id']}/confirmations"]
    beyond += [case_of(application, "living_subsidy"), f"/v1/persons/{world.citizen['person_id']}"]
    for elsewhere in beyond:
        assert (await world.call("guardian", "GET", elsewhere)).status_code == 404, elsewhere
    assert (await world.get("guardian", "/v1/applications"))["items"] == []
    told = (await world.get("guardian", "/v1/events"))["items"]
    assert {(event["name"], event["subject_id"]) for event in told} == {("confirmation.asked", seen["id"])}


async def test_who_has_moved_out_of_the_household_neither_sees_nor_says_anything_of_it(
    world: World, superuser: asyncpg.Connection
) -> None:
    _, path = await in_household(world, superuser)
    seen = await world.call("guardian", "GET", path)
    await superuser.execute(
        "UPDATE household_member SET valid_to = $2 WHERE person_id = $1",
        UUID(world.opened["guardian"]["person_id"]),
        date(2021, 1, 1),
    )

    again = await world.call("guardian", "GET", path)
    listed = await world.get("guardian", "/v1/confirmations", stage="asked")
    said = await world.call("guardian", "POST", f"{path}/word", json={}, version=seen.headers["ETag"])

    assert (seen.status_code, again.status_code) == (200, 404)
    assert listed["items"] == []
    assert (said.status_code, said.json()["code"]) == (403, "not_the_second_party")


@pytest.mark.parametrize(("fact", "status", "reason"), [("word", "waiting", None), ("decline", "withdrawn", None)])
async def test_a_household_member_says_yes_or_no_and_the_item_follows(
    world: World, superuser: asyncpg.Connection, *, fact: str, status: str, reason: str | None
) -> None:
    application, path = await in_household(world, superuser)

    said = await world.step("guardian", path, fact)

    item = await item_of(world, application, "living_subsidy")
    assert (item["status"], item["status_reason"]) == (status, reason)
    assert said["application_id"] is None
    assert (await world.call("guardian", "GET", f"/v1/applications/{application['id']}")).status_code == 404
    records = await world.get("citizen", "/v1/access-records", person_id=world.citizen["person_id"])
    assert world.account("guardian") in {record["actor_id"] for record in records["items"]}


async def test_the_portal_is_told_that_the_household_is_asked_and_not_who_that_is(
    world: World, superuser: asyncpg.Connection
) -> None:
    application, path = await in_household(world, superuser)
    member = world.opened["guardian"]["person_id"]

    seen = await world.get("portal", path)
    staff = await world.get("township_officer", path)

    assert (seen["application_id"], seen["second_ids"]) == (application["id"], [])
    assert staff["second_ids"] == [member]
    said = {"channel": "home_visit", "second_id": member}
    assert (await world.step("township_officer", path, "word", said))["stage"] == "confirmed"


async def test_a_citizens_own_application_asks_the_household_as_well(
    world: World, superuser: asyncpg.Connection
) -> None:
    await living_together(world, superuser)

    form = await world.post("citizen", "/v1/packages/disability_services/form", {"items": ["living_subsidy"]})
    sent = await world.post(
        "citizen", "/v1/applications", an_application(world, items=("living_subsidy",), answers=SUBSIDY)
    )

    assert [one["necessity"] for one in form["second_parties"]] == ["needed"]
    assert sent["items"][0]["status_reason"] == "second_party_pending"
    assert len((await world.get("guardian", "/v1/confirmations"))["items"]) == 1


async def test_nobody_else_of_the_place_finds_what_the_household_is_asked(
    world: World, superuser: asyncpg.Connection
) -> None:
    _, path = await in_household(world, superuser)
    neighbour = await open_world(world.api)

    for who in ("citizen", "guardian"):
        assert (await neighbour.call(who, "GET", path)).status_code == 404
        assert (await neighbour.get(who, "/v1/confirmations"))["items"] == []
    answer: httpx.Response = await neighbour.call("guardian", "POST", f"{path}/word", json={}, version='"1"')
    assert answer.status_code == 404
    assert (await world.call("other_township_officer", "GET", path)).status_code == 404


async def test_an_item_that_has_its_word_and_nothing_to_wait_for_begins_at_once(
    world: World, superuser: asyncpg.Connection
) -> None:
    await living_together(world, superuser)
    application = await submitted(world, items=("living_subsidy",), answers=SUBSIDY)

    await world.step("guardian", await path_of(world, application, "living_subsidy"), "word")

    assert (await world.get("township_officer", case_of(application, "living_subsidy")))["stage"] == "submitted"
    assert (await clock_of(world, application, "living_subsidy", "correction_notice"))["state"] == "running"
    assert (await clock_of(world, application, "living_subsidy", "confirmation_answer"))["state"] == "stopped"


@pytest.mark.parametrize("who", ["portal", "citizen", "township_officer"])
async def test_what_is_added_later_waits_for_its_word_as_at_submission(
    world: World, superuser: asyncpg.Connection, who: str
) -> None:
    await living_together(world, superuser)
    certificate = {"business": "new", "conditions": ["physical"]} | SUBSIDY
    path = f"/v1/applications/{(await submitted(world, items=('certificate',), answers=certificate))['id']}"

    grown = await world.step(who, path, "items", {"item": "living_subsidy", "said_by": "person"})
    (asked,) = (await world.get("citizen", f"{path}/confirmations"))["items"]
    said = await world.step("guardian", f"/v1/confirmations/{asked['id']}", "word")

    added = next(item for item in grown["items"] if item["code"] == "living_subsidy")
    assert (added["status"], added["status_reason"], added["promised_until"]) == (
        "action_needed",
        "second_party_pending",
        None,
    )
    assert said["stage"] == "confirmed"
    assert (await item_of(world, grown, "living_subsidy"))["status"] == "waiting"
