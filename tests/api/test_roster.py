"""The roster over HTTP: nobody is left out, everybody has one commissioner and knows why, and absences are bridged."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from fastapi import FastAPI

from app.api.pagination import cursor_of
from tests.acting import World
from tests.api.care import today
from tests.api.probes import an_entry, entries_of
from tests.working import certified

pytestmark = [pytest.mark.anyio, pytest.mark.database]

VILLAGE = "652301104201"


@pytest.fixture(autouse=True)
async def everybody_at_work(superuser: asyncpg.Connection) -> None:
    """Call back whom another test has sent away: all worlds share the commissioners."""
    await superuser.execute("UPDATE roster SET absent_until = NULL, deputy_id = NULL WHERE absent_until IS NOT NULL")


async def entry_of(world: World) -> dict[str, Any] | None:
    """This world's citizen on the roster of the village."""
    before = UUID(int=UUID(world.citizen["person_id"]).int - 1)
    page = await world.get("commissioner", "/v1/roster", cursor=cursor_of(before), limit=1)
    return next((one for one in page["items"] if one["id"] == world.citizen["person_id"]), None)


async def why(world: World, who: str = "citizen") -> dict[str, Any]:
    return await world.get(who, f"/v1/persons/{world.citizen['person_id']}/commissioner")


async def spread(world: World, **changes: Any) -> dict[str, Any]:
    return await world.post("township_officer", "/v1/commissioner-assignments", {"region_code": VILLAGE} | changes)


async def test_whoever_comes_to_a_certificate_is_on_the_roster_once_and_a_gap_until_somebody_answers(
    world: World, app: FastAPI, superuser: asyncpg.Connection
) -> None:
    assert await entry_of(world) is None

    await certified(app.state.database, world)

    entry = await entry_of(world)
    assert entry is not None
    assert (entry["name"], entry["category"], entry["commissioner_id"]) == (world.citizen["name"], 4, None)
    assert (await why(world))["commissioner_id"] is None
    person = UUID(world.citizen["person_id"])
    with pytest.raises(asyncpg.UniqueViolationError):
        await superuser.execute(
            "INSERT INTO roster (person_id, region_path, listed_on, due_on) "
            "VALUES ($1, '65', '2026-01-01', '2026-01-01')",
            person,
        )
    await superuser.execute("UPDATE certificate_version SET status = 'cancelled' WHERE person_id = $1", person)
    assert await entry_of(world) is None


async def test_whoever_leaves_the_ledger_leaves_the_roster(world: World) -> None:
    entry = await world.post("commissioner", entries_of(world), an_entry())
    assert await entry_of(world) is not None

    await world.step("citizen", f"/v1/uncertified-entries/{entry['id']}", "removal")

    assert await entry_of(world) is None


async def test_a_dry_run_changes_nothing_and_an_assignment_is_explained_to_the_person(
    world: World, app: FastAPI
) -> None:
    await certified(app.state.database, world)

    dry = await spread(world, dry_run=True)
    before = await why(world)
    done = await spread(world)

    told = await why(world)
    assert (dry["is_done"], before["commissioner_id"], done["is_done"]) == (False, None, True)
    assert done["placed"] == dry["placed"] >= 1
    assert told["commissioner_id"] in {one["commissioner_id"] for one in done["loads"]}
    assert told["reason"]["code"] in {"roster.only_one", "roster.least_burdened"}
    assert (await spread(world))["placed"] == 0


async def test_an_absence_is_bridged_by_deputies_or_is_a_gap_and_ends_by_itself(world: World, app: FastAPI) -> None:
    await certified(app.state.database, world)
    await spread(world)
    mine = (await why(world))["commissioner_id"]
    until = await today(world) + timedelta(days=5)

    done = await world.post(
        "township_officer", "/v1/commissioner-absences", {"commissioner_id": mine, "last_day": str(until)}
    )

    told, entry = await why(world), await entry_of(world)
    assert entry is not None
    assert (told["commissioner_id"], told["absent_until"]) == (mine, str(until))
    assert entry["commissioner_id"] == told["deputy_id"] != mine
    assert (told["deputy_id"] is None) == (done["left"] > 0)
    await world.advance(days=6)
    back = await entry_of(world)
    assert back is not None
    assert back["commissioner_id"] == mine


async def test_gaps_are_counted_for_others_and_named_for_those_who_may(world: World, app: FastAPI) -> None:
    await certified(app.state.database, world)

    counted = await world.get("auditor", "/v1/reports/gaps", region="652301")
    refused = await world.call("auditor", "GET", "/v1/roster-gaps")

    assert counted["people"] >= counted["lack_commissioner"] >= 1
    assert world.citizen["person_id"] not in str(counted)
    assert refused.status_code == 403


async def test_groups_are_proposed_and_only_what_was_seen_is_adopted(world: World, app: FastAPI) -> None:
    await certified(app.state.database, world)
    place = {"region_code": VILLAGE, "kind": "area"}
    seen = await world.get("commissioner", "/v1/group-proposals", region=VILLAGE, kind="area")

    stale = await world.call("township_officer", "POST", "/v1/groups", json=place | {"digest": "ab" * 32})
    adopted = await world.post("township_officer", "/v1/groups", place | {"digest": seen["digest"]})

    assert (stale.status_code, stale.json()["code"]) == (409, "proposal_changed")
    assert [one["region_code"] for one in adopted["groups"]] == [one["region_code"] for one in seen["groups"]]
    counted = await world.get("county_officer", "/v1/reports/gaps", region=VILLAGE)
    assert counted["lack_group"] == 0
    assert {one["id"] for one in (await world.get("commissioner", "/v1/groups", region=VILLAGE))["groups"]} == {
        one["id"] for one in adopted["groups"]
    }


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("commissioner-absences", {"last_day": "2020-01-01"}, 422, "absence_impossible"),
        ("commissioner-absences", {}, 404, "commissioner_not_found"),
        ("commissioner-assignments", {"region_code": "652302"}, 403, "not_your_function"),
    ],
)
async def test_what_cannot_be_is_refused(
    world: World, *, path: str, body: dict[str, str], status: int, code: str
) -> None:
    absence = {"commissioner_id": world.citizen["person_id"], "last_day": str(await today(world))}
    asked = body if "region_code" in body else absence | body

    refused = await world.call("township_officer", "POST", f"/v1/{path}", json=asked)

    assert (refused.status_code, refused.json()["code"]) == (status, code)
