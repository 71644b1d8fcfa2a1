"""A household moves: whoever is named goes along with all that is theirs, whoever is not lives apart from then on."""

from typing import Any

import asyncpg
import pytest
from fastapi import FastAPI

from tests.acting import World, open_world
from tests.api.care import a_confirmed_need, a_plan, in_force, service_for, today
from tests.api.care import certified as holding
from tests.api.moving import THERE, home_of, moves, sees, with_neighbours
from tests.api.probes import A_NEED, an_entry
from tests.api.surveys import VILLAGE

pytestmark = [pytest.mark.anyio, pytest.mark.database]
CHILD = {"name": "样小童", "birth_date": "2018-03-01", "region_code": VILLAGE}


@pytest.fixture
async def neighbours(app: FastAPI, superuser: asyncpg.Connection, world: World) -> World:
    return await with_neighbours(world, app=app, superuser=superuser)


def spouse_of(world: World) -> str:
    return str(world.opened["guardian"]["person_id"])


async def a_child(world: World) -> str:
    registered = await world.post("township_officer", "/v1/persons", CHILD)
    return str(registered["id"])


async def living_with_the_citizen(world: World, *person_ids: str, since: str = "2020-01-01") -> None:
    for person_id in person_ids:
        body = {"with_person_id": world.citizen["person_id"], "relation": "child", "since": since}
        await world.step("township_officer", f"/v1/persons/{person_id}", "household", body)


async def at_home(world: World, person_id: str, who: str = "township_officer") -> dict[str, str]:
    told = await world.get(who, f"/v1/persons/{person_id}/household")
    return {one["person_id"]: one["relation"] for one in told["members"]}


def code_of(answer: Any) -> tuple[int, str, str | None]:
    told = answer.json()
    return answer.status_code, told["code"], next((one["pointer"] for one in told.get("errors", [])), None)


async def test_whoever_is_named_moves_along_with_all_that_follows_a_person_and_one_commissioner_answers(
    neighbours: World, superuser: asyncpg.Connection
) -> None:
    world, spouse = neighbours, spouse_of(neighbours)
    child = await a_child(world)
    await living_with_the_citizen(world, spouse, child)
    await world.post("commissioner", f"/v1/persons/{spouse}/uncertified-entries", an_entry())
    report = await world.post("commissioner", f"/v1/persons/{spouse}/need-reports", A_NEED)

    answer = await moves(world, with_person_ids=[child, spouse])

    assert answer.status_code == 200, answer.text
    told = answer.json()["moved_along"]
    assert [(one["person_id"], one["has_commissioner"]) for one in told] == [(child, True), (spouse, True)]
    people = [world.citizen["person_id"], child, spouse]
    rows = await superuser.fetch("SELECT region_path FROM person WHERE id::text = ANY ($1)", people)
    assert {row["region_path"].rpartition("/")[2] for row in rows} == {THERE}
    assert await sees(world, "there_commissioner", f"/v1/need-reports/{report['id']}") == 200
    for who, name in (("there_township", "person.resident_arrived"), ("township_officer", "person.residence_moved")):
        seen = await world.get(who, "/v1/events", name=name, limit=100)
        mine = [one["subject_id"] for one in seen["items"] if one["subject_id"] in people]
        assert sorted(mine) == sorted(people), who
    answering = await superuser.fetch(
        "SELECT DISTINCT commissioner_id FROM roster WHERE person_id::text = ANY ($1)", people
    )
    assert len(answering) == 1


async def test_a_household_that_moves_whole_stays_the_same_household(
    neighbours: World, superuser: asyncpg.Connection
) -> None:
    world, spouse = neighbours, spouse_of(neighbours)
    await living_with_the_citizen(world, spouse)
    before = await at_home(world, spouse)

    assert (await moves(world, with_person_ids=[spouse])).status_code == 200

    assert await at_home(world, spouse, "there_township") == before
    theirs = "SELECT count(*) FROM household_member WHERE valid_to IS NOT NULL AND person_id = ANY ($1::uuid[])"
    assert await superuser.fetchval(theirs, [world.citizen["person_id"], spouse]) == 0


async def test_whoever_is_not_named_stays_and_the_two_sides_live_apart_from_that_day_on(neighbours: World) -> None:
    world, spouse, mover = neighbours, spouse_of(neighbours), neighbours.citizen["person_id"]
    child = await a_child(world)
    await living_with_the_citizen(world, spouse, child)

    assert (await moves(world, with_person_ids=[child])).status_code == 200

    assert await at_home(world, spouse) == {spouse: "child"}
    assert await at_home(world, child, "there_township") == {mover: "head", child: "child"}
    told = await world.get("township_officer", "/v1/events", name="person.household", limit=100)
    mine = {(one["subject_id"], one["name"]) for one in told["items"]}
    assert {
        (spouse, "person.household_parted"),
        (mover, "person.household_joined"),
        (child, "person.household_joined"),
    } <= mine


async def test_whoever_leaves_alone_is_in_a_household_of_their_own_and_the_plan_of_who_stays_is_looked_at(
    neighbours: World,
) -> None:
    world, spouse = neighbours, spouse_of(neighbours)
    await holding(world)
    need = await a_confirmed_need(world)
    plan = await in_force(world, await a_plan(world, need, await service_for(world, need)))
    await living_with_the_citizen(world, spouse)

    body = {"region_code": THERE, "moved_on": str(await today(world)), "source": "counter"}
    answer = await world.try_step("township_officer", f"/v1/persons/{spouse}", "residence-moves", body)

    assert answer.status_code == 200, answer.text
    assert await at_home(world, spouse, "there_township") == {spouse: "head"}
    assert (await world.get("township_officer", f"/v1/plans/{plan['id']}"))["called_for"] == ["household_changed"]


async def test_only_who_lives_there_today_and_is_known_here_moves_along(neighbours: World) -> None:
    world, spouse, mover = neighbours, spouse_of(neighbours), neighbours.citizen["person_id"]
    stranger = (await open_world(world.api)).citizen["person_id"]
    await living_with_the_citizen(world, spouse)
    refused = (422, "not_of_the_household")

    for named, place in (([stranger], 0), ([spouse, stranger], 1), ([spouse, spouse], 1), ([mover], 0)):
        answer = await moves(world, with_person_ids=named)
        assert code_of(answer) == (*refused, f"/with_person_ids/{place}"), named
    too_many = await moves(world, with_person_ids=[spouse] * 21)
    assert too_many.status_code == 422
    assert await sees(world, "there_township", home_of(world)) == 404, "nobody has moved"


async def test_nobody_moves_where_one_of_them_cannot(neighbours: World, superuser: asyncpg.Connection) -> None:
    world, spouse, mover = neighbours, spouse_of(neighbours), neighbours.citizen["person_id"]
    await living_with_the_citizen(world, spouse)
    there = "65/6523/652302/652302199/652302199201"

    await superuser.execute("UPDATE person SET region_path = $2 WHERE id::text = $1", spouse, there)
    elsewhere = await moves(world, with_person_ids=[spouse])
    await superuser.execute(
        "UPDATE person SET region_path = (SELECT region_path FROM person WHERE id::text = $2), "
        "residence_since = $3 WHERE id::text = $1",
        spouse,
        mover,
        await today(world),
    )
    yesterday = await moves(world, with_person_ids=[spouse], moved_on="2026-01-01")

    assert code_of(elsewhere) == (403, "not_your_function", "/with_person_ids/0")
    assert code_of(yesterday) == (422, "move_impossible", "/with_person_ids/0")
    assert await sees(world, "township_officer", home_of(world)) == 200


async def test_an_officer_moves_nobody_with_whom_they_live_or_for_whom_they_care(
    world: World, superuser: asyncpg.Connection
) -> None:
    spouse, account = spouse_of(world), world.account("township_officer")
    await living_with_the_citizen(world, spouse)
    await superuser.execute("UPDATE account SET person_id = $2 WHERE id = $1", account, spouse)
    try:
        answers = [await moves(world), await moves(world, with_person_ids=[spouse])]
    finally:
        await superuser.execute("UPDATE account SET person_id = NULL WHERE id = $1", account)

    assert [code_of(one)[:2] for one in answers] == [(403, "own_case")] * 2


async def test_a_household_that_is_on_record_since_the_day_of_the_move_is_put_right_first(neighbours: World) -> None:
    world, spouse = neighbours, spouse_of(neighbours)
    await living_with_the_citizen(world, spouse, since=str(await today(world)))

    assert code_of(await moves(world)) == (422, "household_impossible", "/moved_on")
    assert (await moves(world, with_person_ids=[spouse])).status_code == 200


async def test_somebody_of_the_household_whom_the_office_may_not_know_stays_too(
    neighbours: World, superuser: asyncpg.Connection
) -> None:
    world, spouse, mover = neighbours, spouse_of(neighbours), neighbours.citizen["person_id"]
    await living_with_the_citizen(world, spouse)
    elsewhere = "65/6523/652301/652301105"
    await superuser.execute(
        "UPDATE person SET region_path = $2, registration_path = $2 WHERE id::text = $1", spouse, elsewhere
    )

    named = await moves(world, with_person_ids=[spouse])
    assert code_of(named)[:2] == (422, "not_of_the_household")
    assert (await moves(world)).status_code == 200

    homes = await superuser.fetch(
        "SELECT person_id::text AS who, household_id FROM household_member WHERE valid_to IS NULL "
        "AND person_id::text = ANY ($1)",
        [spouse, mover],
    )
    assert len({row["household_id"] for row in homes}) == len(homes) == 2
