"""The walls of second words by themselves: who is asked finds that one row, and goes on only with the word."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.adapters.postgres import gate
from app.adapters.postgres.roles import APP
from tests.acting import World
from tests.api.flow import submitted
from tests.api.test_confirmation import living_together

pytestmark = [pytest.mark.anyio, pytest.mark.database]

HERE = "65/6523/652301/"
ELSEWHERE = "65/6523/652302/"
SAY = "UPDATE confirmation SET stage = $2 WHERE id = $1"
CARRY_OUT = "SELECT carry_out_confirmation($1)"
LET_IN = "INSERT INTO party (case_id, party_id, role, person_id, valid_from) VALUES ($1, $2, $3, $4, '2026-01-01')"


@dataclass(frozen=True)
class Asked:
    """A household member who is asked, and for what."""

    confirmation: UUID
    application: UUID
    person: UUID
    member: UUID
    portal: UUID


@pytest.fixture
async def asked(world: World, superuser: asyncpg.Connection) -> Asked:
    member = await living_together(world, superuser)
    sent = await submitted(world)
    (one,) = (await world.get("citizen", f"/v1/applications/{sent['id']}/confirmations"))["items"]
    return Asked(
        UUID(one["id"]), UUID(sent["id"]), UUID(sent["person_id"]), UUID(member), UUID(world.account("portal"))
    )


@pytest.fixture
async def connection(superuser_dsn: Callable[[str], str]) -> AsyncIterator[asyncpg.Connection]:
    opened = await asyncpg.connect(superuser_dsn(APP))
    await opened.execute("BEGIN")
    yield opened
    await opened.execute("ROLLBACK")
    await opened.close()


async def stepped_in(connection: asyncpg.Connection, *parties: UUID, **told: str) -> None:
    settings = {"reach": "cases", "today": "2199-01-01", "parties": f"{{{','.join(map(str, parties))}}}"}
    await gate.step_in(connection, **(settings | told))


async def tried(connection: asyncpg.Connection, sql: str, *arguments: Any) -> str:
    await connection.execute("SAVEPOINT trial")
    try:
        done: str = await connection.execute(sql, *arguments)
    except asyncpg.InsufficientPrivilegeError:
        done = "refused"
    await connection.execute("ROLLBACK TO trial")
    return done


async def seen(connection: asyncpg.Connection, table: str, *, column: str = "application_id", key: UUID) -> int:
    count: int = await connection.fetchval(f"SELECT count(*) FROM {table} WHERE {column} = $1", key)
    return count


async def test_who_is_asked_sees_that_row_and_no_other_of_the_application(
    connection: asyncpg.Connection, asked: Asked
) -> None:
    await stepped_in(connection, asked.member)

    assert await seen(connection, "confirmation", column="id", key=asked.confirmation) == 1
    for table in ("application_item", "benefit_case", "certificate_case", "case_clock", "evidence_request"):
        assert await seen(connection, table, key=asked.application) == 0, table
    assert await seen(connection, "application", column="id", key=asked.application) == 0
    assert await seen(connection, "person", column="id", key=asked.person) == 0


@pytest.mark.parametrize("areas", ["{}", f"{{{ELSEWHERE}}}"])
async def test_a_stranger_and_an_office_elsewhere_see_none_and_change_none(
    connection: asyncpg.Connection, asked: Asked, areas: str
) -> None:
    await stepped_in(connection, uuid4(), areas=areas)

    assert await seen(connection, "confirmation", column="id", key=asked.confirmation) == 0
    assert await tried(connection, SAY, asked.confirmation, "confirmed") == "UPDATE 0"


async def test_a_portal_that_follows_closes_it_and_says_nobodys_word(
    connection: asyncpg.Connection, asked: Asked
) -> None:
    await stepped_in(connection, asked.portal)

    assert await seen(connection, "confirmation", column="id", key=asked.confirmation) == 1
    assert await tried(connection, SAY, asked.confirmation, "closed") == "UPDATE 1"
    for stage in ("confirmed", "declined"):
        assert await tried(connection, SAY, asked.confirmation, stage) == "refused"


async def test_the_case_opens_to_who_was_asked_with_the_word_and_in_its_transaction_alone(
    connection: asyncpg.Connection, asked: Asked
) -> None:
    await stepped_in(connection, asked.member)
    before = await connection.fetchval(CARRY_OUT, asked.confirmation)
    await connection.execute(SAY, asked.confirmation, "confirmed")
    stranger = await _carried_out_by(connection, uuid4(), asked)
    portal = await _carried_out_by(connection, asked.portal, asked)
    await stepped_in(connection, asked.member)
    with_the_word = await connection.fetchval(CARRY_OUT, asked.confirmation)

    assert (before, stranger, portal, with_the_word) == (False, False, False, True)
    assert await seen(connection, "application", column="id", key=asked.application) == 1


async def test_a_word_of_yesterday_opens_nothing(
    connection: asyncpg.Connection, asked: Asked, superuser: asyncpg.Connection
) -> None:
    await superuser.execute(SAY, asked.confirmation, "confirmed")
    await stepped_in(connection, asked.member)

    assert await connection.fetchval(CARRY_OUT, asked.confirmation) is False


async def _carried_out_by(connection: asyncpg.Connection, who: UUID, asked: Asked) -> bool:
    await stepped_in(connection, who)
    done: bool = await connection.fetchval(CARRY_OUT, asked.confirmation)
    return done


@pytest.mark.parametrize("reach", ["cases", "intake"])
async def test_nobody_is_let_in_to_anything_that_is_there(
    connection: asyncpg.Connection, asked: Asked, superuser: asyncpg.Connection, *, reach: str
) -> None:
    case = await superuser.fetchval("SELECT id FROM benefit_case WHERE application_id = $1", asked.application)
    await stepped_in(connection, asked.portal, reach=reach)

    for there in (asked.confirmation, asked.application, case):
        assert await tried(connection, LET_IN, there, uuid4(), "citizen", None) == "refused"
    assert await tried(connection, LET_IN, uuid4(), uuid4(), "citizen", None) == "INSERT 0 1"
    assert await tried(connection, LET_IN, uuid4(), uuid4(), "citizen", asked.person) == "refused"
    assert await tried(connection, LET_IN, uuid4(), uuid4(), "provider", None) == "refused"
