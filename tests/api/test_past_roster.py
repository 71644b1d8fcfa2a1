"""The roster as it stood on a day: kept by the registers, reconstructed before, and written out by a job."""

import csv
import io
import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from fastapi import FastAPI

from app.api.pagination import cursor_of
from tests.acting import World
from tests.api.care import today
from tests.api.probes import an_entry, entries_of
from tests.api.registers import done_here
from tests.working import certified

pytestmark = [pytest.mark.anyio, pytest.mark.database]

VILLAGE = "652301104201"
ELSEWHERE = "65/6523/652301/652301105/652301105201"
SPANS = "SELECT category, until FROM roster_span WHERE person_id = $1 ORDER BY since"


async def stood(world: World, on: date, *, region: str = VILLAGE, who: str = "county_officer") -> list[dict[str, Any]]:
    """This world's citizen in the roster of a day."""
    before = cursor_of(UUID(int=UUID(world.citizen["person_id"]).int - 1))
    page = await world.get(who, "/v1/past-roster", region=region, on=str(on), cursor=before, limit=1)
    return [one for one in page["items"] if one["id"] == world.citizen["person_id"]]


async def test_who_has_moved_stands_where_they_stood_on_that_day(
    world: World, app: FastAPI, superuser: asyncpg.Connection
) -> None:
    await certified(app.state.database, world)
    person, day = UUID(world.citizen["person_id"]), await today(world)
    earlier = day - timedelta(days=3)
    await superuser.execute("UPDATE roster_span SET since = since - 9 WHERE person_id = $1", person)
    kept = await superuser.fetchval("UPDATE roster_kept SET since = since - 9 RETURNING since")
    try:
        await superuser.execute("UPDATE person SET region_path = $2 WHERE id = $1", person, ELSEWHERE)

        (before,) = await stood(world, earlier)
        (after,) = await stood(world, day, region="652301105")

        assert kept <= earlier
        assert (before["region_code"], before["is_reconstructed"]) == (VILLAGE, False)
        assert (after["region_code"], after["since"]) == ("652301105201", str(day))
        assert await stood(world, day) == await stood(world, earlier, region="652301105") == []
    finally:
        await superuser.execute("UPDATE roster_kept SET since = since + 9")


async def test_of_days_before_it_was_kept_the_roster_is_reconstructed_and_says_so(world: World, app: FastAPI) -> None:
    await certified(app.state.database, world)

    (found,) = await stood(world, date(2026, 6, 1))

    assert (found["is_reconstructed"], found["since"], found["category"]) == (True, "2026-01-01", "physical")
    assert found["name"] == world.citizen["name"]
    assert await stood(world, date(2025, 12, 31)) == []


async def test_a_whole_roster_is_written_out_by_a_job_and_who_was_shown_is_on_record(
    world: World, app: FastAPI, superuser: asyncpg.Connection
) -> None:
    await certified(app.state.database, world)
    person, day = UUID(world.citizen["person_id"]), await today(world)

    job = await world.post("county_officer", "/v1/roster-exports", {"region_code": VILLAGE, "on": str(day)})
    await done_here(world, UUID(job["id"]))

    done = await world.get("county_officer", f"/v1/jobs/{job['id']}")
    results = f"/v1/jobs/{job['id']}/results"
    lines = await world.call("county_officer", "GET", results, params={"limit": 10_000})
    table = await world.call("county_officer", "GET", results, params={"limit": 10_000, "format": "csv"})
    written = [json.loads(line) for line in lines.text.splitlines()]
    rows = list(csv.DictReader(io.StringIO(table.text.lstrip("\ufeff"))))
    assert (done["state"], done["progress"]["share"]) == ("finished", 1.0)
    assert len(written) == len(rows) == done["progress"]["rows"]
    (mine,) = [one for one in written if one["person_id"] == str(person)]
    assert (mine["name"], mine["category"], mine["grade"], mine["on"]) == (
        *(world.citizen["name"], "physical", 1, str(day)),
    )
    recorded = "SELECT count(*) FROM access_record WHERE person_ids @> ARRAY[$1::uuid] AND operation = 'export_roster'"
    assert await superuser.fetchval(recorded, person) == 1


async def test_no_roster_is_known_ahead_and_none_of_another_place(world: World) -> None:
    day = await today(world)
    ahead = {"region_code": VILLAGE, "on": str(day + timedelta(days=1))}

    early = await world.call("county_officer", "POST", "/v1/roster-exports", json=ahead)
    asked = {"region": VILLAGE, "on": ahead["on"]}
    early_to_read = await world.call("county_officer", "GET", "/v1/past-roster", params=asked)
    foreign = await world.call(
        "other_county_officer", "GET", "/v1/past-roster", params={"region": VILLAGE, "on": str(day)}
    )

    assert (early.status_code, early.json()["code"]) == (422, "roster_day_impossible")
    assert [answer.json()["errors"][0]["pointer"] for answer in (early, early_to_read)] == ["/on", "query/on"]
    assert (foreign.status_code, foreign.json()["code"]) == (403, "not_your_function")


async def test_whoever_leaves_the_ledger_leaves_nothing_in_the_rosters_of_the_past(
    world: World, superuser: asyncpg.Connection
) -> None:
    person = UUID(world.citizen["person_id"])
    entry = await world.post("commissioner", entries_of(world), an_entry())
    before = await superuser.fetch(SPANS, person)

    await world.step("citizen", f"/v1/uncertified-entries/{entry['id']}", "removal")

    assert [tuple(row) for row in before] == [(None, None)]
    assert await superuser.fetch(SPANS, person) == []
