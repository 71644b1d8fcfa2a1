"""A household that a move leaves without a head is a gap of the roster at once, until an officer records who it is."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest
from fastapi import FastAPI

from app.api.pagination import cursor_of
from tests.acting import World
from tests.api.care import today
from tests.api.moving import THERE, moves, with_neighbours
from tests.api.probes import an_entry
from tests.api.surveys import VILLAGE
from tests.api.test_household_move import a_child, living_with_the_citizen, spouse_of

pytestmark = [pytest.mark.anyio, pytest.mark.database]


@pytest.fixture
async def family(app: FastAPI, superuser: asyncpg.Connection, world: World) -> World:
    """The citizen as the head of a household with a spouse, who is on the ledger, and a child; a county next door."""
    await with_neighbours(world, app=app, superuser=superuser)
    await living_with_the_citizen(world, spouse_of(world), await a_child(world))
    await world.post("commissioner", f"/v1/persons/{spouse_of(world)}/uncertified-entries", an_entry())
    return world


async def child_of(world: World) -> str:
    """The child of the household, as the office knows it."""
    at_home = await world.get("township_officer", f"/v1/persons/{spouse_of(world)}/household")
    grown = {spouse_of(world), world.citizen["person_id"]}
    return next(str(one["person_id"]) for one in at_home["members"] if one["person_id"] not in grown)


async def gap_of(world: World, person_id: str, who: str = "township_officer") -> dict[str, Any] | None:
    before = cursor_of(UUID(int=UUID(person_id).int - 1))
    page = await world.get(who, "/v1/roster-gaps", cursor=before, limit=1)
    return next((one for one in page["items"] if one["id"] == person_id), None)


async def lacks_head(world: World, person_id: str, who: str = "township_officer") -> bool:
    gap = await gap_of(world, person_id, who)
    return bool(gap and gap["lacks_head"])


async def counted(world: World, region: str = VILLAGE, who: str = "county_officer") -> int:
    return int((await world.get(who, "/v1/reports/gaps", region=region))["lack_head"])


async def test_where_the_head_moves_away_those_who_stay_together_lack_one_in_the_same_transaction(
    family: World,
) -> None:
    world, spouse = family, spouse_of(family)
    before = await counted(world)
    assert not await lacks_head(world, spouse)

    assert (await moves(world)).status_code == 200

    for who in ("township_officer", "commissioner", "county_officer"):
        assert await lacks_head(world, spouse, who), who
    assert await counted(world) == before + 1, "the child is on no roster"
    assert not await lacks_head(world, spouse, "there_township")
    assert (await world.call("auditor", "GET", "/v1/roster-gaps")).status_code == 403


async def test_an_officer_who_records_the_head_closes_the_gap(family: World) -> None:
    world, spouse = family, spouse_of(family)
    child = await child_of(world)
    assert (await moves(world)).status_code == 200
    assert await lacks_head(world, spouse)

    body = {"with_person_id": child, "relation": "head", "since": str(await today(world))}
    await world.step("township_officer", f"/v1/persons/{spouse}", "household", body)

    assert not await lacks_head(world, spouse)


async def test_those_who_move_away_from_the_head_lack_one_at_the_new_place(family: World) -> None:
    world, spouse = family, spouse_of(family)
    child = await child_of(world)
    body = {"region_code": THERE, "moved_on": str(await today(world)), "source": "counter", "with_person_ids": [child]}

    answer = await world.try_step("township_officer", f"/v1/persons/{spouse}", "residence-moves", body)

    assert answer.status_code == 200, answer.text
    assert await lacks_head(world, spouse, "there_township")
    assert await counted(world, "652302", "there_county") >= 1
    assert not await lacks_head(world, spouse)


async def test_a_household_that_moves_whole_and_somebody_who_is_left_alone_lack_nothing(family: World) -> None:
    world, spouse = family, spouse_of(family)
    child = await child_of(world)

    assert (await moves(world, with_person_ids=[child])).status_code == 200

    assert not await lacks_head(world, spouse), "whoever lives alone needs no head"
    assert not await lacks_head(world, world.citizen["person_id"], "there_township")


async def test_whoever_comes_onto_the_roster_later_is_seen_to_lack_a_head_and_whoever_is_dead_is_not(
    app: FastAPI, superuser: asyncpg.Connection, world: World
) -> None:
    await with_neighbours(world, app=app, superuser=superuser)
    spouse = spouse_of(world)
    await living_with_the_citizen(world, spouse, await a_child(world))
    assert (await moves(world)).status_code == 200
    assert not await lacks_head(world, spouse)

    await world.post("commissioner", f"/v1/persons/{spouse}/uncertified-entries", an_entry())
    assert await lacks_head(world, spouse)

    visit = {"visited_on": str(await today(world)), "outcome": "died"}
    await world.post("commissioner", f"/v1/persons/{spouse}/home-visits", visit)
    assert await gap_of(world, spouse) is None


async def test_it_follows_from_who_lives_with_whom_and_nobody_sets_it(
    family: World, superuser: asyncpg.Connection
) -> None:
    spouse = UUID(spouse_of(family))

    assert (await moves(family)).status_code == 200

    grants = await superuser.fetch(
        "SELECT grantee FROM information_schema.column_privileges WHERE table_name = 'roster' "
        "AND column_name IN ('lacks_head', 'reported_dead_on') AND privilege_type = 'UPDATE' "
        "AND grantee IN ('yian_app', 'yian_worker')"
    )
    assert grants == []
    assert await superuser.fetchval("SELECT lacks_head FROM roster WHERE person_id = $1", spouse) is True
