"""Evidence over HTTP: asked for once, used everywhere, refused where the person wishes."""

from typing import Any

import pytest

from tests.acting import World, open_world
from tests.api.flow import an_application, case_of, issued, submitted

pytestmark = [pytest.mark.anyio, pytest.mark.database]

FIVE = ("certificate", "living_subsidy", "nursing_subsidy", "employment_help", "pension_premium")


async def asked_for(
    world: World, application: dict[str, Any], who: str = "county_officer"
) -> dict[str, dict[str, Any]]:
    """What an application needs to be shown, by kind."""
    shown = await world.get(who, f"/v1/applications/{application['id']}/evidence")
    assert len({item["kind"] for item in shown["items"]}) == len(shown["items"])
    return {item["kind"]: item for item in shown["items"]}


async def brought(  # noqa: PLR0917 - it reads as a sentence: who, what, how
    world: World, who: str, kind: str, origin: str, **more: Any
) -> dict[str, Any]:
    """Evidence that somebody brings."""
    return await world.post(who, "/v1/evidence", {"kind": kind, "origin": origin, **more})


async def refused(world: World, who: str, request: dict[str, Any]) -> dict[str, Any]:
    """A request that the person has refused."""
    return await world.step(who, f"/v1/evidence-requests/{request['id']}", "refusal")


async def test_an_application_asks_for_each_thing_once_however_many_items_need_it(world: World) -> None:
    asked = await asked_for(world, await submitted(world, items=FIVE))

    assert asked.keys() == {
        *("identity_card", "household_register", "photo", "subsistence_allowance_record"),
        *("certificate_record", "insurance_record"),
    }
    assert asked["identity_card"]["items"] == list(FIVE)
    assert {kind: request["missing"]["code"] for kind, request in asked.items()} == {
        "identity_card": "not_fetched",
        "household_register": "not_fetched",
        "photo": "not_shown",
        "subsistence_allowance_record": "not_fetched",
        "certificate_record": "not_given_yet",
        "insurance_record": "not_fetched",
    }


async def test_whoever_reads_a_request_learns_who_gets_to_see_what_is_given(world: World) -> None:
    asked = await asked_for(world, await submitted(world), who="citizen")

    assert len(asked["photo"]["shared_with"]) == 1
    assert len(asked["identity_card"]["shared_with"]) == 2
    assert asked["photo"]["actions"][0]["allowed"]


async def test_a_guardians_proof_is_asked_for_where_the_declared_category_needs_one(world: World) -> None:
    application = an_application(world)
    application["answers"]["conditions"] = ["intellectual"]

    asked = await asked_for(world, await world.post("portal", "/v1/applications", application))

    assert asked["guardian_proof"]["items"] == ["certificate"]


async def test_what_a_portal_brings_settles_the_request_and_is_checked_by_an_officer_later(world: World) -> None:
    application = await submitted(world)

    evidence = await brought(world, "portal", "photo", "declaration", application_id=application["id"])

    assert evidence["assurance"] == "declared"
    assert (await asked_for(world, application))["photo"]["missing"]["code"] == "to_be_checked"
    seen = await brought(world, "township_officer", "photo", "counter", application_id=application["id"])
    assert len(seen["settled"]) == 1
    assert (await asked_for(world, application))["photo"]["stage"] == "fulfilled"


async def test_what_is_held_is_not_asked_for_again_and_is_named(world: World) -> None:
    application = await submitted(world, items=("certificate",), answers=the_answers(world))
    held = await brought(world, "township_officer", "identity_card", "register", application_id=application["id"])

    answer = await world.call(
        "county_officer",
        "POST",
        "/v1/evidence-requests",
        json={
            "application_id": application["id"],
            "kind": "identity_card",
            "items": ["certificate"],
            "text": "请出示身份证。",
        },
        headers={"Accept-Language": "zh-CN"},
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "evidence_already_held")
    assert held["id"] in answer.json()["errors"][0]["detail"]


async def test_what_is_held_settles_the_next_application_at_once(world: World) -> None:
    first = await submitted(world, items=("certificate",), answers=the_answers(world))
    card = await brought(world, "township_officer", "identity_card", "counter", application_id=first["id"])
    photo = await brought(world, "township_officer", "photo", "counter", application_id=first["id"])
    await world.step("portal", f"/v1/applications/{first['id']}", "withdrawal")

    second = await asked_for(world, await submitted(world))

    assert second["identity_card"]["evidence"]["id"] == card["id"]
    assert second["photo"]["evidence"]["id"] == photo["id"]
    assert {second[kind]["stage"] for kind in ("identity_card", "photo")} == {"fulfilled"}
    assert second["household_register"]["stage"] == "open"
    assert {one["stage"] for one in (await asked_for(world, first)).values()} == {"fulfilled", "cancelled"}


async def test_an_issued_certificate_shows_itself_wherever_it_is_asked_for(world: World) -> None:
    application = await submitted(world)

    await issued(world, case_of(application, "certificate"))

    record = (await asked_for(world, application))["certificate_record"]
    assert record["stage"] == "fulfilled"
    assert record["evidence"]["assurance"] == "authority"
    assert record["evidence"]["origin"] == "earlier_item"
    evidence = await world.get("county_officer", f"/v1/evidence/{record['evidence']['id']}")
    assert evidence["valid_until"] is not None
    assert evidence["recorded_for"] is None


async def test_a_refusal_is_respected_and_refuses_nothing(world: World) -> None:
    application = await submitted(world)
    request = (await asked_for(world, application))["subsistence_allowance_record"]

    answer = await refused(world, "citizen", request)

    assert (answer["stage"], answer["refused_by"]) == ("refused", "person")
    assert answer["refusal_means"]
    after = await world.get("citizen", f"/v1/applications/{application['id']}")
    assert [item["status"] for item in after["items"]] == [item["status"] for item in application["items"]]
    fetched = await world.call(
        "county_officer",
        "POST",
        "/v1/evidence",
        json={
            "kind": "subsistence_allowance_record",
            "origin": "register",
            "application_id": application["id"],
        },
    )
    assert (fetched.status_code, fetched.json()["code"]) == (409, "evidence_refused")
    again = await world.call(
        "county_officer",
        "POST",
        "/v1/evidence-requests",
        json={
            "application_id": application["id"],
            "kind": "subsistence_allowance_record",
            "items": ["living_subsidy"],
            "text": "请提供。",
        },
    )
    assert (again.status_code, again.json()["code"]) == (409, "evidence_refused")


async def test_what_the_person_withholds_at_submission_is_never_used(world: World) -> None:
    first = await submitted(world, items=("certificate",), answers=the_answers(world))
    await brought(world, "township_officer", "household_register", "register", application_id=first["id"])
    await world.step("portal", f"/v1/applications/{first['id']}", "withdrawal")

    second = await asked_for(world, await submitted(world, withheld_evidence=["household_register"]))

    assert second["household_register"]["stage"] == "refused"
    assert second["household_register"]["evidence"] is None


async def test_a_neighbour_refuses_nothing_and_sees_nothing(world: World) -> None:
    other = await open_world(world.api)
    request = (await asked_for(world, await submitted(world)))["photo"]

    seen = await other.call("citizen", "GET", f"/v1/evidence-requests/{request['id']}")
    tried = await other.try_step("citizen", f"/v1/evidence-requests/{request['id']}", "refusal")

    assert (seen.status_code, tried.status_code) == (404, 404)


def the_answers(world: World) -> dict[str, Any]:
    """What is answered for the certificate alone."""
    answers = an_application(world)["answers"]
    return {name: answer for name, answer in answers.items() if name not in {"benefits_received", "long_term_care"}}


async def test_the_person_sees_what_would_be_shared_with_whom_before_it_is_sent(world: World) -> None:
    first = await submitted(world, items=("certificate",), answers=the_answers(world))
    card = await brought(world, "township_officer", "identity_card", "register", application_id=first["id"])
    asked = {
        "person_id": world.citizen["person_id"],
        "package_code": "disability_services",
        "items": ["living_subsidy"],
    }

    seen = await world.post("citizen", "/v1/evidence-previews", asked, headers={"Accept-Language": "zh-CN"})

    foreseen = {one["kind"]: one for one in seen["items"]}
    assert foreseen["identity_card"]["evidence"]["id"] == card["id"]
    assert [office["name"] for office in foreseen["identity_card"]["shared_with"]] == ["昌吉市民政局（沙箱）"]
    assert foreseen["subsistence_allowance_record"]["evidence"] is None
    assert foreseen["subsistence_allowance_record"]["refusal_means"]
    assert "insurance_record" not in foreseen
    assert (await asked_for(world, first)).keys().isdisjoint({"subsistence_allowance_record"})


async def test_a_portal_previews_nothing_of_anybody(world: World) -> None:
    asked = {
        "person_id": world.citizen["person_id"],
        "package_code": "disability_services",
        "items": ["living_subsidy"],
    }

    answer = await world.call("portal", "POST", "/v1/evidence-previews", json=asked)

    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


async def test_a_portal_follows_and_is_told_only_of_what_came_through_it(world: World) -> None:
    application = await submitted(world)
    own = await brought(world, "portal", "photo", "declaration", application_id=application["id"])
    other = await brought(world, "township_officer", "identity_card", "register", application_id=application["id"])

    asked = await asked_for(world, application, who="portal")

    assert (asked["identity_card"]["stage"], asked["identity_card"]["missing"]) == ("fulfilled", None)
    assert asked["identity_card"]["evidence"] is None
    assert asked["photo"]["evidence"]["id"] == own["id"]
    assert (await world.call("portal", "GET", f"/v1/evidence/{own['id']}")).status_code == 200
    assert (await world.call("portal", "GET", f"/v1/evidence/{other['id']}")).status_code == 404


async def test_the_person_may_bring_after_all_what_was_refused(world: World) -> None:
    application = await submitted(world)
    request = (await asked_for(world, application))["household_register"]
    await refused(world, "citizen", request)

    seen = await brought(world, "township_officer", "household_register", "counter", application_id=application["id"])

    assert seen["settled"] == [request["id"]]
    assert (await asked_for(world, application))["household_register"]["stage"] == "fulfilled"


async def test_nothing_that_the_person_brings_for_one_application_undoes_a_refusal_in_another(world: World) -> None:
    first = await submitted(world, items=("certificate",), answers=the_answers(world))
    second = await submitted(world, items=("employment_help",), answers=for_work(world))
    await refused(world, "citizen", (await asked_for(world, first))["identity_card"])

    seen = await brought(world, "township_officer", "identity_card", "counter", application_id=second["id"])

    assert len(seen["settled"]) == 1
    assert (await asked_for(world, first))["identity_card"]["stage"] == "refused"
    assert (await asked_for(world, second))["identity_card"]["stage"] == "fulfilled"


async def test_what_is_brought_once_settles_all_applications_that_wait_for_it(world: World) -> None:
    first = await submitted(world, items=("certificate",), answers=the_answers(world))
    second = await submitted(world, items=("employment_help",), answers=for_work(world))

    seen = await brought(world, "township_officer", "identity_card", "counter", application_id=first["id"])

    assert len(seen["settled"]) == 2
    for application in (first, second):
        assert (await asked_for(world, application))["identity_card"]["evidence"]["id"] == seen["id"]


async def test_evidence_names_the_person_or_an_application(world: World) -> None:
    answer = await world.call("county_officer", "POST", "/v1/evidence", json={"kind": "photo", "origin": "counter"})
    of_nobody = await world.call(
        "county_officer",
        "POST",
        "/v1/evidence",
        json={"kind": "horoscope", "origin": "counter", "person_id": world.citizen["person_id"]},
    )
    of_the_person = await brought(
        world, "county_officer", "photo", "counter", person_id=world.citizen["person_id"], issued_on="2026-11-01"
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "person_or_application_needed")
    assert (of_nobody.status_code, of_nobody.json()["code"]) == (422, "evidence_kind_unknown")
    assert of_the_person["application_id"] is None
    assert of_the_person["valid_until"] == "2027-05-01"


def for_work(world: World) -> dict[str, Any]:
    """What is answered for help to employment alone."""
    answers = an_application(world)["answers"]
    return {name: answers[name] for name in ("applied_by", "phone")}
