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


async def contents(world: World, path: str, *, language: str = "zh-CN", **asked: str) -> list[Json]:
    asked = {"per_page": "100", **asked}
    answer = await world.api.get(f"/v1/hsds/{path}", params=asked, headers={"Accept-Language": language})
    assert answer.status_code == 200, answer.text
    page: Json = answer.json()
    assert path == "taxonomy_terms" or page["total_items"] == len(page["contents"])
    found: list[Json] = page["contents"]
    return found


def ids(found: list[Json]) -> set[str]:
    return {one["id"] for one in found}


@pytest.mark.parametrize("text", ["照料", "CARE", "home care", "乌鲁木齐没有的词", "辅具"])
async def test_words_are_sought_in_names_descriptions_and_places_and_all_must_be_said(world: World, text: str) -> None:
    services = await contents(world, "services")
    told: dict[str, list[str]] = {one["id"]: [] for one in services}
    for language in ("zh-CN", "en"):
        for one in await contents(world, "services", language=language):
            places = [at["location"]["name"] for at in one.get("service_at_locations", [])]
            told[one["id"]] += [one["name"], one["description"], *places]

    wanted = {
        one["id"] for one in services if all(word in " ".join(told[one["id"]]).lower() for word in text.lower().split())
    }

    assert ids(await contents(world, "services", search=text)) == wanted
    places = await contents(world, "service_at_locations", search=text)
    assert {one["service_id"] for one in places} == {
        one["id"] for one in services if one["id"] in wanted and one.get("service_at_locations")
    }


async def test_organisations_taxonomies_and_terms_are_sought_by_their_words(world: World) -> None:
    organizations = await contents(world, "organizations")
    name = organizations[0]["name"]

    assert ids(await contents(world, "organizations", search=name)) == {organizations[0]["id"]}
    assert await contents(world, "organizations", search="没有这个机构") == []
    assert [one["name"] for one in await contents(world, "taxonomies", search="families")] == ["families"]
    terms = await contents(world, "taxonomy_terms", search="辅助")
    assert terms
    assert all("辅助" in one["name"] for one in terms)
    assert await contents(world, "taxonomy_terms", parent_id=terms[0]["id"]) == []


async def test_what_bears_a_term_or_some_term_of_a_taxonomy_is_found_and_conditions_add_up(world: World) -> None:
    services = await contents(world, "services")
    places = await contents(world, "service_at_locations")
    bearers: dict[tuple[str, str], set[str]] = {}
    for one in services:
        for attribute in one["attributes"]:
            term = attribute["taxonomy_term"]
            bearers.setdefault(("taxonomy_term_id", term["id"]), set()).add(one["id"])
            bearers.setdefault(("taxonomy_id", term["taxonomy_detail"]["id"]), set()).add(one["id"])

    for (name, key), wanted in bearers.items():
        assert ids(await contents(world, "services", **{name: key})) == wanted, (name, key)
    (term, key), wanted = next((which, some) for which, some in bearers.items() if 0 < len(some) < len(services))
    offering = {one["organization_id"] for one in services if one["id"] in wanted}
    assert ids(await contents(world, "organizations", **{term: key})) == offering
    at = await contents(world, "service_at_locations", **{term: key})
    assert ids(at) == {one["id"] for one in places if one["service_id"] in wanted}
    own = offering.pop()
    both = await contents(world, "services", organization_id=own, **{term: key})
    assert ids(both) == {one["id"] for one in services if one["id"] in wanted and one["organization_id"] == own}
    for unknown in ("taxonomy_term_id", "taxonomy_id"):
        assert await contents(world, "services", **{unknown: world.citizen["person_id"]}) == []


async def test_terms_of_two_taxonomies_add_up(world: World) -> None:
    services = await contents(world, "services")
    taxonomies = {one["name"]: one["id"] for one in await contents(world, "taxonomies")}
    named = {term["id"]: term["taxonomy"] for one in services for term in map(_term, one["attributes"])}

    for key, taxonomy in named.items():
        for other, other_id in taxonomies.items():
            wanted = {
                one["id"]
                for one in services
                if key in {_term(each)["id"] for each in one["attributes"]}
                and other in {_term(each)["taxonomy"] for each in one["attributes"]}
            }
            found = await contents(world, "services", taxonomy_term_id=key, taxonomy_id=other_id)
            assert ids(found) == wanted, (taxonomy, other)


def _term(attribute: Json) -> Json:
    term: Json = attribute["taxonomy_term"]
    return term


async def test_harvesters_ask_what_was_changed_since_and_for_ids_alone(world: World) -> None:
    services = await contents(world, "services")
    last = max(one["last_modified"] for one in services)

    minimal = (await world.api.get("/v1/hsds/services?minimal=true")).json()
    jsonschema.validate(minimal, PAGE)
    assert minimal["contents"] == [{"id": one["id"], "modified_date": one["last_modified"]} for one in services]
    assert ids(await contents(world, "services", modified_after=last)) == {
        one["id"] for one in services if one["last_modified"] == last
    }
    assert await contents(world, "services", modified_after="2199-01-01T00:00:00Z") == []
    assert await contents(world, "service_at_locations", modified_after="2199-01-01T00:00:00Z") == []


async def test_a_service_is_listed_without_what_there_is_several_times_of_it_where_full_is_false(world: World) -> None:
    for one in await contents(world, "services", full="false"):
        jsonschema.validate(one, SERVICE, format_checker=FORMATS)
        assert not [name for name, value in one.items() if isinstance(value, list)]


async def test_taxonomies_and_terms_are_read_one_by_one(world: World) -> None:
    for name in ("taxonomies", "taxonomy_terms"):
        for one in (await contents(world, name))[:100:20]:
            alone = await world.api.get(f"/v1/hsds/{name}/{one['id']}", headers={"Accept-Language": "zh-CN"})
            assert (alone.status_code, alone.json()) == (200, one)
        unknown = await world.api.get(f"/v1/hsds/{name}/{world.citizen['person_id']}")
        assert (unknown.status_code, unknown.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    "asked",
    [
        "search=a",
        "search=" + "a" * 101,
        "taxonomy_term_id=care",
        "modified_after=yesterday",
        "modified_after=2026-11-01T00:00:00",
        "minimal=perhaps",
        "per_page=101",
        "page=0",
        "format=ndjson",
        "postcode=831100",
        "proximity=500",
    ],
)
async def test_what_the_directory_does_not_take_is_refused_in_words(world: World, asked: str) -> None:
    answer = await world.api.get(f"/v1/hsds/services?{asked}")

    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json"), answer.text
    assert answer.json()["errors"][0]["pointer"] == f"query/{asked.partition('=')[0]}"
