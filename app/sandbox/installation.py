"""Makes a sandbox ready to serve: roles, database, tables, rulebooks, regions, authority and keys."""

import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import asyncpg

from app.adapters.keys import make_keys
from app.adapters.postgres import migrations
from app.adapters.postgres.roles import APP, CREATE_ROLES, OWNER, PREPARE_DATABASE, WORKER
from app.adapters.postgres.rulebook import record_regions, record_rulebooks
from app.sandbox.authority import write_authority
from app.sandbox.catalogue import write_catalogue
from app.sandbox.projects import write_projects

SUPERUSER = "postgres"
PLAY = """
GRANT INSERT ON account, client, clock, membership TO yian_app;
GRANT UPDATE (offset_seconds) ON clock TO yian_app;
"""
"""What only a sandbox's service may do: open clients and move their clocks. In production nobody is appointed by it."""
ONE_AT_A_TIME = 652301
"""Two who set up databases on one server make its roles one after the other; the lock ends with the connection."""


class DatabaseServer(Protocol):
    """A PostgreSQL server that we may set up."""

    def dsn(self, role: str, database: str) -> str:
        """The URL for a role and a database on it."""
        ...


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A server that runs already and lets us in."""

    host: str
    port: int

    def dsn(self, role: str, database: str) -> str:
        """The URL for a role and a database on it."""
        return f"postgresql://{role}@/{database}?host={self.host}&port={self.port}"


def prepare_database(server: DatabaseServer, database: str, *, fresh: bool = False) -> None:
    """Make roles and database, migrate, and put on record what every sandbox has."""
    asyncio.run(_create(server, database, fresh=fresh))
    migrations.upgrade(server.dsn(OWNER, database))
    asyncio.run(_fill(server, database))


def keys_file(directory: Path) -> Path:
    """The file with this sandbox's keys, made when it is not there."""
    file = directory / "keys.json"
    if not file.exists():
        make_keys(file)
    return file


def environment(server: DatabaseServer, database: str, *, keys: Path, public_url: str) -> dict[str, str]:
    """The settings of a sandbox on this database."""
    return {
        "YIAN_MODE": "sandbox",
        "YIAN_DATABASE_URL": server.dsn(APP, database),
        "YIAN_OWNER_DATABASE_URL": server.dsn(OWNER, database),
        "YIAN_KEYS_FILE": str(keys),
        "YIAN_PUBLIC_URL": public_url,
        "YIAN_FILES_URL": f"file://{keys.absolute().parent / 'files'}",
    }


def worker_environment(server: DatabaseServer, database: str) -> dict[str, str]:
    """What is other in the settings of this database's worker."""
    return {"YIAN_DATABASE_URL": server.dsn(WORKER, database)}


async def _create(server: DatabaseServer, database: str, *, fresh: bool) -> None:
    connection = await asyncpg.connect(server.dsn(SUPERUSER, "postgres"))
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", ONE_AT_A_TIME)
        await connection.execute(CREATE_ROLES)
        if fresh:
            await connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
        if not await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", database):
            await connection.execute(f"CREATE DATABASE {database} OWNER {OWNER}")
    finally:
        await connection.close()
    connection = await asyncpg.connect(server.dsn(SUPERUSER, database))
    try:
        await connection.execute(PREPARE_DATABASE)
    finally:
        await connection.close()


async def _fill(server: DatabaseServer, database: str) -> None:
    connection = await asyncpg.connect(server.dsn(OWNER, database))
    try:
        await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=json.dumps, decoder=json.loads)
        async with connection.transaction():
            await record_regions(connection)
            await record_rulebooks(connection, at=datetime.now(UTC))
            await connection.execute(PLAY)
            await write_authority(connection)
            await write_catalogue(connection)
            await write_projects(connection)
    finally:
        await connection.close()
