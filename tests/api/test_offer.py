"""政策找人, over HTTP: the rules find, an officer sends, the person takes or leaves it; nobody is enrolled silently."""

from typing import Any

import asyncpg
import pytest
from fastapi import FastAPI

from tests.acting import World
from tests.api.flow import submitted
from tests.working import certified

pytestmark = [pytest.mark.anyio, pytest.mark.database]

HELP = {"applied_by": "self", "phone": "0994-0000000"}
STATUS = "UPDATE economic_status SET status = $2, source = 'authority' WHERE person_id = $1"
MADE = "SELECT count(*) FROM offer WHERE person_id = $1"


@pytest.fixture
async def entitled(world: World, app: FastAPI, superuser: asyncpg.Connection) -> World:
    """A citizen with a certificate in force whose household receives the allowance, and who has asked for nothing."""
    await certified(app.state.database, world)
    await superuser.execute(STATUS, world.citizen["person_id"], "subsistence_allowance")
    await world.advance(days=1)
    return world


async def offers(world: World, who: str, **asked: Any) -> dict[str, dict[str, Any]]:
    person = {} if who in {"citizen", "guardian"} else {"person_id": world.citizen["person_id"]}
    return {one["item"]: one for one in (await world.get(who, "/v1/offers", **person, **asked))["items"]}


async def sent(world: World, item: str = "living_subsidy") -> dict[str, Any]:
    offer = (await offers(world, "county_officer", stage="made"))[item]
    return await world.step("county_officer", f"/v1/offers/{offer['id']}", "sending")


async def test_an_office_is_shown_what_is_due_and_why_and_the_person_is_not_until_it_is_sent(entitled: World) -> None:
    found = await offers(entitled, "township_officer", stage="made")

    assert {"living_subsidy", "pension_premium"} <= {*found}
    living = found["living_subsidy"]
    assert any(reason["finding"] == "met" and reason["source"] for reason in living["reasons"])
    assert living["rule_versions"]
    assert await offers(entitled, "citizen") == {}
    assert (await entitled.call("citizen", "GET", f"/v1/offers/{living['id']}")).status_code == 404

    await entitled.step("township_officer", f"/v1/offers/{living['id']}", "sending")

    shown = (await offers(entitled, "citizen"))["living_subsidy"]
    assert (shown["stage"], shown["still_due"]) == ("sent", None)
    allowed = {action["action"] for action in shown["actions"] if action["allowed"]}
    assert allowed == {"accept", "decline"}


async def test_accepting_begins_an_ordinary_draft_with_what_is_held_and_nothing_more(
    entitled: World, superuser: asyncpg.Connection
) -> None:
    offer = await sent(entitled)

    accepted = await entitled.step("citizen", f"/v1/offers/{offer['id']}", "acceptance", {"channel": "portal"})

    draft = await entitled.get("citizen", accepted["draft_path"])
    assert draft["items"] == ["living_subsidy"]
    count = "SELECT count(*) FROM application WHERE person_id = $1"
    assert await superuser.fetchval(count, entitled.citizen["person_id"]) == 0
    said = {
        "items": ["living_subsidy"],
        "source_number": draft["source_number"],
        "channel": "portal",
        "answers": {**HELP, "residence_address": "红柳示例村 1 号"},
    }
    saved = await entitled.call("citizen", "PUT", accepted["draft_path"], json=said, version='"1"')
    assert saved.status_code == 200, saved.text
    application = await entitled.step("citizen", accepted["draft_path"], "submission")
    assert [item["code"] for item in application["items"]] == ["living_subsidy"]
    story = await entitled.get("citizen", f"/v1/applications/{application['id']}/events")
    assert story["items"][0]["name"] == "application.submitted"


async def test_an_officer_takes_the_word_down_and_says_whose_and_by_which_way(entitled: World) -> None:
    offer = await sent(entitled)
    path = f"/v1/offers/{offer['id']}"

    silent = await entitled.try_step("township_officer", path, "acceptance", {"channel": "phone"})
    told = await entitled.step("township_officer", path, "acceptance", {"channel": "phone", "said_by": "person"})

    assert (silent.status_code, silent.json()["code"]) == (422, "word_missing")
    draft = await entitled.get("township_officer", told["draft_path"])
    assert (draft["channel"], draft["applicant"]["name"]) == ("phone", entitled.citizen["name"])
    assert (await entitled.call("citizen", "GET", told["draft_path"])).status_code == 404


async def test_what_is_declined_is_remembered_and_not_offered_again(entitled: World) -> None:
    offer = await sent(entitled)
    said = {"reason": "not_now", "words": "以后再说"}

    declined = await entitled.step("citizen", f"/v1/offers/{offer['id']}", "decline", said)
    await entitled.advance(days=3)

    assert (declined["stage"], declined["decline_reason"], declined["words"]) == ("declined", "not_now", "以后再说")
    assert "living_subsidy" not in await offers(entitled, "county_officer", stage="made")


async def test_it_is_offered_again_after_the_interval(entitled: World) -> None:
    offer = await sent(entitled, "pension_premium")
    await entitled.step("citizen", f"/v1/offers/{offer['id']}", "decline")

    await entitled.advance(days=364)
    assert "pension_premium" not in await offers(entitled, "county_officer", stage="made")
    await entitled.advance(days=2)

    assert "pension_premium" in await offers(entitled, "county_officer", stage="made")


async def test_the_rules_asked_again_make_nothing_twice(entitled: World, superuser: asyncpg.Connection) -> None:
    before = await superuser.fetchval(MADE, entitled.citizen["person_id"])

    await entitled.advance(days=1)
    await entitled.advance(days=1)

    assert before > 0
    assert await superuser.fetchval(MADE, entitled.citizen["person_id"]) == before


async def test_what_has_changed_is_not_sent_and_is_taken_back(entitled: World, superuser: asyncpg.Connection) -> None:
    offer = (await offers(entitled, "county_officer", stage="made"))["living_subsidy"]
    await superuser.execute(STATUS, entitled.citizen["person_id"], "ordinary")
    path = f"/v1/offers/{offer['id']}"

    refused = await entitled.try_step("county_officer", path, "sending")
    read = await entitled.get("county_officer", path)
    withdrawn = await entitled.step("county_officer", path, "withdrawal", {"text": "低保已停发"})

    assert (refused.status_code, refused.json()["code"]) == (409, "offer_outdated")
    assert read["still_due"] is False
    assert (withdrawn["stage"], withdrawn["words"]) == ("withdrawn", "低保已停发")


async def test_what_was_asked_for_meanwhile_is_not_sent(entitled: World) -> None:
    offer = (await offers(entitled, "county_officer", stage="made"))["pension_premium"]
    await submitted(entitled, items=("pension_premium",), answers=HELP)

    refused = await entitled.try_step("county_officer", f"/v1/offers/{offer['id']}", "sending")

    assert refused.json()["code"] == "offer_outdated"


async def test_an_offer_that_nobody_takes_up_runs_out(entitled: World) -> None:
    offer = await sent(entitled)

    await entitled.advance(days=61)

    read = await entitled.get("citizen", f"/v1/offers/{offer['id']}")
    assert read["stage"] == "expired"
    late = await entitled.try_step("citizen", f"/v1/offers/{offer['id']}", "acceptance")
    assert (late.status_code, late.json()["code"]) == (409, "illegal_transition")


async def test_a_guardian_answers_for_the_ward(entitled: World) -> None:
    offer = await sent(entitled)
    path, guardian = f"/v1/persons/{entitled.citizen['person_id']}/guardianships", entitled.opened["guardian"]
    today = (await entitled.get("portal", "/v1/sandbox/clock"))["today"]
    recorded = {"guardian_id": guardian["person_id"], "acting": "guardian", "proof": "counter", "valid_from": today}
    version = (await entitled.call("township_officer", "GET", path)).headers["ETag"]
    await entitled.post("township_officer", path, recorded, version=version)

    accepted = await entitled.step("guardian", f"/v1/offers/{offer['id']}", "acceptance")

    draft = await entitled.get("guardian", accepted["draft_path"])
    assert draft["applicant"]["name"] == entitled.citizen["name"]


@pytest.mark.parametrize(
    ("who", "status"),
    [("other_county_officer", 404), ("portal", 403), ("auditor", 403), ("evaluator", 403), ("provider", 403)],
)
async def test_others_are_not_told(entitled: World, *, who: str, status: int) -> None:
    offer = await sent(entitled)

    assert (await entitled.call(who, "GET", f"/v1/offers/{offer['id']}")).status_code == status
    assert (await entitled.try_step(who, f"/v1/offers/{offer['id']}", "decline")).status_code == status


async def test_another_citizen_and_a_commissioner_do_not_send(entitled: World) -> None:
    offer = (await offers(entitled, "county_officer", stage="made"))["living_subsidy"]

    for who in ("guardian", "commissioner"):
        assert (await entitled.try_step(who, f"/v1/offers/{offer['id']}", "sending")).status_code in {403, 404}


async def test_that_it_was_shown_is_written_down(entitled: World, superuser: asyncpg.Connection) -> None:
    await offers(entitled, "county_officer", stage="made")

    shown = await superuser.fetchval(
        "SELECT disclosed FROM access_record WHERE person_ids @> ARRAY[$1::uuid] ORDER BY position DESC LIMIT 1",
        entitled.citizen["person_id"],
    )

    assert {"offer", "economic_status"} <= {*shown}
