"""Row-level security by itself: what a query without any predicate of its own would show."""

from collections.abc import AsyncIterator, Callable
from uuid import uuid4

import asyncpg
import pytest

from app.adapters.postgres import gate
from app.adapters.postgres.roles import APP
from tests.acting import World
from tests.api.flow import submitted

pytestmark = [pytest.mark.anyio, pytest.mark.database]

ELSEWHERE = "65/6523/652324/"
HERE = "65/6523/652301/"
WALLED = (
    "party",
    "person",
    "person_name",
    "person_identifier",
    "economic_status",
    "certificate_case",
    "case_clock",
    "application",
    "application_item",
    "benefit_case",
    "evidence_request",
    "event",
    "access_record",
    "idempotency_key",
)
"""Walled tables in which a submitted application leaves rows: a wall is asked only where something is behind it."""


@pytest.fixture
async def connection(superuser_dsn: Callable[[str], str]) -> AsyncIterator[asyncpg.Connection]:
    opened = await asyncpg.connect(superuser_dsn(APP))
    await opened.execute("BEGIN")
    yield opened
    await opened.close()


async def step_in(
    connection: asyncpg.Connection, *, areas: str = "{}", parties: str = "{}", subject: str | None = None
) -> None:
    """The context of a caller; `subject` is the person whose records of access are asked for."""
    await gate.step_in(connection, reach="cases", areas=areas, parties=parties, subject=subject or str(uuid4()))


@pytest.mark.parametrize("table", WALLED)
async def test_without_context_a_walled_table_answers_with_an_error(
    connection: asyncpg.Connection, world: World, table: str
) -> None:
    await submitted(world)

    with pytest.raises(asyncpg.PostgresError):
        await connection.fetch(f"SELECT * FROM {table}")


@pytest.mark.parametrize("table", WALLED)
async def test_an_officer_of_another_county_sees_nothing(
    connection: asyncpg.Connection, world: World, table: str
) -> None:
    await submitted(world)
    await step_in(connection, areas=f"{{{ELSEWHERE}}}")

    assert await connection.fetch(f"SELECT * FROM {table}") == []


async def test_who_may_see_a_person_sees_the_records_of_access_to_that_person_alone(
    connection: asyncpg.Connection, world: World
) -> None:
    person = world.citizen["person_id"]
    await world.get("county_officer", f"/v1/persons/{person}")
    await step_in(connection, areas=f"{{{HERE}}}", subject=person)

    seen = await connection.fetch("SELECT person_ids FROM access_record")

    assert [[str(one) for one in row["person_ids"]] for row in seen] == [[person]]


async def test_whoever_may_not_see_a_person_sees_no_record_of_access_to_that_person(
    connection: asyncpg.Connection, world: World
) -> None:
    person = world.citizen["person_id"]
    await world.get("county_officer", f"/v1/persons/{person}")
    await step_in(connection, areas=f"{{{ELSEWHERE}}}", subject=person)

    assert await connection.fetch("SELECT * FROM access_record") == []


async def test_an_officer_of_the_county_sees_its_people(connection: asyncpg.Connection, world: World) -> None:
    await step_in(connection, areas=f"{{{HERE}}}")

    seen = await connection.fetch("SELECT id FROM person")

    assert world.citizen["person_id"] in {str(row["id"]) for row in seen}


async def test_an_area_whose_code_merely_begins_alike_opens_nothing(
    connection: asyncpg.Connection, world: World
) -> None:
    await step_in(connection, areas="{65/6523/65230/}")

    assert await connection.fetch("SELECT id FROM person") == []


async def test_a_citizen_sees_the_own_person_and_nobody_else(connection: asyncpg.Connection, world: World) -> None:
    await step_in(connection, parties=f"{{{world.citizen['person_id']}}}")

    seen = await connection.fetch("SELECT id FROM person")

    assert [str(row["id"]) for row in seen] == [world.citizen["person_id"]]


async def test_the_service_cannot_read_back_the_leaves_of_the_log(connection: asyncpg.Connection) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.fetch("SELECT * FROM log_leaf")


async def test_no_wall_looks_at_a_table_where_one_row_would_do(superuser_dsn: Callable[[str], str]) -> None:
    connection = await asyncpg.connect(superuser_dsn("postgres"))

    hashable = await connection.fetch(
        "SELECT tablename, policyname FROM pg_policies WHERE concat(qual, with_check) ~ '(?<!NOT \\()EXISTS \\('"
    )
    await connection.close()

    assert hashable == []
