"""What is missing in the archives of an area: by name to those who serve it, as counts to others."""

from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI

from app.api.pagination import cursor_of
from app.sandbox.authority import sandbox_id
from app.services.archive import gaps
from tests.acting import World
from tests.api.probes import a_filed_document, a_visit, visits_of
from tests.working import certified

pytestmark = [pytest.mark.anyio, pytest.mark.database]

VILLAGE = "652301104201"
ASSOCIATION = str(sandbox_id("organisation", "village_association"))


async def lacking(world: World, **query: Any) -> list[set[str]]:
    """What this world's citizen lacks, where the list has the citizen."""
    before = cursor_of(UUID(int=UUID(world.citizen["person_id"]).int - 1))
    page = await world.get("commissioner", "/v1/archive-gaps", region=VILLAGE, cursor=before, limit=1, **query)
    mine = [one for one in page["items"] if one["id"] == world.citizen["person_id"]]
    return [{item["code"] for item in one["missing"]} for one in mine]


async def counted(world: World, region: str = VILLAGE, **query: Any) -> dict[str, tuple[int, int]]:
    report = await world.get("auditor", "/v1/reports/archive-gaps", region=region, **query)
    (place,) = report["places"]
    return {item["code"]: (item["missing"], item["required"]) for item in place["items"]}


async def test_the_list_names_who_lacks_what_and_the_report_counts_the_same(world: World, app: FastAPI) -> None:
    await certified(app.state.database, world)
    (before,), counts = await lacking(world), await counted(world)

    await world.post("commissioner", visits_of(world), a_visit(world))
    await a_filed_document(world)

    (after,), later = await lacking(world), await counted(world)
    assert before - after == {"visits", "certificate_file"}
    assert {code for code, count in later.items() if count != counts[code]} == {"visits", "certificate_file"}
    assert later["visits"] == (counts["visits"][0] - 1, counts["visits"][1])
    assert await lacking(world, item="visits") == []
    assert await lacking(world, item="contact") == [after]


async def test_one_by_one_and_all_at_once_are_counted_alike(world: World, app: FastAPI) -> None:
    """The list decides person by person, the report by groups of people who are alike."""
    await certified(app.state.database, world)
    named: dict[str, int] = {}
    query: dict[str, Any] = {"region": VILLAGE, "limit": 100}
    while query:
        page = await world.get("commissioner", "/v1/archive-gaps", **query)
        for one in page["items"]:
            for item in one["missing"]:
                named[item["code"]] = named.get(item["code"], 0) + 1
        query = {**query, "cursor": page["next_cursor"]} if page["next_cursor"] else {}

    assert {code: missing for code, (missing, _) in (await counted(world)).items() if missing} == named


async def test_a_page_looks_at_so_many_people_and_goes_on_behind_them(
    world: World, app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    await certified(app.state.database, world)
    monkeypatch.setattr(gaps, "WALKED", 1)
    before = cursor_of(UUID(int=UUID(world.citizen["person_id"]).int - 1))

    page = await world.get("commissioner", "/v1/archive-gaps", region=VILLAGE, cursor=before, item="nothing_like_it")

    assert (page["items"], page["next_cursor"]) == ([], cursor_of(UUID(world.citizen["person_id"])))


async def test_a_township_sees_which_association_has_no_plan_of_its_year(world: World) -> None:
    query = {"region": "652301104", "year": 2026}
    found = (await world.get("township_officer", "/v1/association-archives", **query))["items"]
    mine = next(one for one in found if one["id"] == ASSOCIATION)

    whole = await world.get("township_officer", f"/v1/organisations/{ASSOCIATION}/archive", year=2026)

    assert {item["code"] for item in mine["missing"]} == {
        item["code"] for item in whole["items"] if item["state"] == "missing"
    }
    assert (mine["held"], mine["required"]) == (whole["held"], whole["required"])


async def test_a_report_is_of_one_county_at_most_and_of_the_own_place(world: World, app: FastAPI) -> None:
    await certified(app.state.database, world)
    by_township = await counted(world, region="652301104", by="township")
    foreign = await world.call("other_county_officer", "GET", "/v1/reports/archive-gaps", params={"region": VILLAGE})

    assert by_township["needs"][1] >= 1
    assert (foreign.status_code, foreign.json()["code"]) == (403, "not_your_function")


@pytest.mark.parametrize("year", [1900, 2199])
async def test_a_year_without_a_checklist_or_that_has_not_begun_is_refused(world: World, year: int) -> None:
    answer = await world.call(
        "township_officer", "GET", "/v1/association-archives", params={"region": "652301104", "year": year}
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "archive_year_impossible")
