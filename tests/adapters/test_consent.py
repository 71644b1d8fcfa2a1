"""Consents as they are kept, and the wall that asks for one: row-level security by itself, without any of our code."""

from collections.abc import AsyncIterator, Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.adapters.postgres import gate
from app.adapters.postgres.consent import CONSENTS
from app.adapters.postgres.roles import APP
from app.domain.consent import ConsentStage
from tests.acting import World
from tests.api.care import a_confirmed_need, certified, consented, referred, service_for, today
from tests.builders.voice import a_consent_at

HERE = "{65/6523/652301/}"
ELSEWHERE = "{65/6523/652302/}"
OF_PERSON = {"person": "id", "person_name": "person_id", "person_identifier": "person_id"}
COPY = """
INSERT INTO consent
SELECT gen_random_uuid(), person_id, region_path, receiver_id, purpose, $2, valid_from, valid_to, detail, 1
FROM consent WHERE id = $1
"""


@pytest.mark.parametrize("stage", list(ConsentStage))
def test_a_consent_is_read_as_it_was_kept(stage: ConsentStage) -> None:
    row = CONSENTS.to_row(a_consent_at(stage))

    assert CONSENTS.to_aggregate(row) == a_consent_at(stage)


@pytest.fixture
async def connection(superuser_dsn: Callable[[str], str]) -> AsyncIterator[asyncpg.Connection]:
    """A connection of the service, inside a transaction that comes to nothing."""
    opened = await asyncpg.connect(superuser_dsn(APP))
    await opened.execute("BEGIN")
    yield opened
    await opened.execute("ROLLBACK")
    await opened.close()


async def shared(world: World) -> dict[str, Any]:
    """A provider that was told of the person by consent: the consent."""
    await certified(world)
    need = await a_confirmed_need(world)
    service = await service_for(world, need)
    await referred(world, need, service)
    return await consented(world, service["organisation_id"])


async def seen(connection: asyncpg.Connection, consent: dict[str, Any], on: date) -> list[bool]:
    """Whether the wall shows the receiver the person, table by table, on a day."""
    await gate.step_in(connection, reach="cases", parties=f"{{{consent['receiver_id']}}}", today=str(on))
    person = UUID(consent["person_id"])
    return [
        await connection.fetchval(f"SELECT count(*) > 0 FROM {table} WHERE {column} = $1", person)
        for table, column in OF_PERSON.items()
    ]


async def refused(connection: asyncpg.Connection, sql: str, *arguments: Any) -> bool:
    """Say whether a wall or a privilege stands against a statement."""
    await connection.execute("SAVEPOINT trial")
    try:
        done = await connection.execute(sql, *arguments)
    except asyncpg.InsufficientPrivilegeError:
        return True
    finally:
        await connection.execute("ROLLBACK TO trial")
    return bool(done.endswith(" 0"))


@pytest.mark.anyio
@pytest.mark.database
async def test_the_wall_shows_the_person_by_a_consent_in_force_and_not_before_or_after(
    connection: asyncpg.Connection, superuser: asyncpg.Connection, world: World
) -> None:
    consent, day = await shared(world), await today(world)
    months = "UPDATE party SET person_to = NULL, valid_from = '2026-01-01', valid_to = NULL WHERE party_id = $1"
    await superuser.execute(months, UUID(consent["receiver_id"]))
    last = date.fromisoformat(consent["valid_to"])

    during = await seen(connection, consent, day)
    before = await seen(connection, consent, date.fromisoformat(consent["valid_from"]) - timedelta(days=1))
    on_the_last_day, after = await seen(connection, consent, last), await seen(connection, consent, last + timedelta(1))
    await superuser.execute("UPDATE consent SET stage = 'withdrawn' WHERE id = $1", UUID(consent["id"]))

    assert (during, on_the_last_day) == ([True] * 3, [True] * 3)
    assert (before, after) == ([False] * 3, [False] * 3)
    assert await seen(connection, consent, day) == [False] * 3


@pytest.mark.anyio
@pytest.mark.database
@pytest.mark.parametrize("column", ["receiver_id", "purpose", "person_id"])
async def test_a_consent_of_another_kind_opens_nothing(
    connection: asyncpg.Connection, superuser: asyncpg.Connection, *, world: World, column: str
) -> None:
    consent, day = await shared(world), await today(world)
    other = {
        "receiver_id": "(SELECT id FROM organisation WHERE id <> receiver_id LIMIT 1)",
        "purpose": "'platform_sharing'",
        "person_id": "(SELECT id FROM person WHERE id NOT IN (SELECT person_id FROM consent) LIMIT 1)",
    }
    await superuser.execute(f"UPDATE consent SET {column} = {other[column]} WHERE id = $1", UUID(consent["id"]))

    assert await seen(connection, consent, day) == [False] * 3


@pytest.mark.anyio
@pytest.mark.database
async def test_the_wall_of_consents_shows_them_to_the_place_the_person_and_the_receiver(
    connection: asyncpg.Connection, world: World
) -> None:
    consent = await shared(world)
    found = {}
    contexts = {"place": {"areas": HERE}, "elsewhere": {"areas": ELSEWHERE}, "nobody": {}}
    contexts |= {name: {"parties": f"{{{consent[name]}}}"} for name in ("person_id", "receiver_id")}
    contexts |= {"stranger": {"parties": f"{{{uuid4()}}}"}}

    for who, context in contexts.items():
        await gate.step_in(connection, reach="cases", **context)
        found[who] = await connection.fetchval("SELECT count(*) > 0 FROM consent WHERE id = $1", UUID(consent["id"]))

    assert {who for who, is_seen in found.items() if is_seen} == {"place", "person_id", "receiver_id"}


@pytest.mark.anyio
@pytest.mark.database
async def test_the_receiver_writes_itself_no_consent_and_prolongs_none(
    connection: asyncpg.Connection, world: World
) -> None:
    consent = await shared(world)
    key = UUID(consent["id"])
    touched = "UPDATE consent SET stage = 'withdrawn' WHERE id = $1"

    await gate.step_in(connection, reach="cases", parties=f"{{{consent['receiver_id']}}}")
    by_receiver = [await refused(connection, COPY, key, "withdrawn"), await refused(connection, touched, key)]
    await gate.step_in(connection, reach="cases", parties=f"{{{consent['person_id']}}}")
    by_person = [await refused(connection, COPY, key, "withdrawn"), await refused(connection, touched, key)]
    fixed = [
        await refused(connection, f"UPDATE consent SET {column} = {column} WHERE id = $1", key)
        for column in ("receiver_id", "purpose", "valid_from", "valid_to", "person_id")
    ]

    assert (by_receiver, by_person, fixed) == ([True, True], [False, False], [True] * 5)


@pytest.mark.anyio
@pytest.mark.database
async def test_the_database_holds_one_consent_to_the_same_a_day(connection: asyncpg.Connection, world: World) -> None:
    consent = await shared(world)
    await gate.step_in(connection, reach="cases", areas=HERE)

    with pytest.raises(asyncpg.ExclusionViolationError):
        await connection.execute(COPY, UUID(consent["id"]), "given")
