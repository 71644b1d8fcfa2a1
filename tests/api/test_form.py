"""The form over HTTP: for nobody, for the person, for an officer, for a portal; each sees what is theirs to see."""

from random import Random
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from jsonschema import Draft202012Validator

from tests.acting import World
from tests.api.flow import ITEMS, a_new_number, an_application, case_of, issued, submitted

pytestmark = [pytest.mark.anyio, pytest.mark.database]
PATH = "/v1/packages/disability_services/form"
SUBSIDY = ["living_subsidy"]


async def form_for(world: World, who: str, **asked: Any) -> dict[str, Any]:
    return await world.post(who, PATH, {"items": SUBSIDY} | asked)


async def registered(world: World) -> str:
    """Somebody of the village who is on record with a telephone, and has applied for nothing."""
    person = await world.post(
        "township_officer",
        "/v1/persons",
        {
            "name": "样来客",
            "citizen_number": a_new_number(),
            "region_code": "652301104201",
            "phone": "0994-1111111",
        },
    )
    return str(person["id"])


async def test_the_form_of_nobody_is_a_schema_that_says_what_is_held_and_what_is_promised(world: World) -> None:
    asked = {"item": ["nursing_subsidy", "certificate"], "region": "652301"}

    form = await world.get("portal", PATH, **asked)

    Draft202012Validator.check_schema(form["form"])
    assert form["items"] == ["certificate", "nursing_subsidy"]
    assert form["package_version"].endswith("#2")
    assert set(form["held"]) == {
        code for code, shape in form["form"]["properties"].items() if shape.get("readOnly", False)
    }
    assert form["values"] == {}
    assert form["promised_until"] > "2026"
    assert {one["code"]: one["necessity"] for one in form["documents"]} == {
        "identity_card": "needed",
        "household_register": "needed",
        "photo": "unknown",
        "guardian_proof": "unknown",
        "residence_permit": "unknown",
        "old_certificate": "unknown",
        "certificate_record": "needed",
    }
    assert [one["code"] for one in form["documents"] if one["is_asked"]] == [
        "photo",
        "guardian_proof",
        "old_certificate",
    ]


@pytest.mark.parametrize(("place", "size"), [("652301", 5), ("652302", 3), ("652323", 12)])
async def test_any_choice_of_items_has_the_union_of_their_forms_and_documents(
    world: World, *, place: str, size: int
) -> None:
    offered = [item["code"] for item in (await world.get("portal", PATH.removesuffix("/form"), region=place))["items"]]
    alone = {item: await world.get("portal", PATH, item=item, region=place) for item in offered}
    chance = Random(size)

    for chosen in [chance.sample(offered, chance.randint(1, size)) for _ in range(8)]:
        form = await world.get("portal", PATH, item=chosen, region=place)

        parts = [alone[item] for item in chosen]
        assert set(form["items"]) == set(chosen)
        assert form["form"]["properties"].keys() == set().union(*(part["form"]["properties"] for part in parts))
        assert set(form["form"]["required"]) == set().union(*(part["form"]["required"] for part in parts))
        named = {one["code"] for part in parts for one in part["documents"]}
        assert sorted(one["code"] for one in form["documents"]) == sorted(named)
        assert form["promised_until"] >= max(part["promised_until"] for part in parts)


async def test_the_form_has_words_in_the_callers_language_and_is_known_by_its_tag(world: World) -> None:
    asked: dict[str, Any] = {"params": {"region": "652301", "on": "2026-11-26"}}

    chinese = await world.call("portal", "GET", PATH, headers={"Accept-Language": "zh-CN"}, **asked)
    tag = {"If-None-Match": chinese.headers["ETag"], "Accept-Language": "zh-CN"}
    again = await world.call("portal", "GET", PATH, headers=tag, **asked)

    assert chinese.json()["form"]["properties"]["phone"]["title"] == "联系电话"
    assert again.status_code == 304


async def test_citizens_see_what_is_held_of_them_and_need_not_name_themselves(world: World) -> None:
    form = await form_for(world, "citizen")

    assert form["values"]["economic_status"] == "subsistence_allowance"
    assert form["values"]["economic_status"] in {
        option["const"] for option in form["form"]["properties"]["economic_status"]["oneOf"]
    }
    assert "certificate_number" not in form["values"]
    assert {one["code"]: one["necessity"] for one in form["documents"]}["certificate_record"] == "needed"


async def test_what_an_issued_certificate_says_is_shown_and_not_asked(world: World) -> None:
    application = await submitted(world)
    await issued(world, case_of(application, "certificate"))

    form = await form_for(world, "citizen", items=["nursing_subsidy"])

    assert form["values"]["grade"] == 1
    assert form["values"]["category"] == "physical"
    assert form["values"]["certificate_number"].startswith(world.citizen["citizen_number"])
    assert {"grade", "category", "certificate_number"} <= set(form["held"])


async def test_values_shown_are_answers_that_the_form_takes(world: World) -> None:
    person = await registered(world)

    form = await form_for(world, "township_officer", person_id=person, items=["certificate"])

    assert form["values"]["phone"] == "0994-1111111"
    answers = form["values"] | {"business": "new", "applied_by": "self", "residence_address": "红柳示例村 1 号"}
    assert Draft202012Validator(form["form"]).is_valid(answers)


async def test_answers_so_far_tell_which_documents_are_needed(world: World) -> None:
    asked = {"items": ["certificate"], "region_code": "652301104201"}

    new = await world.post("portal", PATH, asked | {"answers": {"business": "new"}})
    renewal = await world.post("portal", PATH, asked | {"answers": {"business": "renewal"}})

    assert [
        next(one["necessity"] for one in form["documents"] if one["code"] == "old_certificate")
        for form in (new, renewal)
    ] == ["not_needed", "needed"]


async def test_a_document_on_record_is_held_and_not_asked_for_again(world: World) -> None:
    before = await form_for(world, "citizen", items=["certificate"])
    seen = {"kind": "photo", "origin": "counter", "person_id": world.citizen["person_id"]}
    await world.post("township_officer", "/v1/evidence", seen)

    after = await form_for(world, "citizen", items=["certificate"])

    photos = [next(one for one in form["documents"] if one["code"] == "photo") for form in (before, after)]
    assert [(photo["is_held"], photo["is_asked"]) for photo in photos] == [(False, True), (True, False)]


async def test_who_saw_what_of_whom_is_written_down(world: World, superuser: asyncpg.Connection) -> None:
    person = await registered(world)

    await form_for(world, "township_officer", person_id=person)
    await form_for(world, "township_officer", region_code="652301")

    disclosed = await superuser.fetch(
        "SELECT disclosed FROM access_record WHERE operation = 'prefill_form' AND person_ids @> ARRAY[$1::uuid]", person
    )
    assert [row["disclosed"] for row in disclosed] == [["contacts", "preferences", "economic_status", "certificate"]]


async def test_a_portal_learns_of_a_person_only_what_it_has_sent_itself(world: World) -> None:
    person = await registered(world)
    nobody = await world.call("portal", "POST", PATH, json={"person_id": str(uuid4()), "items": SUBSIDY})
    before = await world.call("portal", "POST", PATH, json={"person_id": person, "items": SUBSIDY})
    application = await submitted(world)

    own = await form_for(world, "portal", person_id=application["person_id"])
    others = await world.call("verifying_portal", "POST", PATH, json={"person_id": application["person_id"]})

    assert own["values"] == {"phone": "0994-0000000", "residence_address": "红柳示例村 1 号"}
    assert "economic_status" in own["held"]
    refusals = [(one.status_code, one.json()["code"], one.json()["detail"]) for one in (before, nobody, others)]
    assert refusals[0][:2] == (404, "not_found")
    assert len(set(refusals)) == 1


async def test_a_citizen_learns_nothing_of_somebody_else(world: World) -> None:
    answer = await world.call("citizen", "POST", PATH, json={"person_id": await registered(world), "items": SUBSIDY})

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_an_officer_of_another_county_learns_nothing(world: World) -> None:
    asked = {"person_id": world.citizen["person_id"], "items": SUBSIDY}

    answer = await world.call("fukang_township_officer", "POST", PATH, json=asked)

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_the_package_is_that_of_the_persons_place_whatever_place_is_named(world: World) -> None:
    form = await form_for(world, "citizen", region_code="652323", items=[])

    assert (form["region_code"], len(form["items"])) == ("652301", 5)


async def test_what_the_form_promises_is_what_the_submission_promises(world: World) -> None:
    form = await form_for(world, "citizen", items=list(ITEMS))

    application = await world.post("portal", "/v1/applications", an_application(world))

    assert application["promised_until"] == form["promised_until"]


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"items": ["nothing"], "region_code": "652301"}, 422, "item_not_in_package"),
        ({"items": SUBSIDY}, 422, "region_needed"),
        ({"items": SUBSIDY, "region_code": "652324"}, 404, "package_not_found"),
        ({"items": SUBSIDY, "region_code": "999999"}, 404, "region_not_found"),
        ({"items": SUBSIDY, "region_code": "652301", "shoe_size": 43}, 422, "invalid_content"),
        ({"items": SUBSIDY, "region_code": "652301", "answers": {"phone": "x"}}, 422, "answers_not_right"),
        ({"items": SUBSIDY, "region_code": "652301", "answers": {"conditions": ["x"]}}, 422, "answers_not_right"),
    ],
)
async def test_what_cannot_be_asked_is_a_clear_problem(
    world: World, *, asked: dict[str, Any], status: int, code: str
) -> None:
    answer = await world.call("portal", "POST", PATH, json=asked)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
