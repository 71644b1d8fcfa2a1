"""The register of access over HTTP: the person and the auditor of the area read who has seen what."""

import pytest

from tests.acting import World, open_world
from tests.api.flow import case_of, submitted

pytestmark = [pytest.mark.anyio, pytest.mark.database]
PATH = "/v1/access-records"


async def test_the_person_reads_who_looked_for_whom_and_at_what(world: World) -> None:
    person = world.citizen["person_id"]
    await world.get("county_officer", f"/v1/persons/{person}")
    await world.get("auditor", f"/v1/persons/{person}")

    latest, before = (await world.get("citizen", PATH, person_id=person))["items"]

    assert latest["disclosed"] == ["name", "residence"]
    assert before["operation"] == "get_person"
    assert before["actor_id"] == world.account("county_officer")
    assert [one["name_en"] for one in before["organisations"]] == ["Changji disabled persons' federation (sandbox)"]
    assert "economic_status" in before["disclosed"]


async def test_that_the_register_was_read_is_in_the_register(world: World) -> None:
    person = world.citizen["person_id"]
    await world.get("auditor", PATH, person_id=person)

    records = (await world.get("citizen", PATH, person_id=person))["items"]

    assert [(one["operation"], one["actor_id"]) for one in records] == [
        ("list_access_records", world.account("auditor"))
    ]


async def test_a_search_that_found_somebody_is_in_the_register_of_that_person(world: World) -> None:
    person = world.citizen["person_id"]
    await world.post("commissioner", "/v1/person-searches", {"citizen_number": world.citizen["citizen_number"]})

    records = (await world.get("auditor", PATH, person_id=person))["items"]

    assert [one["operation"] for one in records] == ["search_persons"]


async def test_pages_go_back_in_time_without_a_gap(world: World) -> None:
    person = world.citizen["person_id"]
    for _ in range(5):
        await world.get("county_officer", f"/v1/persons/{person}")
    first = await world.get("auditor", PATH, person_id=person, limit=3)

    second = await world.get("auditor", PATH, person_id=person, limit=3, cursor=first["next_cursor"])

    instants = [one["at"] for one in first["items"] + second["items"]]
    assert len(instants) == 5
    assert instants == sorted(instants, reverse=True)
    assert second["next_cursor"] is None


async def test_nobody_reads_the_register_about_others(world: World) -> None:
    other = await open_world(world.api)
    person = world.citizen["person_id"]

    answer = await other.call("citizen", "GET", PATH, params={"person_id": person})

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("who", ["county_officer", "portal", "provider", "admin"])
async def test_others_than_the_person_and_the_auditor_do_not_read_it(world: World, who: str) -> None:
    answer = await world.call(who, "GET", PATH, params={"person_id": world.citizen["person_id"]})

    assert answer.status_code == 403


async def test_a_cursor_of_another_list_is_refused(world: World) -> None:
    regions = {"person_id": world.citizen["person_id"], "cursor": "_____________________w"}

    answer = await world.call("citizen", "GET", PATH, params=regions)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_cursor")


async def test_whoever_takes_a_step_is_shown_the_case_and_is_written_down(world: World) -> None:
    application = await submitted(world)
    await world.step("township_officer", case_of(application, "certificate"), "acceptance")
    await world.step("portal", f"/v1/applications/{application['id']}", "withdrawal")

    found = await world.get("auditor", "/v1/access-records", person_id=world.citizen["person_id"])

    shown = [(record["operation"], record["disclosed"]) for record in found["items"]]
    assert ("accept_certificate_case", ["certificate_case", "preferences"]) in shown
    assert ("withdraw_application", ["application"]) in shown
