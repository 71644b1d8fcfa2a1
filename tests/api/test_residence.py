"""A home moves: responsibility goes along at once, the new place knows and the old one no more, and nobody is lost."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from fastapi import FastAPI

from app.domain.shared.access import Role
from tests.acting import World
from tests.api.actors import Register
from tests.api.care import a_confirmed_need, a_plan, in_force, service_for, today
from tests.api.care import certified as holding
from tests.api.moving import THERE, THERE_PATH, home_of, moves, sees, with_neighbours
from tests.api.probes import A_NEED, SUSPECTED, a_visit, an_entry, entries_of, harm_of, needs_of, visits_of
from tests.api.surveys import VILLAGE, a_survey_round, recorded
from tests.working import certified

pytestmark = [pytest.mark.anyio, pytest.mark.database]


@pytest.fixture
async def neighbours(app: FastAPI, superuser: asyncpg.Connection, world: World) -> World:
    return await with_neighbours(world, app=app, superuser=superuser)


async def registered_there(superuser: asyncpg.Connection, world: World) -> None:
    """Let nothing but the home hold the person here."""
    person = UUID(world.citizen["person_id"])
    await superuser.execute("UPDATE person SET registration_path = $2 WHERE id = $1", person, THERE_PATH)


async def only_one(superuser: asyncpg.Connection, world: World) -> None:
    """Let the commissioner of this world be the only one who serves the new place."""
    own = UUID(world.account("there_commissioner"))
    await superuser.execute(
        "UPDATE membership SET valid_to = '2020-01-02' WHERE role = 'commissioner' AND account_id <> $1 "
        "AND ($2 || '/') ^@ (region_path || '/')",
        own,
        THERE_PATH,
    )


async def test_whoever_moves_is_answered_for_at_once_and_is_told_who_and_why(
    neighbours: World, app: FastAPI, superuser: asyncpg.Connection
) -> None:
    world = neighbours
    await only_one(superuser, world)
    await certified(app.state.database, world)
    await world.post("township_officer", "/v1/commissioner-assignments", {"region_code": "652301104"})

    answer = await moves(world)

    assert answer.status_code == 200, answer.text
    assert (answer.json()["region_code"], answer.json()["has_commissioner"]) == (THERE, True)
    told = await world.get("citizen", f"{home_of(world)}/commissioner")
    mine = world.account("there_commissioner")
    assert (told["commissioner_id"], told["reason"]["code"]) == (mine, "roster.moved_here")
    assert [one["id"] for one in (await world.get("there_commissioner", "/v1/roster"))["items"]].count(
        world.citizen["person_id"]
    ) == 1
    person = UUID(world.citizen["person_id"])
    rows = await superuser.fetch("SELECT region_path, commissioner_id FROM roster WHERE person_id = $1", person)
    assert [tuple(row) for row in rows] == [(THERE_PATH, UUID(mine))]


async def test_where_nobody_serves_that_is_a_gap_of_the_new_place(world: World, app: FastAPI) -> None:
    await certified(app.state.database, world)

    answer = await moves(world, region_code="652327")

    assert (answer.status_code, answer.json()["has_commissioner"]) == (200, False)
    assert (await world.get("citizen", f"{home_of(world)}/commissioner"))["commissioner_id"] is None


async def test_the_old_place_loses_sight_and_the_new_one_gains_it_in_the_same_step(
    neighbours: World, superuser: asyncpg.Connection
) -> None:
    world = neighbours
    await registered_there(superuser, world)
    entry = await world.post("commissioner", entries_of(world), an_entry())
    need = await a_confirmed_need(world)
    report = await world.post("commissioner", needs_of(world), A_NEED)
    visit = await world.post("commissioner", visits_of(world), a_visit(world, visited_on=str(await today(world))))
    harm = await world.post("commissioner", harm_of(world), SUSPECTED)
    follow = {
        home_of(world),
        f"{home_of(world)}/household",
        f"/v1/need-reports/{report['id']}",
        f"/v1/home-visits/{visit['id']}",
        f"/v1/uncertified-entries/{entry['id']}",
        f"/v1/assessments/{need['evidence'][0]['assessment_id']}",
    }
    before = {path: await sees(world, "there_commissioner", path) for path in follow - {home_of(world)}}
    assert before[f"/v1/need-reports/{report['id']}"] == 404

    assert (await moves(world, who="county_officer")).status_code == 200

    for path in follow:
        assert await sees(world, "there_commissioner", path) == 200, path
        for who in ("commissioner", "township_officer", "county_officer"):
            assert await sees(world, who, path) == 404, (who, path)
    assert await sees(world, "civil_affairs", f"/v1/harm-reports/{harm['id']}") == 200, "accepted here, stays here"
    needs = await world.get("there_township", f"{home_of(world)}/needs")
    assert [one["id"] for one in needs["items"]].count(need["id"]) == 1
    answered = await world.step(
        "there_township", f"/v1/need-reports/{report['id']}", "answer", {"outcome": "met", "text": "已解决。"}
    )
    assert answered["stage"] == "answered"
    handed = await world.get("there_commissioner", f"/v1/uncertified-entries/{entry['id']}")
    assert handed["owner_id"] != entry["owner_id"]


async def test_both_places_are_told_and_history_is_kept_for_those_whom_it_concerns(
    neighbours: World, superuser: asyncpg.Connection
) -> None:
    world = neighbours
    await registered_there(superuser, world)
    assert (await moves(world)).status_code == 200
    back = {"region_code": VILLAGE, "moved_on": str(await today(world)), "source": "declared"}

    assert (await world.try_step("there_township", home_of(world), "residence-moves", back)).status_code == 200

    for who, moves_seen in (("citizen", 2), ("there_township", 2), ("commissioner", 2)):
        listed = (await world.get(who, f"{home_of(world)}/residence-moves"))["items"]
        assert len(listed) == moves_seen, who
        assert (listed[0]["from_region_code"], listed[0]["to_region_code"]) == (THERE, VILLAGE)
    stranger = await world.call("other_township_officer", "GET", f"{home_of(world)}/residence-moves")
    assert stranger.status_code == 404
    for who in ("township_officer", "there_township"):
        seen = await world.get(who, "/v1/events", name="person.resid", limit=100)
        mine = [one["name"] for one in seen["items"] if one["subject_id"] == world.citizen["person_id"]]
        assert sorted(mine) == ["person.residence_moved", "person.resident_arrived"], who


async def test_a_move_that_cannot_be_is_refused_with_a_reason(neighbours: World, superuser: asyncpg.Connection) -> None:
    world = neighbours
    day = await today(world)
    before = [
        ("township_officer", {"region_code": VILLAGE}, 422, "move_impossible"),
        ("township_officer", {"moved_on": str(day + timedelta(days=1))}, 422, "move_impossible"),
        ("township_officer", {"region_code": "652999"}, 404, "region_not_found"),
        ("commissioner", {}, 403, "forbidden"),
        ("there_county", {}, 404, "not_found"),
        ("other_township_officer", {}, 404, "not_found"),
    ]
    for who, changes, status, code in before:
        answer = await moves(world, who=who, **changes)
        assert (answer.status_code, answer.json()["code"]) == (status, code), (who, changes)
    await registered_there(superuser, world)
    foreign = await moves(world, who="there_county")
    assert (foreign.status_code, foreign.json()["code"]) == (403, "not_your_function")
    assert (await moves(world)).status_code == 200
    earlier = {"region_code": VILLAGE, "moved_on": str(day - timedelta(days=1))}
    answer = await moves(world, who="there_township", **earlier)
    assert (answer.status_code, answer.json()["code"]) == (422, "move_impossible")


async def test_somebody_on_record_as_dead_does_not_move(world: World) -> None:
    await world.post("commissioner", entries_of(world), an_entry())
    opened = await a_survey_round(world, region_code=VILLAGE)
    await recorded(world, opened, outcome="dead")

    answer = await moves(world)

    assert (answer.status_code, answer.json()["code"]) == (409, "person_is_dead")


async def test_an_open_round_says_that_somebody_has_moved_and_the_round_there_takes_the_person_in(
    neighbours: World,
) -> None:
    world = neighbours
    await world.post("commissioner", entries_of(world), an_entry())
    here = await a_survey_round(world)
    days = {"opens_on": str(await today(world)), "closes_on": str(await today(world) + timedelta(days=60))}
    design = {"population": "uncertified", "instrument": "basic_situation", "region_code": "652302", **days}
    for one in (await world.get("there_county", "/v1/survey-rounds", stage=["open"], limit=100))["items"]:
        if one["population"] == "uncertified":
            await world.step("there_county", f"/v1/survey-rounds/{one['id']}", "closure")
    there = await world.post("there_county", "/v1/survey-rounds", design)
    before = (await world.get("county_officer", f"/v1/survey-rounds/{here['id']}"))["differences"]

    within = await moves(world, who="county_officer", region_code="652301104202")
    assert (within.status_code, (await surveyed_at(world, here, "county_officer"))["region_code"]) == (
        200,
        "652301104202",
    )
    assert (await moves(world, who="county_officer")).status_code == 200

    entry = await surveyed_at(world, here, "county_officer")
    assert (entry["stage"], entry["difference"], entry["region_code"]) == ("moved", "moved", "652301104202")
    after = (await world.get("county_officer", f"/v1/survey-rounds/{here['id']}"))["differences"]
    assert after["moved"] == before["moved"] + 1
    taken_in = await surveyed_at(world, there, "there_commissioner")
    assert (taken_in["stage"], taken_in["region_code"]) == ("listed", THERE)


async def surveyed_at(world: World, opened: dict[str, Any], who: str) -> dict[str, Any]:
    path = f"/v1/survey-rounds/{opened['id']}/entries"
    found: list[dict[str, Any]] = (await world.get(who, path, person_id=world.citizen["person_id"]))["items"]
    assert len(found) == 1
    return found[0]


async def test_a_plan_that_is_carried_out_is_to_be_looked_at_again(neighbours: World) -> None:
    world = neighbours
    await holding(world)
    need = await a_confirmed_need(world)
    plan = await in_force(world, await a_plan(world, need, await service_for(world, need)))

    assert (await moves(world)).status_code == 200

    seen = await world.get("there_township", f"/v1/plans/{plan['id']}")
    assert seen["called_for"] == ["residence_moved"]


async def test_a_move_to_the_next_village_takes_the_file_from_one_commissioner_to_the_other(
    world: World, app: FastAPI, superuser: asyncpg.Connection
) -> None:
    register = Register(superuser, app.state.ports.tokens, UUID(world.opened["client_id"]))
    next_village = "65/6523/652301/652301104/652301104203"
    account = await register.account()
    await register.appoint(account, Role.COMMISSIONER, region=next_village, organisation="county_federation")
    world.opened["tokens"]["next_commissioner"] = register.token(account, Role.COMMISSIONER)
    await superuser.execute(
        "UPDATE person SET registration_path = $2 WHERE id = $1", UUID(world.citizen["person_id"]), THERE_PATH
    )
    visit = await world.post("commissioner", visits_of(world), a_visit(world, visited_on=str(await today(world))))
    paths = (home_of(world), f"/v1/home-visits/{visit['id']}")

    assert (await moves(world, region_code="652301104203")).status_code == 200

    for path in paths:
        told = [await sees(world, who, path) for who in ("commissioner", "next_commissioner", "township_officer")]
        assert told == [404, 200, 200], path
