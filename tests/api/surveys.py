"""Survey rounds in tests: a county has one open round of a population at a time, whoever opened it."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from app.sandbox.authority import sandbox_id
from tests.acting import World
from tests.api.care import assessed, today
from tests.api.registers import done_here

COUNTY = "652301"
VILLAGE = "652301104201"
ASSOCIATION = str(sandbox_id("organisation", "village_association"))


async def a_survey_round(world: World, *, population: str = "uncertified", **changes: Any) -> dict[str, Any]:
    """A round that has just begun, in the county unless said; what another test has left open is closed."""
    await no_round_open(world, population, changes.get("region_code", COUNTY))
    return await world.post(
        "county_officer", "/v1/survey-rounds", await a_design(world, population=population) | changes
    )


async def a_design(world: World, *, population: str = "uncertified") -> dict[str, Any]:
    day = await today(world)
    days = {"opens_on": str(day), "closes_on": str(day + timedelta(days=60))}
    return {"region_code": COUNTY, "population": population, "instrument": "basic_situation", **days}


async def no_round_open(world: World, population: str, region_code: str = COUNTY) -> None:
    listed = await world.get("county_officer", "/v1/survey-rounds", stage=["open"], limit=100)
    for one in listed["items"]:
        if (one["region_code"], one["population"]) == (region_code, population):
            await world.step("county_officer", f"/v1/survey-rounds/{one['id']}", "closure")


async def surveyed_of(world: World, opened: dict[str, Any]) -> dict[str, Any]:
    """How this world's citizen stands in a round."""
    path = f"/v1/survey-rounds/{opened['id']}/entries"
    found: list[dict[str, Any]] = (await world.get("commissioner", path, person_id=world.citizen["person_id"]))["items"]
    assert len(found) == 1
    return found[0]


async def recorded(world: World, opened: dict[str, Any], **result: Any) -> dict[str, Any]:
    """This world's citizen in a round, of whom something was recorded."""
    entry = await surveyed_of(world, opened)
    return await world.step("commissioner", f"/v1/survey-entries/{entry['id']}", "result", result)


async def a_finding(world: World) -> dict[str, Any]:
    """What a rule has found in the answers of this world's citizen, who is on the ledger: no work, and income of it."""
    opened = await a_survey_round(world, region_code=VILLAGE)
    answers = {
        "d_works": "no",
        "b_main_income": "own_work",
        "b_needs": ["none"],
        "e_needs": ["none"],
        "f_needs": ["none"],
    }
    survey = await assessed(world, instrument="basic_situation", answers=answers)
    await recorded(world, opened, outcome="surveyed", assessment_id=survey["id"])
    found = (await world.get("commissioner", "/v1/survey-findings", round_id=opened["id"]))["items"]
    only: list[dict[str, Any]] = [one for one in found if one["person_id"] == world.citizen["person_id"]]
    assert [one["check"] for one in only] == ["income_of_no_work"]
    return only[0]


async def imported_survey(
    world: World, opened: dict[str, Any], rows: Iterable[tuple[str, str, str]], *, dry_run: bool = False
) -> list[dict[str, Any]]:
    """The results of a table that was taken over: number, outcome and answers of each row."""
    job_id = await ordered_import(world, opened, rows, dry_run=dry_run)
    await done_here(world, job_id)
    answer = await world.call("county_officer", "GET", f"/v1/jobs/{job_id}/results", params={"limit": 100})
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


async def ordered_import(
    world: World, opened: dict[str, Any], rows: Iterable[tuple[str, str, str]], *, dry_run: bool = False
) -> UUID:
    """A job that is to take a table over, which nobody has begun."""
    text = io.StringIO()
    csv.writer(text).writerows([("citizen_number", "outcome", "answers"), *rows])
    body = {"dry_run": dry_run, "input": {"text": text.getvalue()}}
    job = await world.post("county_officer", f"/v1/survey-rounds/{opened['id']}/imports", body)
    return UUID(job["id"])
