"""Evidence where it is kept: read as it was written, walled, found by index, and held only while it is true."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.postgres import evidence as evidences
from app.adapters.postgres import gate
from app.adapters.postgres.aggregates import Kind
from app.adapters.postgres.evidence import EVIDENCE, EVIDENCE_REQUESTS
from app.adapters.postgres.roles import APP
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.domain.evidence import EvidenceLack, EvidenceOrigin
from app.domain.person import FactSource
from app.services.evidence import get_evidence, get_evidence_request, list_application_evidence, missing_evidence
from tests.acting import World
from tests.api.flow import case_of, issued, submitted
from tests.api.uploading import announced
from tests.builders.evidence import IDENTITY_CARD, OLD_CERTIFICATE, a_request, holding, recorded
from tests.builders.people import CITIZEN, COUNTY_OFFICER, MONDAY
from tests.working import a_caller, own_database

STATEMENTS = {"list_application_evidence": 8, "get_evidence_request": 8, "get_evidence": 5}
"""Begin, gate, commit and the record of access; the application, its requests, all that is held in one, the offices. A
single request besides its application; evidence by itself."""
Use = Callable[[PostgresUnitOfWork], Awaitable[Any]]
HERE, ELSEWHERE = "{65/6523/652301/}", "{65/6523/652302/}"


def read_back(kind: Kind[Any], aggregate: Any) -> Any:
    """What comes out of the row that goes in."""
    row = kind.to_row(aggregate)
    return kind.to_aggregate(row)


@given(version=st.integers(1, 1000), issued_on=st.dates(date(2026, 6, 1), MONDAY))
def test_evidence_is_read_as_it_was_recorded_and_verified(version: int, issued_on: date) -> None:
    upload = replace(recorded(issued_on=issued_on), version=version)
    verified, _ = upload.verify(by=COUNTY_OFFICER, on=MONDAY)

    assert read_back(EVIDENCE, upload) == upload
    assert read_back(EVIDENCE, verified) == verified
    card = recorded(IDENTITY_CARD, EvidenceOrigin.REGISTER, by=COUNTY_OFFICER)
    assert read_back(EVIDENCE, card) == card


def test_a_request_is_read_as_it_was_opened_settled_and_refused() -> None:
    asked = a_request(OLD_CERTIFICATE)
    refused, _ = asked.refuse(by=CITIZEN, on=MONDAY, guardians=())

    for request in (asked, refused, a_request(held=holding(recorded()))):
        assert read_back(EVIDENCE_REQUESTS, request) == request


@pytest.fixture
async def connection(superuser_dsn: Callable[[str], str]) -> AsyncIterator[asyncpg.Connection]:
    opened = await asyncpg.connect(superuser_dsn(APP))
    await opened.execute("BEGIN")
    yield opened
    await opened.close()


async def shown(connection: asyncpg.Connection, table: str, person: str, **context: str) -> int:
    """How many of a person's rows a caller in this context sees."""
    await gate.step_in(connection, reach="cases", **context)
    found: int = await connection.fetchval(f"SELECT count(*) FROM {table} WHERE person_id = $1", UUID(person))
    return found


async def with_evidence(world: World) -> dict[str, Any]:
    """An application with a photo that the portal has brought."""
    application = await submitted(world)
    told = {"kind": "photo", "origin": "declaration", "application_id": application["id"]}
    await world.post("portal", "/v1/evidence", told)
    return application


@pytest.mark.anyio
@pytest.mark.database
async def test_walls_show_evidence_to_its_place_its_person_and_its_portal(
    connection: asyncpg.Connection, world: World
) -> None:
    await with_evidence(world)
    person, today = world.citizen["person_id"], (await world.get("portal", "/v1/sandbox/clock"))["today"]

    for table in ("evidence", "evidence_request"):
        assert await shown(connection, table, person, areas=HERE) > 0
        assert await shown(connection, table, person, parties=f"{{{person}}}") > 0
        assert await shown(connection, table, person, parties=f"{{{world.account('portal')}}}", today=today) > 0
        assert await shown(connection, table, person, areas=ELSEWHERE) == 0
        assert await shown(connection, table, person, parties=f"{{{uuid4()}}}", today=today) == 0


@pytest.mark.anyio
@pytest.mark.database
async def test_evidence_goes_with_a_person_who_moves(
    connection: asyncpg.Connection, world: World, superuser_dsn: Callable[[str], str]
) -> None:
    await with_evidence(world)
    person = world.citizen["person_id"]
    postgres = await asyncpg.connect(superuser_dsn("postgres"))
    path = "65/6523/652302"
    await postgres.execute(
        "UPDATE person SET region_path = $2, registration_path = $2 WHERE id = $1", UUID(person), path
    )
    await postgres.close()

    assert await shown(connection, "evidence", person, areas=ELSEWHERE) > 0
    assert await shown(connection, "evidence_request", person, areas=ELSEWHERE) == 0


@pytest.mark.anyio
@pytest.mark.database
@pytest.mark.parametrize("column", ["person_id", "region_path", "application_id"])
@pytest.mark.parametrize("table", ["evidence", "evidence_request"])
async def test_nothing_of_evidence_is_carried_to_somebody_else(
    connection: asyncpg.Connection, table: str, column: str
) -> None:
    await gate.step_in(connection, reach="cases", areas=HERE)

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute(f"UPDATE {table} SET {column} = {column}")


@pytest.mark.anyio
@pytest.mark.database
async def test_an_upload_is_behind_the_wall_of_account_and_client(connection: asyncpg.Connection, world: World) -> None:
    upload = await announced(world)
    account, client = world.account("portal"), world.opened["client_id"]
    seen = {}

    for actor, through in ((account, client), (account, str(uuid4())), (str(uuid4()), client)):
        await gate.step_in(connection, reach="cases", areas=HERE, actor=actor, client=through)
        seen[actor, through] = await connection.fetchval(
            "SELECT count(*) FROM upload WHERE id = $1", UUID(upload["id"])
        )

    assert list(seen.values()) == [1, 0, 0]


@pytest.mark.anyio
@pytest.mark.database
async def test_a_certificate_is_evidence_only_while_the_register_says_so(
    installed: Any, world: World, superuser_dsn: Callable[[str], str]
) -> None:
    application = await submitted(world)
    await issued(world, case_of(application, "certificate"))
    person = UUID(world.citizen["person_id"])

    async with own_database(installed.settings, pool_size=1) as database:
        caller = a_caller(world, "county_officer", "list_application_evidence")
        before = await held(PostgresUnitOfWork(database, caller), person)
        postgres = await asyncpg.connect(superuser_dsn("postgres"))
        await postgres.execute("UPDATE certificate_version SET status = 'frozen' WHERE person_id = $1", person)
        await postgres.close()
        after = await held(PostgresUnitOfWork(database, caller), person)

    assert (before, after) == ({"certificate_record"}, set())


async def held(work: PostgresUnitOfWork, person: UUID) -> set[str]:
    async with work as uow:
        return {one.kind for one in (await uow.evidence.held_of(person, on=uow.today)).evidence}


@pytest.mark.anyio
@pytest.mark.database
async def test_what_is_missing_for_an_item_is_told_inside_anybodys_transaction(installed: Any, world: World) -> None:
    application = await with_evidence(world)

    async with own_database(installed.settings, pool_size=1) as database:
        caller = a_caller(world, "county_officer", "list_application_evidence")
        async with PostgresUnitOfWork(database, caller) as uow:
            whole = await uow.applications.get(UUID(application["id"]))
            for_certificate = await missing_evidence(whole, "certificate", uow=uow)
            for_all = await missing_evidence(whole, uow=uow)

    found = {one.request.kind: one for one in for_certificate}
    assert {kind: one.lack for kind, one in found.items()} == {
        "identity_card": EvidenceLack.NOT_FETCHED,
        "household_register": EvidenceLack.NOT_FETCHED,
        "photo": EvidenceLack.TO_BE_CHECKED,
    }
    photo = found["photo"].evidence
    assert photo is not None
    assert photo.assurance is FactSource.DECLARED
    assert [one.request.kind for one in for_certificate if one.is_for_the_person] == ["photo"]
    assert {one.request.kind for one in for_all} > found.keys()


@pytest.mark.anyio
@pytest.mark.database
async def test_reading_evidence_takes_so_many_statements(installed: Any, world: World) -> None:
    application = await with_evidence(world)
    asked = await world.get("county_officer", f"/v1/applications/{application['id']}/evidence")
    photo = next(one for one in asked["items"] if one["kind"] == "photo")
    uses: dict[str, Use] = {
        "list_application_evidence": lambda uow: list_application_evidence(UUID(application["id"]), uow=uow),
        "get_evidence_request": lambda uow: get_evidence_request(UUID(photo["id"]), uow=uow),
        "get_evidence": lambda uow: get_evidence(UUID(photo["evidence"]["id"]), uow=uow),
    }
    counted: dict[str, int] = {}

    async with own_database(installed.settings, pool_size=1) as database:
        for name, use in uses.items():
            for _ in range(2):  # the first time, the driver also asks for types
                work = PostgresUnitOfWork(database, a_caller(world, "county_officer", name))
                counted[name] = await statements(database, partial(use, work))

    assert counted == STATEMENTS


async def statements(database: Any, use: Callable[[], Awaitable[Any]]) -> int:
    """How many statements are run, as the driver logs them."""
    seen: list[str] = []
    async with database.pool.acquire() as connection:
        connection.add_query_logger(lambda record: seen.append(record.query))
    await use()
    await asyncio.sleep(0)  # the loggers are called by the event loop
    return len(seen)


@pytest.mark.anyio
@pytest.mark.database
async def test_what_is_held_of_a_person_is_found_by_index_behind_the_walls(connection: asyncpg.Connection) -> None:
    await gate.step_in(connection, reach="cases", areas=HERE)
    await connection.execute(
        "SELECT set_config('enable_seqscan', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true)"
    )
    await connection.execute(f"PREPARE held AS {evidences._HELD}")

    plan = await connection.fetch("EXPLAIN EXECUTE held ('00000000-0000-0000-0000-000000000001', '2026-01-01', 200)")

    lines = "\n".join(row[0] for row in plan)
    assert "ix_evidence_person_id" in lines
    assert "Seq Scan on certificate" not in lines
    assert "Seq Scan on evidence" not in lines
