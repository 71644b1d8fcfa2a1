"""Makes a sandbox ready to serve: roles, database, tables, rulebooks, regions, authority and keys."""

import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import asyncpg

from app.adapters.keys import make_keys
from app.adapters.postgres.roles import APP, CREATE_ROLES, OWNER, PREPARE_DATABASE
from app.sandbox.authority import write_authority
from app.tools import migrate
from app.tools.rulebooks import record_regions, record_rulebooks

SUPERUSER = "postgres"


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL server that we may set up: how to reach it, and a DSN for a role and a database on it."""

    host: str
    port: int
    password: str | None = None

    def dsn(self, role: str, database: str) -> str:
        """The URL for a role and a database."""
        secret = f":{self.password}" if self.password else ""
        return f"postgresql://{role}{secret}@/{database}?host={self.host}&port={self.port}"


def prepare_database(server: Server, database: str) -> None:
    """Make roles and database, migrate, and put on record what every sandbox has."""
    asyncio.run(_create(server, database))
    migrate.upgrade(server.dsn(OWNER, database))
    asyncio.run(_fill(server, database))


def keys_file(directory: Path) -> Path:
    """The file with this sandbox's keys, made when it is not there."""
    file = directory / "keys.json"
    if not file.exists():
        make_keys(file)
    return file


def environment(server: Server, database: str, *, keys: Path, public_url: str) -> dict[str, str]:
    """The settings of a sandbox on this database."""
    return {
        "YIAN_MODE": "sandbox",
        "YIAN_DATABASE_URL": server.dsn(APP, database),
        "YIAN_OWNER_DATABASE_URL": server.dsn(OWNER, database),
        "YIAN_KEYS_FILE": str(keys),
        "YIAN_PUBLIC_URL": public_url,
    }


async def _create(server: Server, database: str) -> None:
    connection = await asyncpg.connect(server.dsn(SUPERUSER, "postgres"))
    try:
        await connection.execute(CREATE_ROLES)
        if not await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", database):
            await connection.execute(f"CREATE DATABASE {database} OWNER {OWNER}")
    finally:
        await connection.close()
    connection = await asyncpg.connect(server.dsn(SUPERUSER, database))
    try:
        await connection.execute(PREPARE_DATABASE)
    finally:
        await connection.close()


async def _fill(server: Server, database: str) -> None:
    connection = await asyncpg.connect(server.dsn(OWNER, database))
    try:
        await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=json.dumps, decoder=json.loads)
        async with connection.transaction():
            await record_regions(connection)
            await record_rulebooks(connection, at=datetime.now(UTC))
            await write_authority(connection)
    finally:
        await connection.close()
