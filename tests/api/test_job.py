"""Jobs over HTTP: a table is handed in, the worker goes through it, results come in the order of the lines."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from app.adapters.postgres.database import Database
from app.adapters.quotas import Quotas
from app.domain.shared.identity import CertificateNumber
from tests.acting import World
from tests.api.bulk import NDJSON, a_worker, ordered, supplied, work, worked_off
from tests.working import certified

pytestmark = [pytest.mark.anyio, pytest.mark.database]


@pytest.fixture
async def worker(installed: Any) -> AsyncIterator[Database]:
    async with a_worker(installed) as database:
        await worked_off(database)  # what other tests have left
        yield database


@pytest.fixture
async def number(world: World, worker: Database) -> CertificateNumber:
    """A certificate of this world's citizen, on the register."""
    return await certified(worker, world)


async def results_of(world: World, job: dict[str, Any], **query: Any) -> list[dict[str, Any]]:
    answer = await world.call("portal", "GET", f"/v1/jobs/{job['id']}/results", params=query)
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


async def test_each_row_gets_the_answer_of_the_single_call_or_its_problem(
    world: World, worker: Database, number: CertificateNumber
) -> None:
    name = world.citizen["name"]
    table = f"证号,姓名,编号\n{number.value},{name},一\n{number.value},旁人,二\n1.1E+17,{name},三\n{number.value},,四\n"
    job = await supplied(world, table.encode())

    await worked_off(worker)

    nothing = {"category": None, "grade": None, "is_within_grade": None}
    answered = nothing | {"problem_code": None, "problem_column": None}
    assert await results_of(world, job) == [
        {"line": 2, "outcome": "in_force", **answered},
        {"line": 3, "outcome": "no_match", **answered},
        {"line": 4, "outcome": None, **nothing, "problem_code": "spreadsheet_damage", "problem_column": "number"},
        {"line": 5, "outcome": None, **nothing, "problem_code": "claim_missing", "problem_column": None},
    ]
    shown = await world.get("portal", f"/v1/jobs/{job['id']}")
    assert (shown["state"], shown["progress"]) == (
        "finished",
        {"rows": 4, "problems": 2, "chunks": 1, "share": 1.0},
    )


async def test_a_table_does_not_try_out_which_certificate_somebody_holds(
    world: World, worker: Database, number: CertificateNumber
) -> None:
    strict = replace(worker, quotas=Quotas(None, misses_of_holder_a_day=3, real_time=worker.real_time))
    own = number.citizen_number.value
    tried = "".join(f"{own}{category}{grade},{own}\n" for category in range(1, 8) for grade in range(1, 5))
    job = await supplied(world, f"证号,身份证号\n{tried}".encode())

    await worked_off(strict)

    told = {(one["outcome"], one["problem_code"]) for one in await results_of(world, job)}
    assert told == {(None, "too_many_requests")}


async def test_whoever_was_found_is_in_the_record_of_access_once_a_chunk(
    world: World, worker: Database, number: CertificateNumber, *, superuser: asyncpg.Connection
) -> None:
    name = world.citizen["name"]
    job = await supplied(world, f"number,name\n{number.value},{name}\n{number.value},{name}\n".encode())

    await worked_off(worker)

    records = await superuser.fetch(
        "SELECT operation, disclosed, person_ids, actor_id FROM access_record WHERE request_id = $1",
        f"job-{job['id']}-0",
    )
    assert [(row["operation"], row["disclosed"], row["person_ids"]) for row in records] == [
        ("verify_certificate", ["status"], [UUID(world.citizen["person_id"])])
    ]


async def test_more_is_told_only_with_the_scope_for_it(
    world: World, worker: Database, number: CertificateNumber
) -> None:
    table = f"number,name\n{number.value},{world.citizen['name']}\n"
    order = {"parameters": {"detail": "category_and_grade"}, "input": {"text": table}}
    refused = await world.call("portal", "POST", "/v1/jobs", json={"kind": "certificate_verification", **order})
    job = await ordered(world, "civil_affairs", **order)

    await worked_off(worker)

    answer = await world.call("civil_affairs", "GET", f"/v1/jobs/{job['id']}/results")
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert json.loads(answer.text)["grade"] == number.grade.value


async def test_a_dry_run_looks_nothing_up(world: World, worker: Database, number: CertificateNumber) -> None:
    table = f"number,name\n{number.value},{world.citizen['name']}\n123,样本\n"
    job = await supplied(world, table.encode(), dry_run=True)

    await worked_off(worker)

    told = [(line["outcome"], line["problem_code"]) for line in await results_of(world, job)]
    assert told == [(None, None), (None, "invalid_certificate_number")]


async def test_rows_with_a_problem_come_back_as_their_sender_wrote_them_and_can_be_sent_again(
    world: World, worker: Database, number: CertificateNumber
) -> None:
    name = world.citizen["name"]
    table = f'编号,证号,姓名\n=1+1,{number.value},{name}\n"二,三",110,{name}\n'
    job = await supplied(world, table.encode("gb18030"))
    await worked_off(worker)

    errors = await world.call("portal", "GET", f"/v1/jobs/{job['id']}/errors.csv", headers={"Accept-Language": "zh-CN"})

    mark, head, row = errors.text[0], *errors.text[1:].splitlines()
    assert mark == "\ufeff"
    assert head == "编号,证号,姓名,line,problem_code,problem_column,problem"
    assert row.startswith(f'"二,三",110,{name},3,invalid_certificate_number,number,残疾人证号有误')
    mended = errors.text.replace(",110,", f",{number.value},").encode()
    again = await supplied(world, mended)
    await worked_off(worker)
    assert [line["outcome"] for line in await results_of(world, again)] == ["in_force"]
    assert (await world.call("portal", "GET", f"/v1/jobs/{again['id']}/errors.csv")).text.count("\n") == 1


async def test_results_are_read_on_by_line_in_either_format(world: World, worker: Database) -> None:
    rows = "".join(f'{{"number": "{line}"}}\n' for line in range(1, 4502))
    job = await supplied(world, rows.encode(), media_type=NDJSON)
    await worked_off(worker)

    path, lines = f"/v1/jobs/{job['id']}/results?limit=1900&format=csv", []
    while path:
        answer = await world.call("portal", "GET", path)
        lines += answer.text.splitlines()[1:]
        path = answer.headers.get("Link", "").partition(">")[0].removeprefix("<http://yian.test")

    assert [line.partition(",")[0] for line in lines] == [str(line) for line in range(1, 4502)]
    assert (await world.get("portal", f"/v1/jobs/{job['id']}"))["progress"]["chunks"] == 3
    assert await results_of(world, job, after=4501) == []


async def test_first_results_are_there_while_the_rest_still_waits(world: World, worker: Database) -> None:
    job = await supplied(world, b"number,name\n" + b"1,x\n" * 5_000)

    await work(worker)

    shown = await world.get("portal", f"/v1/jobs/{job['id']}")
    assert (shown["state"], shown["progress"]["rows"]) == ("running", 2_000)
    assert len(await results_of(world, job, limit=10_000)) == 2_000
    await worked_off(worker)


async def test_a_long_job_does_not_keep_a_short_one_waiting(world: World, worker: Database) -> None:
    long = await supplied(world, b"number,name\n" + b"1,x\n" * 9_000)
    other = await supplied(world, b"number,name\n" + b"1,x\n" * 9_000)
    await work(worker)
    await work(worker)
    short = await supplied(world, b"number,name\n" + b"1,x\n" * 10)

    turns = [str(job.id) for job in await worked_off(worker)]

    assert turns[0] == short["id"]
    assert turns[1:5] == [long["id"], other["id"]] * 2


async def test_a_job_rests_goes_on_where_it_was_and_can_be_given_up(world: World, worker: Database) -> None:
    job = await supplied(world, b"number,name\n" + b"1,x\n" * 5_000)
    path = f"/v1/jobs/{job['id']}"
    await work(worker)

    paused = await world.post("portal", f"{path}/pause")
    assert (paused["state"], paused["reason"], await worked_off(worker)) == ("paused", "by_owner", [])
    assert (await world.call("portal", "POST", f"{path}/pause")).json()["code"] == "illegal_transition"
    assert (await world.post("portal", f"{path}/resumption"))["state"] == "queued"
    await work(worker)
    cancelled = await world.post("portal", f"{path}/cancellation")

    assert (cancelled["state"], await worked_off(worker)) == ("cancelled", [])
    assert cancelled["progress"]["rows"] == len(await results_of(world, job, limit=10_000)) == 4_000


async def test_nobody_but_the_owner_knows_of_a_job(world: World) -> None:
    job = await supplied(world, b"number,name\n1,x\n")

    for path in ("", "/results", "/errors.csv"):
        assert (await world.call("civil_affairs", "GET", f"/v1/jobs/{job['id']}{path}")).status_code == 404
    assert (await world.call("civil_affairs", "POST", f"/v1/jobs/{job['id']}/pause")).status_code == 404
    other = await world.call(
        "civil_affairs",
        "PUT",
        f"/v1/jobs/{job['id']}/input",
        content=b"number\n1\n",
        headers={"Content-Type": "text/csv"},
    )
    assert other.status_code == 404
    listed = (await world.get("civil_affairs", "/v1/jobs", limit=100))["items"]
    assert job["id"] not in {one["id"] for one in listed}


async def test_an_upload_that_broke_off_counts_for_nothing_and_is_sent_again(
    world: World, worker: Database, superuser: asyncpg.Connection
) -> None:
    job = await ordered(world)
    path = f"/v1/jobs/{job['id']}/input"

    async def broken() -> AsyncIterator[bytes]:
        yield b"number,name\n" + b"1,x\n" * 100_000
        raise OSError("the line broke")

    await world.call("portal", "PUT", path, content=broken(), headers={"Content-Type": "text/csv"})
    kept = await superuser.fetchval("SELECT count(*) FROM job_input WHERE job_id = $1", UUID(job["id"]))
    answer = await world.call(
        "portal", "PUT", path, content=b"number,name\n1,x\n", headers={"Content-Type": "text/csv"}
    )
    await worked_off(worker)

    assert kept > 0
    assert answer.json()["state"] == "queued"
    assert len(await results_of(world, job)) == 1


@pytest.mark.parametrize(
    ("content", "media_type", "status", "code"),
    [
        (b"", "text/csv", 422, "input_unreadable"),
        (b"\xff\xfe\x00", "text/csv", 422, "input_unreadable"),
        (b"name\nx\n", "text/csv", 422, "columns_missing"),
        (b"number\n1\n", "application/json", 415, "unsupported_media_type"),
        (b"number\n1\n", "", 415, "unsupported_media_type"),
    ],
)
async def test_a_table_that_cannot_be_read_is_refused_and_another_one_taken(
    world: World, content: bytes, media_type: str, *, status: int, code: str
) -> None:
    job = await ordered(world)
    path = f"/v1/jobs/{job['id']}/input"

    refused = await world.call("portal", "PUT", path, content=content, headers={"Content-Type": media_type})
    taken = await world.call("portal", "PUT", path, content=b"number,name\n1,x\n", headers={"Content-Type": "text/csv"})
    twice = await world.call("portal", "PUT", path, content=b"number,name\n1,x\n", headers={"Content-Type": "text/csv"})

    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert taken.status_code == 200
    assert (twice.status_code, twice.json()["code"]) == (409, "illegal_transition")


async def test_the_same_order_with_the_same_key_is_one_job(world: World) -> None:
    body = {"kind": "certificate_verification", "input": {"text": "number,name\n1,x\n"}}

    once = await world.call("portal", "POST", "/v1/jobs", json=body, key="one-order")
    twice = await world.call("portal", "POST", "/v1/jobs", json=body, key="one-order")

    assert once.json() == twice.json()
    assert twice.headers["Idempotent-Replayed"] == "true"
    assert len((await world.get("portal", "/v1/jobs", kind="certificate_verification", state="queued"))["items"]) == 1


async def test_a_job_of_somebody_who_was_dismissed_rests(
    world: World, worker: Database, superuser: asyncpg.Connection
) -> None:
    job = await supplied(world, b"number,name\n1,x\n")
    await superuser.execute("UPDATE account SET disabled_at = now() WHERE id = $1", UUID(world.account("portal")))

    await worked_off(worker)

    row = await superuser.fetchrow("SELECT state, reason, rows FROM job WHERE id = $1", UUID(job["id"]))
    assert tuple(row) == ("paused", "owner_refused", 0)


async def test_what_was_handed_in_and_what_came_out_cannot_be_read_in_the_database(
    world: World, worker: Database, number: CertificateNumber, *, superuser: asyncpg.Connection
) -> None:
    name = world.citizen["name"]
    job = await supplied(world, f"number,name\n{number.value},{name}\n".encode())
    await worked_off(worker)

    rests = await superuser.fetch(
        "SELECT content_cipher FROM job_input WHERE job_id = $1 "
        "UNION ALL SELECT content_cipher FROM job_result WHERE job_id = $1",
        UUID(job["id"]),
    )

    assert len(rests) == 2
    for row in rests:
        assert name.encode() not in row[0]
        assert b"in_force" not in row[0]
