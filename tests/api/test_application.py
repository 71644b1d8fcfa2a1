"""Applying once, and what follows from it, over HTTP."""

from uuid import UUID

import asyncpg
import pytest

from tests.acting import World
from tests.api.flow import a_new_number, an_application, case_of, issued, submitted

pytestmark = [pytest.mark.anyio, pytest.mark.database]


async def test_one_application_opens_a_case_for_every_item(world: World) -> None:
    application = await submitted(world)

    assert application["status"] == "submitted"
    assert {item["code"]: item["status"] for item in application["items"]} == {
        "certificate": "submitted",
        "living_subsidy": "waiting",
        "nursing_subsidy": "waiting",
    }


async def test_each_item_and_the_whole_are_promised_a_last_day_that_stays(world: World) -> None:
    application = await submitted(world)
    today = (await world.get("portal", "/v1/sandbox/clock"))["today"]
    calendar = {"region": "652301", "after": today}

    certificate = await world.get("portal", "/v1/working-calendar", **calendar, working_days=5 + 20 + 5 + 10 + 5)
    ends = {item["code"]: item["promised_until"] for item in application["items"]}
    calendar["after"] = certificate["last_day"]
    subsidies = await world.get("portal", "/v1/working-calendar", **calendar, working_days=5 + 10 + 5 + 10 + 10)

    assert ends == {
        "certificate": certificate["last_day"],
        "living_subsidy": subsidies["last_day"],
        "nursing_subsidy": subsidies["last_day"],
    }
    assert application["promised_until"] == subsidies["last_day"]
    await world.advance(days=30)
    again = await world.get("portal", f"/v1/applications/{application['id']}")
    assert [item["promised_until"] for item in again["items"]] == [*ends.values()]


async def test_what_an_office_holds_is_not_kept_and_the_sender_is_told(
    world: World, superuser: asyncpg.Connection
) -> None:
    body = an_application(world, items=("living_subsidy",))
    body["answers"] = {
        "applied_by": "self",
        "phone": "0994-0000000",
        "residence_address": "红柳示例村 1 号",
        "economic_status": "ordinary",
        "certificate_number": "99010119000101001541",
    }
    body["applicant"]["citizen_number"] = a_new_number()

    answer = await world.call("portal", "POST", "/v1/applications", json=body, headers={"Accept-Language": "en"})

    told = answer.json()["ignored_answers"]
    assert [(one["field"], one["provenance"], one["held_by"]) for one in told] == [
        ("economic_status", "register", "civil_affairs"),
        ("certificate_number", "earlier_item", "certificate"),
    ]
    assert told[0]["text"].startswith("Economic status of the household: a public register holds this")
    person = UUID(answer.json()["person_id"])
    assert await superuser.fetchval("SELECT count(*) FROM economic_status WHERE person_id = $1", person) == 0


async def test_what_was_sent_twice_is_submitted_once(world: World) -> None:
    body = an_application(world)

    first = await world.call("portal", "POST", "/v1/applications", json=body, key="the-same-key")
    again = await world.call("portal", "POST", "/v1/applications", json=body, key="the-same-key")

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert again.headers["Idempotent-Replayed"] == "true"


async def test_a_key_with_another_body_is_refused(world: World) -> None:
    await world.call("portal", "POST", "/v1/applications", json=an_application(world), key="one-key")

    other = await world.call("portal", "POST", "/v1/applications", json=an_application(world), key="one-key")

    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


async def test_a_source_number_names_one_application_for_ever(world: World) -> None:
    body = an_application(world)
    await world.post("portal", "/v1/applications", body)

    again = await world.call("portal", "POST", "/v1/applications", json=body)

    assert again.status_code == 409
    assert again.json()["code"] in {"already_submitted", "open_application_exists"}


async def test_a_person_has_one_open_application_of_a_kind(world: World) -> None:
    await submitted(world)

    again = await world.call("portal", "POST", "/v1/applications", json=an_application(world))

    assert (again.status_code, again.json()["code"]) == (409, "open_application_exists")


async def test_a_citizen_cannot_apply_for_somebody_else(world: World) -> None:
    body = an_application(world)
    body["applicant"]["citizen_number"] = "990101190001010014"

    answer = await world.call("citizen", "POST", "/v1/applications", json=body)

    assert answer.status_code in {403, 422}


async def test_an_unknown_package_is_a_clear_problem(world: World) -> None:
    answer = await world.call("portal", "POST", "/v1/applications", json=an_application(world, package_code="nothing"))

    assert (answer.status_code, answer.json()["code"]) == (404, "package_not_found")


async def test_the_form_tells_everything_that_is_wrong_at_once(world: World) -> None:
    body = an_application(world, answers={"phone": "x", "colour": "red"})

    answer = await world.call("portal", "POST", "/v1/applications", json=body, headers={"Accept-Language": "zh-CN"})

    assert (answer.status_code, answer.json()["code"]) == (422, "answers_not_right")
    told = {error["pointer"]: error["detail"] for error in answer.json()["errors"]}
    assert told["/answers/phone"] == "请填写电话号码。"
    assert told["/answers/colour"] == "没有此字段，请删去。"
    assert told["/answers/business"] == "此项必填。"


async def test_another_portal_does_not_learn_of_the_application(world: World) -> None:
    application = await submitted(world)

    answer = await world.call("verifying_portal", "GET", f"/v1/applications/{application['id']}")

    assert answer.status_code == 404


async def test_an_officer_of_another_township_does_not_learn_of_it(world: World) -> None:
    application = await submitted(world)

    answer = await world.call("other_township_officer", "GET", f"/v1/applications/{application['id']}")

    assert answer.status_code == 404


async def test_withdrawing_takes_back_every_open_item(world: World) -> None:
    application = await submitted(world)

    withdrawn = await world.step("portal", f"/v1/applications/{application['id']}", "withdrawal")

    assert withdrawn["status"] == "withdrawn"
    assert withdrawn["finished"] is True


async def test_a_stale_version_is_refused(world: World) -> None:
    application = await submitted(world)
    path = f"/v1/applications/{application['id']}/withdrawal"

    assert (await world.call("portal", "POST", path, json={}, version='"7"')).status_code == 412
    assert (await world.call("portal", "POST", path, json={})).status_code == 428


async def test_the_issued_certificate_lets_the_subsidies_go_on(world: World) -> None:
    application = await submitted(world)

    case = await issued(world, case_of(application, "certificate"))

    assert case["stage"] == "issued"
    after = await world.get("portal", f"/v1/applications/{application['id']}")
    assert {item["code"]: item["status"] for item in after["items"]} == {
        "certificate": "granted",
        "living_subsidy": "submitted",
        "nursing_subsidy": "submitted",
    }
    certificate = await world.get("county_officer", f"/v1/certificates/{case['certificate_id']}")
    assert certificate["versions"][0]["status"] == "in_force"


async def test_both_subsidies_are_granted_from_the_month_of_application(world: World) -> None:
    application = await submitted(world)
    await issued(world, case_of(application, "certificate"))

    for item in ("living_subsidy", "nursing_subsidy"):
        await world.step("township_officer", case_of(application, item), "acceptance")
    for item in ("living_subsidy", "nursing_subsidy"):
        case = case_of(application, item)
        await world.step("township_officer", case, "initial-check")
        await world.step("township_officer", case, "notice")
        await world.advance(days=15)
        await world.step("county_reviewer", case, "federation-check")
        decided = await world.step("civil_affairs", case, "decision", {"outcome": "granted"})
        assert decided["granted"]["amount_fen"] == 14_000
        assert decided["granted"]["first_month"] == application["submitted_at"][:8] + "01"

    after = await world.get("portal", f"/v1/applications/{application['id']}")
    assert (after["status"], after["finished"]) == ("granted", True)


async def test_nobody_applies_onto_another_persons_record(world: World) -> None:
    body = an_application(world)
    body["applicant"]["name"] = "全然他人"

    answer = await world.call("portal", "POST", "/v1/applications", json=body)

    assert (answer.status_code, answer.json()["code"]) == (422, "name_disagrees")


async def test_what_disagrees_with_the_number_is_found_in_the_body_that_was_sent(world: World) -> None:
    body = an_application(world)
    body["applicant"] |= {"name": "样来客", "citizen_number": a_new_number(), "birth_date": "2001-01-01"}

    answer = await world.call("portal", "POST", "/v1/applications", json=body)

    (error,) = answer.json()["errors"]
    assert (error["code"], error["pointer"]) == ("birth_date_disagrees", "/applicant/birth_date")


async def test_a_region_that_nobody_knows_is_refused_also_for_a_person_on_record(world: World) -> None:
    body = an_application(world)
    body["applicant"]["region_code"] = "999999"

    answer = await world.call("portal", "POST", "/v1/applications", json=body)

    assert (answer.status_code, answer.json()["code"]) == (404, "region_not_found")


async def test_each_wrong_field_of_the_form_is_pointed_at(world: World) -> None:
    answer = await world.call("portal", "POST", "/v1/applications", json=an_application(world, answers={"phone": "x"}))

    assert {"/answers/phone", "/answers/applied_by"} <= {fault["pointer"] for fault in answer.json()["errors"]}


async def test_a_portal_that_lost_its_key_learns_that_the_application_is_there(world: World) -> None:
    body = an_application(world)
    await world.post("portal", "/v1/applications", body)

    again = await world.call("portal", "POST", "/v1/applications", json=body)

    assert (again.status_code, again.json()["code"]) == (409, "already_submitted")


async def test_a_person_has_one_certificate(world: World) -> None:
    application = await submitted(world)
    await issued(world, case_of(application, "certificate"))
    alone = {"business": "new", "applied_by": "self", "phone": "0994-0000000", "residence_address": "红柳示例村 1 号"}
    again = await submitted(world, items=("certificate",), answers=alone)

    answer = await world.try_step("township_officer", case_of(again, "certificate"), "acceptance")

    assert (answer.status_code, answer.json()["code"]) == (409, "certificate_held")
