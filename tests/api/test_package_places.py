"""Applying in places that bundle three and twelve items: the same call, other items, other offices."""

from typing import Any
from uuid import uuid4

import pytest

from tests.acting import World
from tests.api.flow import a_new_name, a_new_number, case_of

pytestmark = [pytest.mark.anyio, pytest.mark.database]

FUKANG, HUTUBI = "652302199201", "652323199201"
COMMON = {"applied_by": "self", "phone": "0994-0000000"}
AT_HOME = {"residence_address": "示例村 1 号"}
ANSWERS: dict[str, dict[str, Any]] = {
    "certificate": AT_HOME | {"business": "new"},
    "child_rehabilitation": AT_HOME | {"rehabilitation_wishes": ["rehabilitation_training"]},
    "assistive_devices": {"device_needs": ["assistive_device"]},
    "home_adaptation": {"home_access_needs": ["accessible_entrance"], "home_tenure": "own"},
    "supported_care": {"care_form": "day_care"},
    "legal_aid": {"legal_matter": "maintenance", "no_fixed_income": True},
    "education_aid": {"education_stage": "university"},
    "employment_help": {"is_willing_to_work": True},
}


def applying(place: str, *items: str, **changes: Any) -> dict[str, Any]:
    answers = {name: answer for item in items for name, answer in ANSWERS.get(item, {}).items()}
    return {
        "package_code": "disability_services",
        "items": list(items),
        "source_number": f"T-{uuid4().hex[:12]}",
        "applicant": {"name": a_new_name(), "citizen_number": a_new_number(), "region_code": place},
        "answers": COMMON | answers,
        **changes,
    }


async def items_of(world: World, place: str) -> list[str]:
    found = await world.get("portal", "/v1/packages/disability_services", region=place)
    return [item["code"] for item in found["items"]]


@pytest.mark.parametrize(("place", "size"), [(FUKANG, 3), (HUTUBI, 12)])
async def test_everything_that_a_place_offers_is_applied_for_at_once(world: World, *, place: str, size: int) -> None:
    items = await items_of(world, place)

    application = await world.post("portal", "/v1/applications", applying(place, *items))

    assert len(application["items"]) == size
    assert {item["code"] for item in application["items"] if item["status"] == "waiting"} == {
        item["code"] for item in application["items"] if item["depends_on"]
    }
    assert application["promised_until"] == max(item["promised_until"] for item in application["items"])


async def test_what_another_place_offers_is_not_to_be_had_here(world: World) -> None:
    body = applying(FUKANG, "certificate", "employment_help")

    answer = await world.call("portal", "POST", "/v1/applications", json=body)

    assert (answer.status_code, answer.json()["code"]) == (422, "item_not_in_package")


async def test_a_new_route_is_gone_without_new_code(world: World) -> None:
    body = applying(HUTUBI, "legal_aid", "child_rehabilitation")
    application = await world.post("portal", "/v1/applications", body)
    case = case_of(application, "legal_aid")

    await world.step("hutubi_township_officer", case, "acceptance")
    shown = await world.get("hutubi_county_officer", case)
    decided = await world.step(
        "hutubi_county_officer", case, "decision", {"outcome": "granted", "text": "法律援助中心已决定给予援助。"}
    )

    findings = {reason["code"]: reason["finding"] for reason in shown["proposal"]["reasons"]}
    assert (findings["need_present"], findings["flag_present"]) == ("met", "met")
    assert decided["stage"] == "granted"


async def test_an_officer_of_another_county_does_not_learn_of_it(world: World) -> None:
    body = applying(HUTUBI, "legal_aid")
    application = await world.post("portal", "/v1/applications", body)

    answer = await world.call("fukang_township_officer", "GET", f"/v1/applications/{application['id']}")

    assert answer.status_code == 404
