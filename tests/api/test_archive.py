"""Archives over HTTP: what counts by itself, what is filed and replaced, and who reads it."""

from typing import Any

import pytest
from fastapi import FastAPI

from app.sandbox.authority import sandbox_id
from tests.acting import World
from tests.api.flow import case_of, issued, submitted
from tests.api.probes import a_document, a_filed_document, a_visit, visits_of
from tests.api.uploading import PNG, announcement, uploaded
from tests.working import certified

pytestmark = [pytest.mark.anyio, pytest.mark.database]

ASSOCIATION = str(sandbox_id("organisation", "village_association"))


async def archive_of(world: World, who: str = "township_officer") -> dict[str, Any]:
    return await world.get(who, f"/v1/persons/{world.citizen['person_id']}/archive")


def states(archive: dict[str, Any]) -> dict[str, str]:
    return {item["code"]: item["state"] for item in archive["items"]}


async def test_a_persons_archive_fills_by_what_is_done_and_by_what_is_filed(world: World, app: FastAPI) -> None:
    await certified(app.state.database, world)
    before = await archive_of(world)

    await world.post("commissioner", visits_of(world), a_visit(world))
    document = await a_filed_document(world)

    after = await archive_of(world)
    changed = {code for code, state in states(after).items() if states(before)[code] != state}
    assert changed == {"visits", "certificate_file"}
    assert (after["held"], after["required"]) == (before["held"] + 2, before["required"])
    assert states(after)["certificate"] == "held"
    lacking = {item["code"]: item["provided_by"]["organisation_id"] for item in after["items"]}
    assert lacking["contact"] == ASSOCIATION
    assert after["documents"] == [document]
    assert (document["digest"], document["filed_for"]) == (announcement(PNG)["digest"], ASSOCIATION)


async def test_a_document_is_replaced_once_and_never_lost(world: World, app: FastAPI) -> None:
    await certified(app.state.database, world)
    first = await a_filed_document(world)
    second = await a_filed_document(world, replaces=first["id"])
    upload = await uploaded(world, who="commissioner")
    again = a_document(world.citizen["person_id"], upload_id=upload["id"], replaces=first["id"])

    refused = await world.call("commissioner", "POST", "/v1/archive-documents", json=again)

    assert (refused.status_code, refused.json()["code"]) == (409, "document_replaced")
    archive = await archive_of(world)
    assert [one["id"] for one in archive["documents"]] == [second["id"], first["id"]]
    held = next(item["held"] for item in archive["items"] if item["code"] == "certificate_file")
    assert [one["id"] for one in held] == [second["id"]]
    content = await world.call("auditor", "GET", f"/v1/archive-documents/{first['id']}/content")
    assert (content.status_code, content.content) == (200, PNG)


async def test_the_file_of_a_case_needs_nobody_who_ticks(world: World) -> None:
    application = await submitted(world)
    case = case_of(application, "certificate")
    begun = await world.get("county_officer", f"{case}/archive")
    await issued(world, case)

    whole = await world.get("county_officer", f"{case}/archive")

    missing = {item["code"] for item in whole["items"] if item["state"] == "missing"}
    assert missing <= {"photo", "identity_card", "household_register"}, "only what nobody has shown"
    assert {"application_form", "evaluation_form", "public_notice", "review", "approval", "decision"} <= {
        item["code"] for item in whole["items"] if item["state"] == "held"
    }
    assert begun["required"] < whole["required"]
    assert states(begun)["decision"] == "later"


async def test_the_work_of_an_association_has_its_list_and_names_nobody(world: World) -> None:
    path = f"/v1/organisations/{ASSOCIATION}/archive"
    filed = {"archive_of": "association", "subject_id": ASSOCIATION, "item": "work_plan", "origin": "made_here"}
    await a_filed_document(world, **filed, year=2026, received_from=None)

    this, last = [await world.get("auditor", path, year=year) for year in (2026, 2025)]

    assert (states(this)["work_plan"], states(last)["work_plan"]) == ("held", "missing")
    assert (states(this)["roster"], states(this)["commissioner"]) == ("held", "held")
    assert states(last)["summary"] == "missing"
    assert world.citizen["person_id"] not in str(this)


async def test_nobody_files_into_their_own_archive_or_what_no_list_knows(world: World) -> None:
    upload = await uploaded(world, who="commissioner")
    path, body = "/v1/archive-documents", a_document(world.citizen["person_id"], upload_id=upload["id"])

    seen = await world.call("commissioner", "POST", path, json=body | {"item": "visit_photo"})
    year = await world.call("commissioner", "POST", path, json=body | {"year": 2026})
    foreign = await world.call("other_county_officer", "POST", path, json=body)

    assert (seen.status_code, seen.json()["code"]) == (422, "archive_item_unknown")
    assert (year.status_code, year.json()["code"]) == (422, "archive_year_impossible")
    assert (foreign.status_code, foreign.json()["code"]) == (404, "not_found")
