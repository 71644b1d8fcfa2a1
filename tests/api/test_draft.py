"""Save and return over HTTP: a draft belongs to whoever began it, and becomes an application in one step."""

from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from tests.acting import World, open_world
from tests.api.flow import a_new_number, an_application

pytestmark = [pytest.mark.anyio, pytest.mark.database]
PATH = "/v1/application-drafts"


def a_draft(world: World, **changes: Any) -> dict[str, Any]:
    """The whole of an application, as a draft."""
    said = an_application(world)
    said["applicant"]["citizen_number"] = a_new_number()
    said["applicant"]["name"] = "样来客"
    return said | {"region_code": "652301104201"} | changes


def begun(**changes: Any) -> dict[str, Any]:
    """Hardly anything of a draft."""
    least = {
        "package_code": "disability_services",
        "region_code": "652301104201",
        "source_number": f"D-{uuid4().hex[:8]}",
    }
    return least | {"source_number": f"D-{uuid4().hex[:8]}"} | changes


async def started(world: World, who: str = "portal", **changes: Any) -> dict[str, Any]:
    return await world.post(who, PATH, a_draft(world, **changes))


async def saved(world: World, draft: dict[str, Any], said: dict[str, Any], *, who: str = "portal") -> Any:
    left_out = {"package_code", "region_code"}
    body = {name: value for name, value in said.items() if name not in left_out}
    return await world.call(who, "PUT", f"{PATH}/{draft['id']}", json=body, version=f'"{draft["version"]}"')


async def test_hardly_anything_is_enough_to_begin_and_what_is_missing_is_told(world: World) -> None:
    draft = await world.post("portal", PATH, begun())

    assert (draft["status"], draft["answers"], draft["applicant"]) == ("draft", {}, None)
    assert {one["pointer"] for one in draft["missing"]} == {"/applicant", "/items"}
    assert draft["next_action"]


async def test_what_is_missing_of_the_form_is_told_field_by_field(world: World) -> None:
    draft = await world.post("portal", PATH, begun(items=["certificate"], answers={"applied_by": "guardian"}))

    assert {one["pointer"] for one in draft["missing"]} == {
        "/applicant",
        *(f"/answers/{field}" for field in ("business", "guardian_name", "guardian_relation", "phone")),
        "/answers/residence_address",
    }


@pytest.mark.parametrize(
    ("wrong", "status", "code"),
    [
        ({"package_code": "nothing"}, 404, "package_not_found"),
        ({"region_code": "652324"}, 404, "package_not_found"),
        ({"region_code": "999999"}, 404, "region_not_found"),
        ({"items": ["nothing"]}, 422, "item_not_in_package"),
        ({"answers": {"phone": "x"}}, 422, "answers_not_right"),
        ({"answers": {"shoe_size": 43}}, 422, "answers_not_right"),
        ({"source_number": ""}, 422, "invalid_content"),
    ],
)
async def test_what_is_wrong_already_is_refused_already(
    world: World, *, wrong: dict[str, Any], status: int, code: str
) -> None:
    answer = await world.call("portal", "POST", PATH, json=begun(**wrong))

    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_draft_is_found_again_as_it_was_left_with_the_number_masked(world: World) -> None:
    said = a_draft(world)
    draft = await world.post("portal", PATH, said)

    again = await world.call("portal", "GET", f"{PATH}/{draft['id']}")

    assert again.json() == draft
    assert again.headers["ETag"] == '"1"'
    assert again.json()["answers"] == said["answers"]
    assert again.json()["applicant"]["citizen_number"].count("*") == 14
    assert said["applicant"]["citizen_number"] not in again.text


async def test_saving_replaces_what_was_said_and_keeps_the_applicant_who_is_left_out(world: World) -> None:
    draft = await started(world)
    said = a_draft(world, items=["certificate"], answers={"phone": "0994-2222222"}, applicant=None)

    after = (await saved(world, draft, said)).json()
    stale = await saved(world, draft, said)

    assert (after["items"], after["answers"]) == (["certificate"], {"phone": "0994-2222222"})
    assert after["applicant"] == draft["applicant"]
    assert after["version"] == 2
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")


async def test_a_draft_becomes_the_application_of_its_id_and_says_nothing_any_more(
    world: World, superuser: asyncpg.Connection
) -> None:
    draft = await started(world)

    application = await world.step("portal", f"{PATH}/{draft['id']}", "submission")

    assert (application["id"], application["status"]) == (draft["id"], "submitted")
    assert application["source_number"] == draft["source_number"]
    assert await world.get("portal", f"/v1/applications/{draft['id']}")
    left = await world.get("portal", f"{PATH}/{draft['id']}")
    assert (left["status"], left["answers"], left["applicant"]) == ("submitted", {}, None)
    assert await superuser.fetchval("SELECT content_cipher FROM draft WHERE id = $1", draft["id"]) is None
    again = await world.try_step("portal", f"{PATH}/{draft['id']}", "submission")
    assert (again.status_code, again.json()["code"]) == (409, "illegal_transition")


async def test_a_submission_sent_twice_is_submitted_once(world: World) -> None:
    draft = await started(world)
    path = f"{PATH}/{draft['id']}/submission"

    first = await world.call("portal", "POST", path, json={}, version='"1"', key="the-same-key-of-a-draft")
    again = await world.call("portal", "POST", path, json={}, version='"1"', key="the-same-key-of-a-draft")

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content


async def test_a_draft_is_held_to_everything_when_it_is_submitted(world: World) -> None:
    nobody = await world.post("portal", PATH, begun(items=["certificate"]))
    unfinished = await started(world, answers={})

    first = await world.try_step("portal", f"{PATH}/{nobody['id']}", "submission")
    second = await world.try_step("portal", f"{PATH}/{unfinished['id']}", "submission")

    assert (first.status_code, first.json()["code"]) == (422, "draft_incomplete")
    assert [one["pointer"] for one in first.json()["errors"]] == ["/applicant"]
    assert (second.status_code, second.json()["code"]) == (422, "answers_not_right")
    assert {one["pointer"] for one in second.json()["errors"]} == {one["pointer"] for one in unfinished["missing"]}
    assert (await world.get("portal", f"{PATH}/{unfinished['id']}"))["status"] == "draft"


async def test_a_number_that_was_submitted_before_is_refused_when_the_draft_is_submitted(world: World) -> None:
    said = a_draft(world)
    first, second = await world.post("portal", PATH, said), await world.post("portal", PATH, said)
    await world.step("portal", f"{PATH}/{first['id']}", "submission")

    answer = await world.try_step("portal", f"{PATH}/{second['id']}", "submission")

    assert (answer.status_code, answer.json()["code"]) == (409, "already_submitted")


async def test_citizens_need_not_say_who_they_are(world: World) -> None:
    said = a_draft(world, applicant=None)
    draft = await world.post("citizen", PATH, said)

    application = await world.step("citizen", f"{PATH}/{draft['id']}", "submission")

    assert draft["missing"] == []
    assert application["person_id"] == world.citizen["person_id"]


async def test_a_draft_that_is_thrown_away_is_forgotten(world: World, superuser: asyncpg.Connection) -> None:
    draft = await started(world)

    gone = await world.step("portal", f"{PATH}/{draft['id']}", "disposal")

    assert (gone["status"], gone["answers"]) == ("withdrawn", {})
    assert await superuser.fetchval("SELECT content_cipher FROM draft WHERE id = $1", draft["id"]) is None
    assert draft["id"] not in {one["id"] for one in (await world.get("portal", PATH))["items"]}


async def test_nobody_else_learns_of_a_draft_not_even_an_office_of_the_place(world: World) -> None:
    draft = await started(world)

    for who in ("verifying_portal", "citizen", "township_officer", "county_officer"):
        answer = await world.call(who, "GET", f"{PATH}/{draft['id']}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), who
        listed = (await world.get(who, PATH, limit=100))["items"]
        assert draft["id"] not in {one["id"] for one in listed}, who
    elsewhere = await open_world(world.api)
    assert (await elsewhere.call("portal", "GET", f"{PATH}/{draft['id']}")).status_code == 404


async def test_an_officer_at_a_counter_drafts_for_the_own_area_alone(world: World) -> None:
    here = await started(world, "township_officer", channel="counter")
    elsewhere = await world.call("township_officer", "POST", PATH, json=a_draft(world, region_code="652302199201"))

    application = await world.step("township_officer", f"{PATH}/{here['id']}", "submission")

    assert application["assisted_by"] == world.account("township_officer")
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (403, "not_your_function")


async def test_a_draft_is_kept_for_thirty_days_from_the_last_saving(world: World) -> None:
    draft = await started(world)
    await world.advance(days=20)
    after = (await saved(world, draft, a_draft(world, applicant=None))).json()
    await world.advance(days=20)
    still = await world.call("portal", "GET", f"{PATH}/{draft['id']}")
    await world.advance(days=20)

    expired = await world.call("portal", "GET", f"{PATH}/{draft['id']}")
    submitted = await world.call("portal", "POST", f"{PATH}/{draft['id']}/submission", json={}, version='"2"')

    assert after["expires_on"] > draft["expires_on"]
    assert still.status_code == 200
    for answer in (expired, submitted):
        assert (answer.status_code, answer.json()["code"]) == (409, "draft_expired")
    assert (await world.get("portal", PATH))["items"] == []


async def test_what_a_draft_says_is_unreadable_at_rest_and_told_in_no_feed(
    world: World, superuser: asyncpg.Connection
) -> None:
    said = a_draft(world)
    draft = await world.post("portal", PATH, said)

    row = await superuser.fetchrow("SELECT * FROM draft WHERE id = $1", draft["id"])
    assert row
    assert said["applicant"]["citizen_number"].encode() not in row["content_cipher"]
    assert await superuser.fetchval("SELECT count(*) FROM event WHERE subject_id = $1", draft["id"]) == 0


async def test_a_citizen_who_looks_at_the_own_draft_is_written_down(
    world: World, superuser: asyncpg.Connection
) -> None:
    draft = await world.post("citizen", PATH, begun())

    await world.get("citizen", f"{PATH}/{draft['id']}")

    seen = await superuser.fetch(
        "SELECT disclosed FROM access_record WHERE operation = 'get_draft' AND person_ids @> ARRAY[$1::uuid]",
        world.citizen["person_id"],
    )
    assert [row["disclosed"] for row in seen] == [["draft"]]
