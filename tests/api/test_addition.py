"""One thing more is added to an open application, and what might be added is told again whenever it is read."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest
from fastapi import FastAPI

from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from tests.acting import World
from tests.api.flow import an_application, case_of, evaluated, issued, submitted
from tests.working import a_caller, certified

pytestmark = [pytest.mark.anyio, pytest.mark.database]

HELP = {"applied_by": "self", "phone": "0994-0000000"}
CERTIFICATE = {**HELP, "business": "new", "residence_address": "红柳示例村 1 号"}
SUBSIDY = {"residence_address": "红柳示例村 1 号", "benefits_received": []}
POOR = "UPDATE economic_status SET status = 'subsistence_allowance', source = 'authority' WHERE person_id = $1"


async def add(  # noqa: PLR0917 - it reads as a sentence
    world: World, who: str, application: dict[str, Any], item: str, **more: Any
) -> Any:
    path = f"/v1/applications/{application['id']}"
    version = (await world.call(who, "GET", path)).headers.get("etag", '"1"')
    return await world.call(who, "POST", f"{path}/items", json={"item": item, **more}, version=version)


async def added(  # noqa: PLR0917 - the same
    world: World, who: str, application: dict[str, Any], item: str, **more: Any
) -> dict[str, Any]:
    answer = await add(world, who, application, item, **more)
    assert answer.status_code == 200, answer.text
    read: dict[str, Any] = answer.json()
    return read


def standing(application: dict[str, Any]) -> dict[str, str]:
    return {item["code"]: item["status"] for item in application["items"]}


@pytest.mark.parametrize(
    ("who", "word"), [("portal", {}), ("citizen", {}), ("township_officer", {"said_by": "person"})]
)
async def test_the_person_the_portal_and_an_officer_add_what_waits_with_the_rest(
    world: World, *, who: str, word: dict[str, str]
) -> None:
    application = await submitted(world, items=("certificate",), answers=CERTIFICATE)

    grown = await added(world, who, application, "living_subsidy", **word)

    assert standing(grown) == {"certificate": "submitted", "living_subsidy": "waiting"}
    assert grown["items"][1]["depends_on"] == ["certificate"]
    assert grown["promised_until"] >= application["promised_until"]
    assert grown["version"] == application["version"] + 1
    story = (await world.get("portal", f"/v1/applications/{application['id']}/events"))["items"]
    assert next(event["name"] for event in story if event["facts"].get("item") == "living_subsidy") == (
        "application.item_added"
    )
    evidence = (await world.get("portal", f"/v1/applications/{application['id']}/evidence"))["items"]
    kinds = [one["kind"] for one in evidence]
    assert len(kinds) == len(set(kinds))
    assert {"subsistence_allowance_record", "certificate_record"} <= set(kinds)
    shared = next(one for one in evidence if one["kind"] == "identity_card")
    assert set(shared["items"]) == {"certificate", "living_subsidy"}


async def test_a_guardian_adds_for_the_ward(world: World) -> None:
    application = await submitted(world, items=("certificate",), answers=CERTIFICATE)
    path, guardian = f"/v1/persons/{world.citizen['person_id']}/guardianships", world.opened["guardian"]["person_id"]
    today = (await world.get("portal", "/v1/sandbox/clock"))["today"]
    recorded = {"guardian_id": guardian, "acting": "guardian", "proof": "counter", "valid_from": today}
    version = (await world.call("township_officer", "GET", path)).headers["ETag"]
    await world.post("township_officer", path, recorded, version=version)

    await added(world, "guardian", application, "living_subsidy")

    story = (await world.get("portal", f"/v1/applications/{application['id']}/events"))["items"]
    (event,) = [event for event in story if event["name"] == "application.item_added"]
    assert event["facts"]["capacity"] == "guardian"


async def test_it_goes_its_way_once_the_certificate_is_issued(world: World) -> None:
    application = await submitted(world, items=("certificate",), answers=CERTIFICATE)
    grown = await added(world, "citizen", application, "nursing_subsidy")

    await issued(world, case_of(application, "certificate"))
    await world.step("township_officer", case_of(grown, "nursing_subsidy"), "acceptance")

    clocks = (await world.get("portal", f"/v1/applications/{grown['id']}/clocks", item="nursing_subsidy"))["items"]
    assert clocks[0]["statutory"]


async def test_what_has_come_far_waits_for_nothing_and_its_clock_runs_from_now(world: World, app: FastAPI) -> None:
    await certified(app.state.database, world)
    application = await submitted(world, items=("employment_help",), answers=HELP)

    grown = await added(world, "portal", application, "living_subsidy", answers=SUBSIDY)

    assert standing(grown)["living_subsidy"] in {"submitted", "granted"}
    clocks = (await world.get("portal", f"/v1/applications/{grown['id']}/clocks", item="living_subsidy"))["items"]
    assert grown["items"][1]["status"] == "granted" or clocks[0]["statutory"]


async def test_what_the_registers_prove_is_granted_at_once(
    world: World, app: FastAPI, superuser: asyncpg.Connection
) -> None:
    await certified(app.state.database, world)
    await superuser.execute(POOR, world.citizen["person_id"])
    application = await submitted(world, items=("employment_help",), answers=HELP)

    grown = await added(world, "portal", application, "living_subsidy", answers=SUBSIDY)

    assert standing(grown) == {"employment_help": "submitted", "living_subsidy": "granted"}
    decisions = (await world.get("portal", f"/v1/applications/{grown['id']}/decisions"))["items"]
    assert [one["item"] for one in decisions] == ["living_subsidy"]


async def test_the_receipt_is_given_anew_and_the_one_before_says_what_it_said(world: World) -> None:
    application = await submitted(world, items=("certificate",), answers=CERTIFICATE)
    path = f"/v1/applications/{application['id']}/receipt"
    before = await world.get("portal", path)

    await added(world, "portal", application, "living_subsidy")

    after = await world.get("portal", path)
    assert after["id"] != before["id"]
    assert after["text"] != before["text"]


@pytest.mark.parametrize(
    ("item", "more", "status", "code"),
    [
        ("certificate", {}, 409, "item_already_there"),
        ("wheelchair", {}, 422, "item_not_in_package"),
        ("living_subsidy", {"answers": {"phone": "0994-9999999"}}, 422, "answers_not_right"),
        ("living_subsidy", {"withheld_evidence": ["photo"]}, 422, "evidence_kind_unknown"),
        ("living_subsidy", {"matter_code": "000123001000"}, 422, "platform_name_unclear"),
    ],
)
async def test_what_cannot_be_added_is_refused_by_what_is_wrong(
    world: World, *, item: str, more: dict[str, Any], status: int, code: str
) -> None:
    names = [{"item": "certificate", "matter_code": "000123001000"}]
    application = await submitted(world, items=("certificate",), answers=CERTIFICATE, platform_names=names)

    answer = await add(world, "portal", application, item, **more)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_without_a_certificate_held_or_asked_for_a_subsidy_is_not_added(world: World) -> None:
    application = await submitted(world, items=("employment_help",), answers=HELP)

    answer = await add(world, "citizen", application, "living_subsidy", answers=SUBSIDY)

    assert (answer.status_code, answer.json()["code"]) == (422, "dependency_not_there")


async def test_nothing_is_added_to_an_application_that_has_ended(world: World) -> None:
    application = await submitted(world, items=("certificate",), answers=CERTIFICATE)
    await world.step("citizen", f"/v1/applications/{application['id']}", "withdrawal")

    answer = await add(world, "citizen", application, "living_subsidy")

    assert (answer.status_code, answer.json()["code"]) == (409, "illegal_transition")


async def test_what_is_asked_for_elsewhere_is_not_asked_for_twice(world: World) -> None:
    await submitted(world, items=("certificate",), answers=CERTIFICATE)
    application = await submitted(world, items=("employment_help",), answers=HELP)

    answer = await add(world, "portal", application, "certificate", answers=CERTIFICATE)

    assert (answer.status_code, answer.json()["code"]) == (409, "open_application_exists")


async def test_an_officer_says_whose_word_it_was_and_others_find_nothing(world: World) -> None:
    application = await submitted(world, items=("certificate",), answers=CERTIFICATE)

    silent = await add(world, "township_officer", application, "living_subsidy")
    elsewhere = await add(world, "other_township_officer", application, "living_subsidy", said_by="person")
    auditor = await add(world, "auditor", application, "living_subsidy")

    assert (silent.status_code, silent.json()["code"]) == (422, "word_missing")
    assert (elsewhere.status_code, auditor.status_code) == (404, 403)


async def test_a_version_that_has_passed_changes_nothing(world: World) -> None:
    application = await submitted(world, items=("certificate",), answers=CERTIFICATE)
    path = f"/v1/applications/{application['id']}/items"

    answer = await world.call("portal", "POST", path, json={"item": "living_subsidy"}, version='"7"')

    assert answer.status_code == 412


async def suggested(world: World, who: str, application: dict[str, Any]) -> dict[str, Any]:
    assert application["suggestions_path"] == f"/v1/applications/{application['id']}/suggestions"
    told = await world.get(who, application["suggestions_path"])
    return {one["item"]: one for one in told["items"]}


@pytest.mark.parametrize("who", ["township_officer", "citizen"])
async def test_what_may_be_due_is_told_again_and_taken_by_the_way_that_it_names(
    world: World, app: FastAPI, superuser: asyncpg.Connection, *, who: str
) -> None:
    await certified(app.state.database, world)
    await superuser.execute(POOR, world.citizen["person_id"])
    application = await submitted(world, items=("employment_help",), answers=HELP)

    living = (await suggested(world, who, application))["living_subsidy"]

    assert any(reason["finding"] == "met" and reason["source"] for reason in living["reasons"])
    way = living["take"]
    assert way == {"operation": "add_item", "method": "POST", "path": f"/v1/applications/{application['id']}/items"}
    body = {"item": living["item"], "answers": SUBSIDY, "said_by": "person"}
    taken = await world.call(who, way["method"], way["path"], json=body, version='"1"')
    assert taken.status_code == 200, taken.text
    assert "living_subsidy" not in await suggested(world, who, application)


async def test_a_portal_is_told_by_reading_what_it_was_told_at_submission_and_no_more(
    world: World, app: FastAPI, superuser: asyncpg.Connection
) -> None:
    await certified(app.state.database, world)
    await superuser.execute(POOR, world.citizen["person_id"])
    body = an_application(world, items=("employment_help",), answers={**HELP, "is_willing_to_work": True})
    told = await world.post("portal", "/v1/applications", body)

    read = await suggested(world, "portal", told)

    assert [*read] == [one["item"] for one in told["suggestions"]]


@pytest.mark.parametrize(
    ("who", "hidden"), [("township_officer", {"payment_channel", "benefits_received"}), ("portal", set())]
)
async def test_what_was_answered_to_an_office_is_marked_so_that_it_tells_a_portal_nothing(
    world: World, app: FastAPI, *, who: str, hidden: set[str]
) -> None:
    application = await submitted(world, items=("certificate",), answers=CERTIFICATE)
    before = await suggested(world, "portal", application)
    said = {"payment_channel": "one_card"} | SUBSIDY
    await added(world, who, application, "living_subsidy", answers=said, said_by="person")

    async with PostgresUnitOfWork(app.state.database, a_caller(world, "portal", "get_application")) as uow:
        form = await uow.applications.form(UUID(application["id"]))

    assert form.answers["payment_channel"] == "one_card"
    assert {*form.said_elsewhere} == hidden
    assert {*await suggested(world, "portal", application)} <= {*before}


async def test_a_portal_does_not_find_by_trying_what_was_answered_to_an_office(world: World) -> None:
    application = await submitted(world, items=("certificate",), answers=CERTIFICATE)
    await added(world, "township_officer", application, "living_subsidy", answers=SUBSIDY, said_by="person")
    said = SUBSIDY["benefits_received"]

    tried = [
        await add(world, "portal", application, "nursing_subsidy", answers={"benefits_received": guess})
        for guess in (said, ["other"])
    ]

    told = [(one.status_code, [error["code"] for error in one.json()["errors"]]) for one in tried]
    assert told == [(422, ["said_elsewhere"])] * 2


async def test_once_it_has_ended_a_suggestion_leads_to_a_new_application(
    world: World, app: FastAPI, superuser: asyncpg.Connection
) -> None:
    await certified(app.state.database, world)
    await superuser.execute(POOR, world.citizen["person_id"])
    application = await submitted(world, items=("employment_help",), answers=HELP)
    await world.step("citizen", f"/v1/applications/{application['id']}", "withdrawal")

    living = (await suggested(world, "citizen", application))["living_subsidy"]

    assert living["take"]["path"] == "/v1/applications"


async def test_suggestions_are_for_the_person_and_the_places_offices(world: World) -> None:
    application = await submitted(world)

    for who, status in (("other_township_officer", 404), ("auditor", 403), ("evaluator", 403)):
        assert (await world.call(who, "GET", application["suggestions_path"])).status_code == status


async def test_evaluators_and_strangers_see_no_more_than_before(world: World) -> None:
    application = await submitted(world, items=("certificate",), answers=CERTIFICATE)
    await evaluated(world, case_of(application, "certificate"))

    assert (await add(world, "evaluator", application, "living_subsidy")).status_code == 403
