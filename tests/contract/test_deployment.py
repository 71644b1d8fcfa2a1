"""What deploy/ says agrees with what the program says."""

import asyncio
import os
import subprocess
from pathlib import Path

import asyncpg
import pytest

from app.adapters.postgres.embedded import EmbeddedPostgres, carried_binaries, throwaway_postgres
from app.adapters.postgres.roles import CREATE_ROLES, OWNER, PREPARE_DATABASE
from app.settings import Settings

ROOT = Path(__file__).parents[2]
NAMED = os.environ.get("YIAN_TEST_POSTGRES_BIN")
BINARIES = Path(NAMED) if NAMED else carried_binaries()

ROLES = """
SELECT rolname, rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
       ARRAY(SELECT roleid::regrole::text FROM pg_auth_members WHERE member = r.oid) AS member_of
FROM pg_roles r WHERE rolname LIKE 'yian%' ORDER BY rolname
"""
SCHEMA = "SELECT grantee::regrole::text, privilege_type FROM pg_namespace, aclexplode(nspacl) WHERE nspname = 'public'"
EXTENSIONS = "SELECT extname FROM pg_extension ORDER BY extname"
OWNERSHIP = "SELECT datdba::regrole::text FROM pg_database WHERE datname = 'yian'"


@pytest.mark.database
def test_the_roles_of_the_compose_file_are_those_of_the_program() -> None:
    with throwaway_postgres(binaries=BINARIES) as server:
        made_by_script(server)
        by_script = asyncio.run(facts_of(server))
    with throwaway_postgres(binaries=BINARIES) as server:
        asyncio.run(made_by_program(server))
        by_program = asyncio.run(facts_of(server))

    assert by_script == by_program
    assert [role["rolname"] for role in by_script[0]][:2] == ["yian_app", "yian_gate"]


def made_by_script(server: EmbeddedPostgres) -> None:
    assert BINARIES is not None
    passwords = {f"YIAN_{role}_PASSWORD": "it's a secret" for role in ("OWNER", "APP", "WORKER")}
    environment = {"PATH": f"{BINARIES}:/usr/bin:/bin", "PGHOST": server.host, "PGPORT": str(server.port)}
    subprocess.run([ROOT / "deploy" / "postgres" / "roles.sh"], env=environment | passwords, check=True, timeout=30)


async def made_by_program(server: EmbeddedPostgres) -> None:
    for database, statements in (
        ("postgres", [CREATE_ROLES, f"CREATE DATABASE yian OWNER {OWNER}"]),
        ("yian", [PREPARE_DATABASE]),
    ):
        connection = await asyncpg.connect(server.dsn(database=database))
        for statement in statements:
            await connection.execute(statement)
        await connection.close()


async def facts_of(server: EmbeddedPostgres) -> list[list[dict[str, object]]]:
    connection = await asyncpg.connect(server.dsn())
    facts = [[dict(row) for row in await connection.fetch(sql)] for sql in (ROLES, SCHEMA, EXTENSIONS, OWNERSHIP)]
    await connection.close()
    return facts


def test_every_setting_that_the_example_names_exists_and_every_setting_is_named() -> None:
    named = {
        line.removeprefix("# ").partition("=")[0]
        for line in (ROOT / ".env.example").read_text("utf-8").splitlines()
        if line.removeprefix("# ").startswith("YIAN_")
    }
    passwords = {"YIAN_OWNER_PASSWORD", "YIAN_APP_PASSWORD", "YIAN_WORKER_PASSWORD"}

    assert named - passwords == {f"YIAN_{name.upper()}" for name in Settings.model_fields}


def test_no_lock_records_where_its_packages_come_from() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        assert "://" not in lock.read_text("utf-8"), lock
