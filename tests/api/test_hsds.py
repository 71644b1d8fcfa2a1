"""The directory after HSDS 3.1: what anybody may read, in the shapes of the standard."""

import jsonschema
import pytest

from tests.acting import World
from tests.api.hsds_schema import (
    ORGANIZATION,
    ORGANIZATION_FULL,
    PAGE,
    SERVICE,
    SERVICE_AT_LOCATION,
    TAXONOMY,
    TAXONOMY_TERM,
    Json,
)

pytestmark = [pytest.mark.anyio, pytest.mark.database]
FORMATS = jsonschema.Draft202012Validator.FORMAT_CHECKER


@pytest.mark.parametrize("language", ["zh-CN", "en"])
async def test_everybody_reads_the_directory_in_the_shapes_of_the_standard(world: World, language: str) -> None:
    answer = await world.api.get("/v1/hsds/services?per_page=100", headers={"Accept-Language": language})

    page = answer.json()
    jsonschema.validate(page, PAGE)
    assert page["size"] == page["total_items"] == len(page["contents"]) > 0
    for service in page["contents"]:
        jsonschema.validate(service, SERVICE, format_checker=FORMATS)
    assert {"schedules", "service_at_locations", "attributes", "cost_options"} <= {
        name for service in page["contents"] for name in service
    }
    assert answer.headers["Cache-Control"] == "public, max-age=300"


LISTS: dict[str, Json] = {
    "organizations": ORGANIZATION,
    "service_at_locations": SERVICE_AT_LOCATION,
    "taxonomies": TAXONOMY,
    "taxonomy_terms": TAXONOMY_TERM,
}


async def test_the_other_lists_of_the_standard_have_its_shapes_and_pages(world: World) -> None:
    for name, schema in LISTS.items():
        for language in ("zh-CN", "en"):
            answer = await world.api.get(f"/v1/hsds/{name}?per_page=3", headers={"Accept-Language": language})
            page = answer.json()
            jsonschema.validate(page, PAGE)
            for one in page["contents"]:
                jsonschema.validate(one, schema, format_checker=FORMATS)
        pages = [(await world.api.get(f"/v1/hsds/{name}?per_page=3&page={n}")).json() for n in range(1, 100)]
        last = page["total_pages"]
        ids = [one["id"] for read in pages[:last] for one in read["contents"]]
        assert len(ids) == len(set(ids)) == page["total_items"] > 0, name
        assert [pages[last - 1]["last_page"], pages[last]["empty"]] == [True, True], name
        assert pages[last]["total_items"] == page["total_items"], name


async def test_an_organisation_is_read_with_what_it_offers_and_a_place_with_its_service(world: World) -> None:
    organizations = (await world.api.get("/v1/hsds/organizations?per_page=100")).json()["contents"]
    services = (await world.api.get("/v1/hsds/services?per_page=100")).json()["contents"]

    for one in organizations:
        full = (await world.api.get(f"/v1/hsds/organizations/{one['id']}")).json()
        jsonschema.validate(full, ORGANIZATION_FULL, format_checker=FORMATS)
        assert full["services"] == [service for service in services if service["organization_id"] == one["id"]]
    assert {service["organization_id"] for service in services} == {one["id"] for one in organizations}

    path = f"/v1/hsds/service_at_locations?organization_id={organizations[0]['id']}&per_page=100"
    places = (await world.api.get("/v1/hsds/service_at_locations?per_page=100")).json()["contents"]
    own = (await world.api.get(path)).json()["contents"]
    assert own == [one for one in places if one["service"]["organization_id"] == organizations[0]["id"]]
    alone = (await world.api.get(f"/v1/hsds/service_at_locations/{places[0]['id']}")).json()
    assert alone == places[0]
    nested = [at for service in services for at in service.get("service_at_locations", [])]
    assert {at["id"] for at in nested} == {one["id"] for one in places}
    for name in ("organizations", "service_at_locations"):
        unknown = await world.api.get(f"/v1/hsds/{name}/{world.citizen['person_id']}")
        assert (unknown.status_code, unknown.json()["code"]) == (404, "not_found")


async def test_terms_are_told_apart_by_their_taxonomy(world: World) -> None:
    taxonomies = (await world.api.get("/v1/hsds/taxonomies")).json()["contents"]
    every = (await world.api.get("/v1/hsds/taxonomy_terms?per_page=100")).json()

    parts = [
        (await world.api.get(f"/v1/hsds/taxonomy_terms?taxonomy_id={one['id']}&per_page=100")).json()["total_items"]
        for one in taxonomies
    ]

    assert sum(parts) == every["total_items"]
    assert min(parts) > 0
    used = (await world.api.get("/v1/hsds/services?per_page=100")).json()["contents"]
    named = {attribute["taxonomy_term_id"] for service in used for attribute in service["attributes"]}
    first = {term["id"] for term in every["contents"]}
    second = {
        one["id"] for one in (await world.api.get("/v1/hsds/taxonomy_terms?per_page=100&page=2")).json()["contents"]
    }
    assert named <= first | second


async def test_days_of_a_month_are_told_in_the_parts_of_a_recurrence(world: World) -> None:
    services = (await world.api.get("/v1/hsds/services?per_page=100")).json()["contents"]

    monthly = [
        (one.get("byday"), one.get("bymonthday"))
        for service in services
        for one in service.get("schedules", [])
        if one["freq"] == "MONTHLY"
    ]

    assert monthly == [("1SA,3SA", None), (None, "15,-1")]


async def test_pages_are_counted_and_the_last_one_says_so(world: World) -> None:
    first, last, beyond = [
        (await world.api.get(f"/v1/hsds/services?per_page=20&page={number}")).json() for number in (1, 2, 99)
    ]

    assert (first["first_page"], first["last_page"], last["last_page"]) == (True, last["total_pages"] == 1, True)
    assert {one["id"] for one in first["contents"]}.isdisjoint(one["id"] for one in last["contents"])
    assert (beyond["empty"], beyond["contents"], beyond["total_items"]) == (True, [], first["total_items"])


async def test_a_service_is_the_same_by_itself_and_what_a_cache_has_is_not_sent_again(world: World) -> None:
    listed = (await world.api.get("/v1/hsds/services")).json()["contents"][0]

    alone = await world.api.get(f"/v1/hsds/services/{listed['id']}")
    again = await world.api.get(f"/v1/hsds/services/{listed['id']}", headers={"If-None-Match": alone.headers["ETag"]})

    assert alone.json() == listed
    assert (again.status_code, again.content) == (304, b"")


async def test_the_directory_says_its_version_and_shows_nobody(world: World) -> None:
    about = (await world.api.get("/v1/hsds")).json()
    unknown = await world.api.get(f"/v1/hsds/services/{world.citizen['person_id']}")

    assert about["version"] == "3.1"
    assert (unknown.status_code, unknown.json()["code"]) == (404, "not_found")


async def test_hours_are_told_as_a_recurrence_to_staff_and_in_parts_to_directories(world: World) -> None:
    ours = (await world.get("provider", "/v1/services", need="rights_advice"))["items"][0]

    read = await world.get("provider", f"/v1/services/{ours['id']}")
    theirs = (await world.api.get(f"/v1/hsds/services/{ours['id']}")).json()

    assert read["schedules"][0]["rrule"] == "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
    assert (theirs["schedules"][0]["byday"], theirs["schedules"][0]["opens_at"]) == ("MO,TU,WE,TH,FR", "10:00+08:00")
    assert theirs["phones"][0]["number"] == read["phones"][0]["number"]
