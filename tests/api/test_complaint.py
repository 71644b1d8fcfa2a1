"""Complaints over HTTP: who reads one, and how little of it the provider does."""

import pytest

from app.sandbox.authority import sandbox_id
from tests.acting import World
from tests.api.care import accepted
from tests.api.complaints import COMPLAINED, a_complaint, asked_about
from tests.api.test_referral import an_offer

pytestmark = [pytest.mark.anyio, pytest.mark.database]


async def test_the_provider_reads_a_question_and_neither_the_complaint_nor_whose_it_is(world: World) -> None:
    referral = await accepted(world, await an_offer(world))
    complaint = await asked_about(world, await a_complaint(world, referral))
    path = f"/v1/complaints/{complaint['id']}"

    listed = await world.get("provider", "/v1/complaint-questions", stage="asked", limit=100)
    shown = next(one for one in listed["items"] if one["id"] == complaint["question"]["id"])
    events = await world.call("provider", "GET", "/v1/events", params={"limit": 100})
    read = await world.call("provider", "GET", path)

    assert read.status_code == 403
    assert {referral["id"], world.citizen["person_id"], complaint["id"]}.isdisjoint(map(str, shown.values()))
    assert complaint["id"] not in events.text
    assert (await world.call("other_provider", "GET", f"/v1/complaint-questions/{shown['id']}")).status_code == 404


async def test_the_county_hears_the_provider_and_the_person_reads_the_answer(world: World) -> None:
    referral = await accepted(world, await an_offer(world))
    complaint = await asked_about(world, await a_complaint(world, referral))
    path = f"/v1/complaints/{complaint['id']}"
    question = f"/v1/complaint-questions/{complaint['question']['id']}"
    found = {"outcome": "upheld", "text": "属实，已责令补足时长。"}

    early = await world.try_step("county_officer", path, "closure", found)
    await world.step("provider", question, "answer", {"text": "当天人手不足。"})
    await world.step("county_officer", path, "closure", found)
    told = await world.get("citizen", path)

    assert (early.status_code, early.json()["code"]) == (409, "provider_not_heard")
    assert (told["stage"], told["answer"]["text"]) == ("closed", "属实，已责令补足时长。")
    assert told["question"] is None


async def test_a_commissioner_complains_on_somebodys_word_and_follows_it_while_the_village_does_not(
    world: World,
) -> None:
    referral = await accepted(world, await an_offer(world))
    asked = COMPLAINED | {"said_by": "person"}

    wordless = await world.call("commissioner", "POST", f"/v1/referrals/{referral['id']}/complaints", json=COMPLAINED)
    complaint = await world.post("commissioner", f"/v1/referrals/{referral['id']}/complaints", asked)
    path = f"/v1/complaints/{complaint['id']}"

    assert (wordless.status_code, wordless.json()["code"]) == (422, "word_missing")
    assert (await world.get("commissioner", path))["said_by"] == "person"
    assert (await world.call("township_officer", "GET", path)).status_code == 404
    assert (await world.get("citizen", path))["is_anonymous"] is True


async def test_what_nobody_takes_in_rises_to_the_level_above_which_sees_to_it_too(world: World) -> None:
    referral = await accepted(world, await an_offer(world))
    complaint = await a_complaint(world, referral)
    path = f"/v1/complaints/{complaint['id']}"
    await world.advance(days=9)

    risen = await world.get("citizen", path)
    above = await world.get("prefecture_officer", path)
    await world.advance(days=1)
    again = await world.get("citizen", path)
    received = await world.step("prefecture_officer", path, "receipt")
    events = await world.get("county_officer", "/v1/events", name="complaint.rose", limit=100)

    assert (complaint["rose_on"], risen["stage"], risen["is_overdue"]) == (None, "filed", False)
    assert risen["act_by"] > risen["rose_on"]
    assert above["rose_to"] == str(sandbox_id("organisation", "prefecture_federation"))
    assert (again["rose_on"], again["version"]) == (risen["rose_on"], risen["version"])
    assert received["stage"] == "received"
    assert [one for one in events["items"] if one["facts"]["complaint_id"] == complaint["id"]]
    assert (await world.call("other_county_officer", "GET", path)).status_code == 404
