"""Taking another register over: each row new, the same, otherwise or a problem; an officer settles what differs."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import asyncpg
import pytest
from fastapi import FastAPI

from app.adapters.postgres.database import Database
from app.domain.shared.identity import CitizenNumber
from tests.acting import World
from tests.api.bulk import a_worker, worked_off
from tests.api.probes import a_discrepancy
from tests.api.registers import a_row, as_table, imported
from tests.working import certified

pytestmark = [pytest.mark.anyio, pytest.mark.database]

CARDS = "SELECT grade, status, status_reason FROM certificate_version WHERE person_id = $1 ORDER BY version"
NEWEST = "(SELECT id FROM person ORDER BY id DESC LIMIT 1)"
AWAY = f"UPDATE person SET region_path = '65/6523/652302', registration_path = '65/6523/652302' WHERE id = {NEWEST}"
OTHERS = iter(range(1, 900))


def somebody(**changes: str) -> dict[str, str]:
    """A row about somebody who is not on record: two disabilities, the heavier of the second grade."""
    citizen = CitizenNumber.of(region="990207", born_on=date(1903, 4, 5), sequence=next(OTHERS)).value
    row = {"name": "样来客", "citizen_number": citizen, "number": f"{citizen}72", "registration_code": "652301104201"}
    row |= {"issued_on": "20240131", "category": "7", "grade": "2", "visual": "2", "physical": "3"}
    return row | {"phone": "0994-0000000", "residence_address": "红柳示例村 1 号"} | changes


def told(results: list[dict[str, Any]]) -> list[str]:
    return [result["outcome"] or result["problem_code"] for result in results]


async def verified(world: World, row: dict[str, str]) -> str:
    asked = {"certificates": [{"number": row["number"], "name": row["name"]}]}
    outcome: str = (await world.post("portal", "/v1/certificate-verifications", asked))["results"][0]["outcome"]
    return outcome


@pytest.fixture
async def worker(installed: Any) -> AsyncIterator[Database]:
    async with a_worker(installed) as database:
        await worked_off(database)
        yield database


async def test_what_is_new_goes_onto_the_register_with_its_components_and_can_be_verified(
    world: World, superuser: asyncpg.Connection
) -> None:
    row = somebody()

    dry = await imported(world, [row], dry_run=True)
    before = await verified(world, row)
    results = await imported(world, [row])
    again = await imported(world, [row])

    assert (told(dry), before, told(results), told(again)) == (["new"], "no_match", ["new"], ["same"])
    assert await verified(world, row) == "in_force"
    card = await superuser.fetchrow(
        f"SELECT components, valid_until FROM certificate_version WHERE person_id = {NEWEST}"
    )
    assert (card["components"], card["valid_until"]) == ('{"1": 2, "4": 3}', date(2034, 1, 31))


async def test_what_differs_changes_nothing_and_is_put_down_once(
    world: World, app: FastAPI, superuser: asyncpg.Connection
) -> None:
    await certified(app.state.database, world)

    results = [*(await imported(world, [a_row(world)])), *(await imported(world, [a_row(world)]))]

    assert told(results) == ["differs", "differs"]
    assert results[0]["differs"] == "number grade components issued_on"
    assert "grade: 1" in results[0]["held"]
    assert "grade: 2" in results[0]["given"]
    assert world.citizen["citizen_number"] not in str(results)
    person = world.citizen["person_id"]
    assert [row["grade"] for row in await superuser.fetch(CARDS, person)] == [1]
    assert await superuser.fetchval("SELECT count(*) FROM register_discrepancy WHERE person_id = $1", person) == 1


async def test_a_dry_run_writes_nothing(world: World, app: FastAPI, superuser: asyncpg.Connection) -> None:
    await certified(app.state.database, world)
    count = "SELECT (SELECT count(*) FROM person), (SELECT count(*) FROM register_discrepancy)"
    before = await superuser.fetchrow(count)

    results = await imported(world, [a_row(world), somebody()], dry_run=True)

    assert told(results) == ["differs", "new"]
    assert await superuser.fetchrow(count) == before


async def test_an_officer_takes_it_and_the_card_is_another_version(
    world: World, app: FastAPI, superuser: asyncpg.Connection
) -> None:
    await certified(app.state.database, world)
    row = a_row(world, name="样本雪")
    await imported(world, [row])
    found = await a_discrepancy(world, name="样本雪")
    path = f"/v1/register-discrepancies/{found['id']}"

    settled = await world.step("county_officer", path, "settlement", {"settlement": "taken", "text": "已核对原证"})

    assert (settled["stage"], settled["words"]) == ("taken", "已核对原证")
    cards = await superuser.fetch(CARDS, world.citizen["person_id"])
    assert [(card["grade"], card["status"], card["status_reason"]) for card in cards] == [
        (1, "replaced", "register_import"),
        (2, "in_force", None),
    ]
    assert await verified(world, row) == "in_force"
    assert told(await imported(world, [row])) == ["same"]
    again = await world.try_step("county_officer", path, "settlement", {"settlement": "kept", "text": "已核对"})
    assert (again.status_code, again.json()["code"]) == (409, "illegal_transition")


async def test_an_officer_keeps_what_is_held_and_is_not_asked_again(world: World, app: FastAPI) -> None:
    number = await certified(app.state.database, world)
    found = await a_discrepancy(world)
    path = f"/v1/register-discrepancies/{found['id']}"

    await world.step("county_officer", path, "settlement", {"settlement": "kept", "text": "导入信息有误"})
    await imported(world, [a_row(world)])

    assert await verified(world, a_row(world, number=number.value)) == "in_force"
    opened = await world.get("county_officer", "/v1/register-discrepancies", stage="open", limit=100)
    assert world.citizen["person_id"] not in {one["person_id"] for one in opened["items"]}


async def test_what_has_changed_since_is_not_overwritten(
    world: World, app: FastAPI, superuser: asyncpg.Connection
) -> None:
    await certified(app.state.database, world)
    found = await a_discrepancy(world)
    await superuser.execute(
        "UPDATE certificate SET version = version + 1 WHERE person_id = $1", world.citizen["person_id"]
    )

    path = f"/v1/register-discrepancies/{found['id']}"
    refused = await world.try_step("county_officer", path, "settlement", {"settlement": "taken", "text": "已核对"})

    assert (refused.status_code, refused.json()["code"]) == (409, "held_since")


async def test_every_row_is_accounted_for_and_none_stops_another(world: World) -> None:
    row = somebody()
    rows = [
        somebody(registration_code="652302", residence_code=""),
        somebody(registration_code="999999"),
        somebody(issued_on="20991231"),
        somebody(physical="1"),
        somebody(citizen_number="9.9E+17"),
        row,
        row,
    ]

    results = await imported(world, rows)

    assert [(one["line"], told([one])[0], one["problem_column"]) for one in results] == [
        (2, "outside_your_area", "registration_code"),
        (3, "region_not_found", "registration_code"),
        (4, "entry_unclear", "issued_on"),
        (5, "entry_unclear", "category"),
        (6, "spreadsheet_damage", "citizen_number"),
        (7, "new", None),
        (8, "repeated_in_table", "citizen_number"),
    ]


async def test_somebody_of_another_place_is_not_taken_over(world: World, superuser: asyncpg.Connection) -> None:
    row = somebody()
    await imported(world, [row])
    await superuser.execute(AWAY)

    assert told(await imported(world, [row])) == ["held_elsewhere"]


@pytest.mark.parametrize(
    ("who", "status"),
    [("other_county_officer", 404), ("county_approver", 403), ("township_officer", 403), ("portal", 403)],
)
async def test_only_an_officer_of_the_county_settles_it(world: World, app: FastAPI, *, who: str, status: int) -> None:
    await certified(app.state.database, world)
    path = f"/v1/register-discrepancies/{(await a_discrepancy(world))['id']}"

    answer = await world.try_step(who, path, "settlement", {"settlement": "taken", "text": "已核对"})

    assert answer.status_code == status


async def test_a_whole_chunk_goes_in_by_a_few_statements(world: World, worker: Database) -> None:
    rows = [somebody() for _ in range(300)]
    order = {"input": {"text": as_table(rows)}}
    job = await world.post("county_officer", "/v1/register-imports", order)

    await worked_off(worker)

    shown = await world.get("county_officer", f"/v1/jobs/{job['id']}")
    assert (shown["state"], shown["progress"]["rows"], shown["progress"]["problems"]) == ("finished", 300, 0)
    assert await verified(world, rows[299]) == "in_force"
