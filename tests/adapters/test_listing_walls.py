"""The wall of a provider's word: no office says it, whatever a query asks for."""

from collections.abc import AsyncIterator, Callable
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.adapters.postgres import gate
from app.adapters.postgres.roles import APP
from app.sandbox.authority import sandbox_id
from tests.acting import World

pytestmark = [pytest.mark.anyio, pytest.mark.database]
COUNTY = "{65/6523/652301/}"
SOCIETY, CENTRE = (sandbox_id("organisation", name) for name in ("home_care_society", "rehabilitation_centre"))
FEDERATION = sandbox_id("organisation", "county_federation")
SAID = "UPDATE service SET stage = $2 WHERE id = $1 RETURNING stage"
ENTERED = """
INSERT INTO service SELECT (jsonb_populate_record(s, said)).*
FROM service s, jsonb_build_object('id', $2::uuid, 'organisation_id', $3::uuid, 'stage', $4::text) said
WHERE s.id = $1 RETURNING stage
"""


@pytest.fixture
async def connection(superuser_dsn: Callable[[str], str]) -> AsyncIterator[asyncpg.Connection]:
    opened = await asyncpg.connect(superuser_dsn(APP))
    await opened.execute("BEGIN")
    yield opened
    await opened.close()


@pytest.fixture
async def service(connection: asyncpg.Connection, world: World) -> UUID:
    """One of the society's, which has accounts as soon as there is a world."""
    assert world.opened
    found: UUID = await connection.fetchval(
        "SELECT id FROM service WHERE organisation_id = $1 AND stage = 'confirmed' LIMIT 1", SOCIETY
    )
    return found


async def tried(connection: asyncpg.Connection, statement: str, *arguments: object, **settings: str) -> str | None:
    """What comes of a statement with these areas or parties; nothing of it stays."""
    await connection.execute("SAVEPOINT here")
    await gate.step_in(connection, reach="cases", subject=str(uuid4()), **settings)
    try:
        return str(await connection.fetchval(statement, *arguments))
    except asyncpg.PostgresError as refusal:
        return type(refusal).__name__
    finally:
        await connection.execute("ROLLBACK TO here")


async def test_an_office_lets_a_service_wait_and_says_no_word_of_its_provider(
    connection: asyncpg.Connection, service: UUID
) -> None:
    assert await tried(connection, SAID, service, "proposed", areas=COUNTY) == "proposed"
    assert await tried(connection, SAID, service, "declined", areas=COUNTY) == "InsufficientPrivilegeError"


@pytest.mark.parametrize(("party", "comes"), [(SOCIETY, "declined"), (CENTRE, "None"), (FEDERATION, "None")])
async def test_only_the_organisation_that_offers_a_service_answers(
    connection: asyncpg.Connection, service: UUID, *, party: UUID, comes: str
) -> None:
    assert await tried(connection, SAID, service, "declined", parties=f"{{{party}}}") == comes


@pytest.mark.parametrize(
    ("provider", "stage", "comes"),
    [
        (SOCIETY, "proposed", "proposed"),
        (SOCIETY, "confirmed", "InsufficientPrivilegeError"),
        (SOCIETY, "declined", "InsufficientPrivilegeError"),
        (FEDERATION, "confirmed", "confirmed"),
    ],
)
async def test_an_office_enters_what_waits_where_there_is_a_provider_to_ask(
    connection: asyncpg.Connection, service: UUID, *, provider: UUID, stage: str, comes: str
) -> None:
    assert await tried(connection, ENTERED, service, uuid4(), provider, stage, areas=COUNTY) == comes


async def test_a_provider_enters_nothing_itself(connection: asyncpg.Connection, service: UUID) -> None:
    told = await tried(connection, ENTERED, service, uuid4(), SOCIETY, "proposed", parties=f"{{{SOCIETY}}}")

    assert told == "InsufficientPrivilegeError"
