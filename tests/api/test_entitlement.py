"""Explanations of entitlement over HTTP: the whole catalogue, with reasons in the reader's words."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.acting import World
from tests.api.care import certified

pytestmark = [pytest.mark.anyio, pytest.mark.database]


async def test_a_person_learns_of_every_service_whether_it_is_due_and_why(world: World) -> None:
    await certified(world)
    asked = {"person_id": world.citizen["person_id"], "receiving": {"ACC-HOME": True}}

    told = await world.post("citizen", "/v1/entitlements", asked)

    services = {one["service"]["code"]: one for one in told["services"]}
    findings = [one["finding"] for one in told["services"]]
    assert len(services) == len(told["services"]) > 20
    assert findings == sorted(findings, key=["met", "unknown", "not_met"].index)
    assert all(one["source"] and one["rule_versions"] and one["service"]["text"] for one in services.values())
    assert services["SUB-LIVING"]["amount"]["least_fen"] == 14000
    (kept,) = [one for one in services["ACC-HOME"]["remedies"] if one["code"] == "remedy.not_receiving"]
    assert "ACC-HOME" not in kept["text"]
    seen = await world.get("citizen", "/v1/access-records", person_id=world.citizen["person_id"])
    assert "explain_entitlements" in {record["operation"] for record in seen["items"]}


async def test_without_a_certificate_the_way_to_one_is_told_and_no_grade_to_change(world: World) -> None:
    told = await world.post("commissioner", "/v1/entitlements", {"person_id": world.citizen["person_id"]})

    services = {one["service"]["code"]: one for one in told["services"]}
    nursing = {remedy["code"] for remedy in services["SUB-NURSING"]["remedies"]}
    assert nursing >= {"remedy.certificate_in_force", "evidence.grade_at_most"}
    assert {remedy["code"] for one in services.values() for remedy in one["remedies"]}.isdisjoint(
        {"remedy.grade_at_most", "remedy.category_in", "remedy.age_between"}
    )


async def test_nobody_asks_about_a_neighbour(world: World) -> None:
    other = world.opened["guardian"]["person_id"]

    answer = await world.call("citizen", "POST", "/v1/entitlements", json={"person_id": other})

    assert answer.status_code == 404


async def test_a_place_learns_in_figures_what_is_due_and_small_figures_are_not_shown(world: World) -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    await world.post("portal", "/v1/sandbox/clock/advance", {"to": tomorrow.isoformat()})

    told = await world.get("county_officer", "/v1/reports/entitlements")

    assert told["region_code"] == "652301"
    assert len(told["rows"]) > 20
    assert {row["found"] for row in told["rows"]} == {None}


async def test_figures_of_another_area_are_refused(world: World) -> None:
    elsewhere = {"region": "652302"}

    refused = await world.call("county_officer", "GET", "/v1/reports/entitlements", params=elsewhere)

    assert (refused.status_code, refused.json()["code"]) == (403, "area_not_yours")
