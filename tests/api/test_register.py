"""Taking another register over: each row new, the same, otherwise or a problem; an officer settles what differs."""

import contextlib
import io
import json
from collections.abc import AsyncIterator
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import openpyxl
import pytest
from fastapi import FastAPI

from app.adapters.postgres.database import Database
from app.api.tables import XLSX
from app.domain.shared.identity import CitizenNumber
from tests.acting import World
from tests.api.bulk import a_worker, worked_off
from tests.api.probes import a_discrepancy
from tests.api.registers import a_row, approved, as_table, imported, run_dry, waiting
from tests.working import certified

pytestmark = [pytest.mark.anyio, pytest.mark.database]

CARDS = "SELECT grade, status, status_reason FROM certificate_version WHERE person_id = $1 ORDER BY version"
NEWEST = "(SELECT id FROM person WHERE id < '10000000-0000-0000-0000-000000000000' ORDER BY id DESC LIMIT 1)"
"""Ids of the service are in the order of time; others' in tests are of chance, and most of those lie above."""
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


async def sent(world: World, path: str, book: openpyxl.Workbook) -> httpx.Response:
    written = io.BytesIO()
    book.save(written)
    return await world.call("county_officer", "PUT", path, content=written.getvalue(), headers={"Content-Type": XLSX})


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

    alone = await world.try_step("county_officer", path, "settlement", {"settlement": "taken", "text": "已核对原证"})
    settled = await world.step(
        "second_county_officer", path, "settlement", {"settlement": "taken", "text": "已核对原证"}
    )
    assert (alone.status_code, alone.json()["code"]) == (403, "duties_not_separated")

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


async def test_nobody_hands_in_a_row_about_themself(world: World, app: FastAPI, superuser: asyncpg.Connection) -> None:
    own = "UPDATE account SET person_id = $2 WHERE id = $1"
    await superuser.execute(own, world.account("county_officer"), world.citizen["person_id"])
    try:
        results = await imported(world, [a_row(world)], dry_run=True)
        table = {"text": as_table([a_row(world)])}
        asked = await world.call("county_officer", "POST", "/v1/register-imports", json={"input": table})
    finally:
        await superuser.execute(own, world.account("county_officer"), None)

    assert (asked.status_code, asked.json()["code"]) == (403, "named_in_register")
    assert [(one["outcome"], one["problem_code"]) for one in results] == [(None, "own_case")]
    assert not await superuser.fetch(CARDS, world.citizen["person_id"])


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
    refused = await world.try_step(
        "second_county_officer", path, "settlement", {"settlement": "taken", "text": "已核对"}
    )

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


async def test_a_spreadsheet_is_taken_over_and_its_lines_are_rows_of_the_sheet(world: World, worker: Database) -> None:
    row, book = somebody(), openpyxl.Workbook()
    assert book.active is not None
    for cells in [("某县持证残疾人",), tuple(row), tuple(row.values()), (row["name"], int(row["citizen_number"]))]:
        book.active.append(cells)
    dry = await world.post("county_officer", "/v1/register-imports", {"dry_run": True})
    await sent(world, f"/v1/jobs/{dry['id']}/input", book)
    await worked_off(worker)
    job = await world.post("county_officer", "/v1/register-imports", {})
    path = f"/v1/jobs/{job['id']}"

    supplied = await sent(world, f"{path}/input", book)
    await approved(world, supplied.json())
    await worked_off(worker)

    assert (supplied.status_code, supplied.json()["table"]["format"]) == (200, "xlsx")
    results = [json.loads(line) for line in (await world.call("county_officer", "GET", f"{path}/results")).text.split()]
    assert [(one["line"], told([one])[0]) for one in results] == [(3, "new"), (4, "spreadsheet_damage")]
    assert await verified(world, row) == "in_force"
    errors = (await world.call("county_officer", "GET", f"{path}/errors.csv")).text.splitlines()
    assert errors[0].startswith("\ufeffname,citizen_number")
    assert errors[1].startswith(f"{row['name']},9.90207")


async def test_what_is_no_spreadsheet_is_refused_and_may_be_sent_again(world: World) -> None:
    job = await world.post("county_officer", "/v1/register-imports", {})
    path, book = f"/v1/jobs/{job['id']}/input", openpyxl.Workbook()

    answer = await world.call("county_officer", "PUT", path, content=b"PK\x03\x04", headers={"Content-Type": XLSX})
    empty = await sent(world, path, book)

    assert (answer.status_code, answer.json()["code"]) == (422, "input_unreadable")
    assert (empty.status_code, empty.json()["code"]) == (422, "columns_missing")
    assert (await world.get("county_officer", f"/v1/jobs/{job['id']}"))["state"] == "awaiting_input"


async def test_a_whole_chunk_goes_in_by_a_few_statements(world: World, worker: Database) -> None:
    rows = [somebody() for _ in range(300)]
    job = await approved(world, await waiting(world, as_table(rows)))

    await worked_off(worker)

    shown = await world.get("county_officer", f"/v1/jobs/{job['id']}")
    assert (shown["state"], shown["progress"]["rows"], shown["progress"]["problems"]) == ("finished", 300, 0)
    assert await verified(world, rows[299]) == "in_force"


async def test_nothing_goes_in_before_a_second_person_has_approved_and_then_it_does(
    world: World, worker: Database, superuser: asyncpg.Connection
) -> None:
    row = somebody()
    job = await waiting(world, as_table([row, somebody(physical="1")]))
    path = f"/v1/register-imports/{job['id']}"

    await worked_off(worker)
    before = await verified(world, row)
    shown = await world.get("county_approver", path)
    listed = await world.get("county_approver", "/v1/register-imports", stage="awaiting_approval", limit=100)
    await world.step("second_county_approver", path, "approval")
    await worked_off(worker)

    assert (job["state"], before, await verified(world, row)) == ("awaiting_approval", "no_match", "in_force")
    assert shown["counts"] == {"new": 1, "same": 0, "differs": 0, "problems": 1}
    assert (shown["kind"], shown["asked_by"]) == ("register_import", world.account("county_officer"))
    assert job["id"] in {one["id"] for one in listed["items"]}
    found = await superuser.fetchval(
        "SELECT facts FROM event WHERE name = 'register_import.approved' AND subject_id = $1::uuid", job["id"]
    )
    assert {world.account("county_officer"), world.account("second_county_approver")} <= set(str(found).split('"'))


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("county_officer", "forbidden"),
        ("second_county_officer", "forbidden"),
        ("county_reviewer", "forbidden"),
        ("other_county_officer", "forbidden"),
    ],
)
async def test_only_an_approver_lets_a_register_in(world: World, *, who: str, code: str) -> None:
    path = f"/v1/register-imports/{(await waiting(world))['id']}"

    answer = await world.try_step(who, path, "approval")

    assert (answer.status_code, answer.json()["code"]) == (403, code)


async def test_whoever_has_asked_does_not_approve_with_the_role_either(
    world: World, superuser: asyncpg.Connection
) -> None:
    job = await waiting(world)
    await superuser.execute(
        "UPDATE job SET actor_id = $2 WHERE id = $1::uuid", job["id"], UUID(world.account("county_approver"))
    )
    await superuser.execute(
        "UPDATE register_import SET asked_by = $2, detail = jsonb_set(detail, '{asked_by}', to_jsonb($3::text)) "
        "WHERE id = $1::uuid",
        job["id"],
        UUID(world.account("county_approver")),
        world.account("county_approver"),
    )

    answer = await world.try_step("county_approver", f"/v1/register-imports/{job['id']}", "approval")

    assert (answer.status_code, answer.json()["code"]) == (403, "duties_not_separated")


async def test_a_table_without_a_dry_run_of_its_own_is_refused(world: World) -> None:
    await run_dry(world, {"text": as_table([somebody()])})

    answer = await world.call(
        "county_officer", "POST", "/v1/register-imports", json={"input": {"text": as_table([somebody()])}}
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "dry_run_missing")


async def test_an_import_that_was_given_up_is_not_approved_any_more(world: World) -> None:
    job = await waiting(world)
    path = f"/v1/register-imports/{job['id']}"

    await world.post("county_officer", f"/v1/jobs/{job['id']}/cancellation")
    answer = await world.try_step("county_approver", path, "approval")

    assert (await world.get("county_approver", path))["stage"] == "withdrawn"
    assert (answer.status_code, answer.json()["code"]) == (409, "illegal_transition")


@contextlib.asynccontextmanager
async def being(superuser: asyncpg.Connection, account: str, person_id: str) -> AsyncIterator[None]:
    """An account whose person is on record, for a time: the sandbox's accounts are everybody's."""
    await superuser.execute("UPDATE account SET person_id = $2 WHERE id = $1", UUID(account), UUID(person_id))
    try:
        yield
    finally:
        await superuser.execute("UPDATE account SET person_id = NULL WHERE id = $1", UUID(account))


async def living_with(superuser: asyncpg.Connection, person_id: str) -> str:
    """Somebody who shares a household with a person since long."""
    home, other = uuid4(), uuid4()
    await superuser.execute(
        "INSERT INTO person (id, region_path, registration_path, sex, preferred_format, preferred_language, version) "
        "VALUES ($1, '65/6523/652301', '65/6523/652301', 1, 'standard', 'zh-CN', 1)",
        other,
    )
    for member in (other, UUID(person_id)):
        await superuser.execute(
            "INSERT INTO household_member (household_id, person_id, valid_from, relation) "
            "VALUES ($1, $2, '2020-01-01', 'other')",
            home,
            member,
        )
    return str(other)


async def test_nobody_lets_in_a_table_in_which_they_or_one_of_their_household_stands(
    world: World, superuser: asyncpg.Connection
) -> None:
    citizen = world.citizen["person_id"]
    approver, household = world.account("county_approver"), await living_with(superuser, citizen)
    guardian = world.opened["guardian"]["person_id"]
    await superuser.execute(
        "INSERT INTO guardianship (person_id, guardian_id, valid_from, scope, proof) "
        "VALUES ($1, $2, '2020-01-01', 'guardian', 'counter')",
        UUID(citizen),
        UUID(guardian),
    )
    for person in (citizen, household, guardian):
        async with being(superuser, approver, person):
            path = f"/v1/register-imports/{(await waiting(world, as_table([somebody(), a_row(world)])))['id']}"
            for step, body in (("approval", {}), ("refusal", {"text": "表内数据来源不明。"})):
                answer = await world.try_step("county_approver", path, step, body)
                assert (answer.status_code, answer.json()["code"]) == (403, "named_in_register"), person
                assert world.account("second_county_approver") in answer.json()["detail"]
            assert (await world.get("county_approver", path))["actions"][0]["reason_code"] == "named_in_register"
            await world.step("second_county_approver", path, "approval")


async def test_nobody_asks_for_a_table_in_which_one_of_their_household_stands(
    world: World, superuser: asyncpg.Connection
) -> None:
    household = await living_with(superuser, world.citizen["person_id"])
    text = as_table([a_row(world)])
    async with being(superuser, world.account("county_officer"), household):
        await run_dry(world, {"text": text})
        answer = await world.call("county_officer", "POST", "/v1/register-imports", json={"input": {"text": text}})

    assert (answer.status_code, answer.json()["code"]) == (403, "named_in_register")
    assert world.account("second_county_officer") in answer.json()["detail"]


async def test_a_table_of_whoever_stands_in_it_is_refused_and_not_let_in_by_the_database_either(
    world: World, worker: Database, superuser: asyncpg.Connection
) -> None:
    row = a_row(world)
    job = await waiting(world, as_table([row]))
    path = f"/v1/register-imports/{job['id']}"
    await superuser.execute(
        "INSERT INTO register_import_named VALUES ($1, $2)", UUID(job["id"]), UUID(world.account("county_officer"))
    )

    answer = await world.try_step("county_approver", path, "approval")
    released = await released_by(superuser, job["id"], approver=world.account("county_approver"))
    told = await world.step("county_approver", path, "refusal", {"text": "请由另一名经办人员申请。"})
    await worked_off(worker)

    assert (answer.status_code, answer.json()["code"]) == (403, "named_in_register")
    assert released == {"named": False, "not named": True}
    assert told["stage"] == "refused"
    assert await verified(world, row) == "no_match"


async def released_by(superuser: asyncpg.Connection, job_id: str, *, approver: str) -> dict[str, bool]:
    """Whether the database lets a job go on whose import is approved, with and without who stands in it."""
    found = {}
    transaction = superuser.transaction()
    await transaction.start()
    for name, value in {"yian.reach": "cases", "yian.actor": approver}.items():
        await superuser.execute("SELECT set_config($1, $2, true)", name, value)
    approved_by = "UPDATE register_import SET stage = 'approved', approved_by = $2 WHERE id = $1"
    await superuser.execute(approved_by, UUID(job_id), UUID(approver))
    for name in ("named", "not named"):
        found[name] = await superuser.fetchval("SELECT release_register_import($1)", UUID(job_id))
        await superuser.execute("DELETE FROM register_import_named WHERE job_id = $1", UUID(job_id))
    await transaction.rollback()
    return found


async def test_an_approver_refuses_with_a_reason_which_whoever_asked_reads(world: World, worker: Database) -> None:
    row = somebody()
    job = await waiting(world, as_table([row]))
    path = f"/v1/register-imports/{job['id']}"

    unsaid = await world.try_step("county_approver", path, "refusal", {"text": " "})
    by_officer = await world.try_step("second_county_officer", path, "refusal", {"text": "不同意。"})
    told = await world.step("county_approver", path, "refusal", {"text": "请先核对来源。"})
    after = await world.try_step("second_county_approver", path, "approval")
    resumed = await world.call("county_officer", "POST", f"/v1/jobs/{job['id']}/resumption", json={})
    await worked_off(worker)

    assert unsaid.status_code == 422
    assert by_officer.status_code == 403
    assert (told["stage"], told["refused_by"]) == ("refused", world.account("county_approver"))
    assert (await world.get("county_officer", path))["refused_because"] == "请先核对来源。"
    assert (await world.get("county_officer", f"/v1/jobs/{job['id']}"))["state"] == "cancelled"
    assert (after.status_code, resumed.status_code) == (409, 409)
    assert await verified(world, row) == "no_match"


async def test_a_worker_does_no_import_that_only_its_owner_has_let_go_on(
    world: World, worker: Database, superuser: asyncpg.Connection
) -> None:
    row = somebody()
    job = await waiting(world, as_table([row]))
    await superuser.execute("UPDATE job SET state = 'queued' WHERE id = $1::uuid", job["id"])

    await worked_off(worker)

    shown = await world.get("county_officer", f"/v1/jobs/{job['id']}")
    assert (shown["state"], shown["reason"]) == ("paused", "owner_refused")
    assert await verified(world, row) == "no_match"
