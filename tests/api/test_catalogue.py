"""The catalogue of services over HTTP."""

import pytest

from tests.acting import World

pytestmark = [pytest.mark.anyio, pytest.mark.database]

FAMILIES = {
    "rehabilitation",
    "education",
    "employment",
    "poverty_relief",
    "home_care",
    "rights",
    "culture_sport",
    "home_access",
}


async def test_there_is_a_service_in_each_of_the_eight_families(world: World) -> None:
    found = await world.get("provider", "/v1/services", limit=100)

    assert {service["family"] for service in found["items"]} == FAMILIES
    assert found["next_cursor"] is None


async def test_services_are_sought_by_need_and_by_whose_residents_they_take(world: World) -> None:
    here = await world.get("provider", "/v1/services", need="home_care", region_code="652301104201")
    elsewhere = await world.get("provider", "/v1/services", need="home_care", region_code="652302")

    assert {service["code"] for service in here["items"]} == {"CARE-HOME", "CARE-SUNSHINE"}
    assert elsewhere["items"] == []


async def test_a_service_is_read_with_its_places_and_its_law(world: World) -> None:
    found = await world.get("provider", "/v1/services", need="assistive_device")

    service = await world.get("provider", f"/v1/services/{found['items'][0]['id']}")

    assert service["kind"]["code"] == "AID-FIT"
    assert service["locations"][0]["features"]
    assert service["source"]


async def test_what_the_caller_has_is_not_sent_again(world: World) -> None:
    first = await world.call("provider", "GET", "/v1/services")

    again = await world.call("provider", "GET", "/v1/services", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


async def test_an_unknown_service_is_not_found(world: World) -> None:
    answer = await world.call("provider", "GET", f"/v1/services/{world.citizen['person_id']}")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
