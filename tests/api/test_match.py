"""Matching over HTTP: what fits a need, why, and why not."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest

from tests.acting import World
from tests.api.care import a_confirmed_need, accepted, assessed, certified, delivered, referred

pytestmark = [pytest.mark.anyio, pytest.mark.database]


def quality_of(match: dict[str, Any]) -> str:
    """What is said of how the service is rated."""
    (aspect,) = [aspect for aspect in match["aspects"] if aspect["criterion"] == "quality"]
    code: str = aspect["reason"]["code"]
    return code


def waiting_of(match: dict[str, Any]) -> dict[str, Any]:
    """What is said of how long one waits."""
    (aspect,) = [aspect for aspect in match["aspects"] if aspect["criterion"] == "waiting"]
    return dict(aspect)


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


async def test_a_service_that_has_changed_is_compared_as_it_stands_now(
    world: World, superuser: asyncpg.Connection
) -> None:
    await certified(world)
    need = await a_confirmed_need(world)
    before = (await world.post("commissioner", "/v1/matches", {"need_id": need["id"]}))["ranked"][0]
    service = UUID(before["service"]["id"])
    kept = await superuser.fetchrow("SELECT detail, version FROM service WHERE id = $1", service)
    await superuser.execute(
        "UPDATE service SET version = version + 1, detail = detail || jsonb_build_object("
        "'waiting_days', 90, 'version', version + 1) WHERE id = $1",
        service,
    )

    matches = await world.post("commissioner", "/v1/matches", {"need_id": need["id"]})
    await superuser.execute("UPDATE service SET detail = $2, version = $3 WHERE id = $1", service, *kept)

    after = next(one for one in matches["ranked"] if one["service"]["id"] == str(service))
    assert waiting_of(before)["points"] > waiting_of(after)["points"]
    assert "90" in waiting_of(after)["reason"]["text"]


async def test_ratings_are_summed_up_and_told_once_they_are_enough(world: World, superuser: asyncpg.Connection) -> None:
    await certified(world)
    need = await a_confirmed_need(world)
    best = (await world.post("commissioner", "/v1/matches", {"need_id": need["id"]}))["ranked"][0]
    service, client = best["service"], UUID(world.opened["client_id"])
    clock = await superuser.fetchval("SELECT clock_id FROM client WHERE id = $1", client)
    await superuser.execute("INSERT INTO service_rating VALUES ($1, $2, 5, 23)", UUID(service["id"]), clock)

    rated = (await world.post("commissioner", "/v1/matches", {"need_id": need["id"]}))["ranked"][0]
    referral = await delivered(world, await accepted(world, await referred(world, need, service)))
    await world.step("citizen", f"/v1/referrals/{referral['id']}", "confirmation", {"satisfaction": 4})

    assert (quality_of(best), quality_of(rated)) == ("matching.quality.unknown", "matching.quality.rated")
    sums = await superuser.fetch("SELECT count, total FROM service_rating WHERE clock_id = $1", clock)
    assert [tuple(row) for row in sums] == [(6, 27)]


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
