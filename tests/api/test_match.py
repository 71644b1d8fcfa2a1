"""Matching over HTTP: what fits a need, why, and why not."""

import pytest

from tests.acting import World
from tests.api.care import a_confirmed_need, assessed, certified

pytestmark = [pytest.mark.anyio, pytest.mark.database]


async def test_every_score_is_taken_apart_in_words(world: World) -> None:
    await certified(world)
    need = await a_confirmed_need(world)

    matches = await world.post("commissioner", "/v1/matches", {"need_id": need["id"], "features": ["lift"]})

    best = matches["ranked"][0]
    assert (best["service"]["code"], best["finding"]) == ("CARE-HOME", "met")
    assert [match["score"] for match in matches["ranked"]] == sorted(
        (match["score"] for match in matches["ranked"]), reverse=True
    )
    said = [reason for match in matches["ranked"] for reason in (*match["reasons_for"], *match["reasons_against"])]
    assert all(reason["text"] and reason["text"] != reason["code"] for reason in said)
    assert any(reason["code"] == "matching.accessibility.lacks" for reason in said)


async def test_who_is_not_entitled_learns_why_and_what_would_change_it(world: World) -> None:
    need = await a_confirmed_need(world)

    matches = await world.post("commissioner", "/v1/matches", {"need_id": need["id"]})

    assert matches["ranked"] == []
    excluded = {one["code"]: one for one in matches["excluded"]}
    assert excluded.keys() == {"CARE-HOME", "CARE-SUNSHINE"}
    assert [remedy["code"] for remedy in excluded["CARE-HOME"]["remedies"]] == [
        "remedy.certificate_in_force",
        "evidence.grade_at_most",
    ]
    assert excluded["CARE-HOME"]["source"]


async def test_what_the_person_prefers_counts(world: World) -> None:
    await certified(world)
    need = await a_confirmed_need(world)
    plain = await world.post("commissioner", "/v1/matches", {"need_id": need["id"]})
    last = plain["ranked"][-1]["service"]["organisation_id"]

    asked = {"need_id": need["id"], "preferred_organisation_ids": [last]}
    preferred = await world.post("commissioner", "/v1/matches", asked)

    scores = {match["service"]["id"]: match["score"] for match in plain["ranked"]}
    changed = {match["service"]["id"]: match["score"] for match in preferred["ranked"]}
    assert changed[plain["ranked"][-1]["service"]["id"]] > scores[plain["ranked"][-1]["service"]["id"]]


async def test_what_only_the_person_can_say_may_be_said(world: World) -> None:
    await certified(world)
    need = await a_confirmed_need(world, "accessible_bathroom")

    unknown = await world.post("commissioner", "/v1/matches", {"need_id": need["id"]})
    said = await world.post("commissioner", "/v1/matches", {"need_id": need["id"], "receiving": {"ACC-HOME": False}})

    assert [match["finding"] for match in unknown["ranked"]] == ["unknown"]
    assert [evidence["code"] for evidence in unknown["ranked"][0]["evidence"]] == ["evidence.not_receiving"]
    assert [match["finding"] for match in said["ranked"]] == ["met"]


async def test_nothing_is_looked_for_before_somebody_confirms_the_need(world: World) -> None:
    need = (await assessed(world))["needs"][0]

    answer = await world.call("commissioner", "POST", "/v1/matches", json={"need_id": need["id"]})

    assert (answer.status_code, answer.json()["code"]) == (409, "need_not_open")


async def test_a_match_is_on_the_record_of_access(world: World) -> None:
    need = await a_confirmed_need(world)
    await world.post("commissioner", "/v1/matches", {"need_id": need["id"]})

    seen = await world.get("citizen", "/v1/access-records", person_id=world.citizen["person_id"])

    assert "match_services" in {record["operation"] for record in seen["items"]}
