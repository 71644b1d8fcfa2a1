"""What must be right about the database before anybody is served: durability, role, walls, version of the tables."""

from collections.abc import Awaitable, Callable

import asyncpg

Question = Callable[[asyncpg.Pool], Awaitable[str]]
"""Asks one thing of the database; the answer is empty, or says what is wrong and how it is mended."""

MUST_BE_ON = ("fsync", "full_page_writes")
_OFF = "SELECT name FROM pg_settings WHERE name = ANY ($1) AND setting <> 'on'"
_LAZY = "SELECT setting FROM pg_settings WHERE name = 'synchronous_commit' AND setting = 'off'"
_ROLE = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
_OWNED = "SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole AND relkind IN ('r', 'p')"
_UNWALLED = """
SELECT string_agg(DISTINCT k.relname::text, ', ') FROM pg_attribute a JOIN pg_class k ON k.oid = a.attrelid
WHERE a.attname IN ('person_id', 'person_ids') AND k.relkind IN ('r', 'p') AND NOT k.relispartition
  AND k.relnamespace = 'public'::regnamespace AND k.relname <> 'account'
  AND NOT (k.relrowsecurity AND k.relforcerowsecurity)
"""
_REVISION = "SELECT version_num FROM alembic_version"


async def durability(pool: asyncpg.Pool) -> str:
    """Whether a commit survives a crash."""
    off = [row["name"] for row in await pool.fetch(_OFF, list(MUST_BE_ON))]
    if await pool.fetchval(_LAZY):
        off.append("synchronous_commit")
    return f"Set {', '.join(off)} to on: a crash would lose what was acknowledged." if off else ""


async def role(pool: asyncpg.Pool) -> str:
    """Whether the service's role is bound by the walls and owns nothing."""
    if await pool.fetchval(_ROLE):
        return "The role passes row-level security. Connect as yian_app, which is no superuser."
    if await pool.fetchval(_OWNED):
        return "The role owns tables. Connect as yian_app, which owns nothing."
    return ""


async def walls(pool: asyncpg.Pool) -> str:
    """Whether every table that names a person has forced row-level security."""
    open_tables = await pool.fetchval(_UNWALLED)
    return f"Row-level security is not forced on {open_tables}. Run the migrations." if open_tables else ""


def tables(newest: str) -> Question:
    """Whether the tables are those of this version."""

    async def question(pool: asyncpg.Pool) -> str:
        present = await pool.fetchval(_REVISION)
        return "" if present == newest else f"The tables are at {present}, not at {newest}. Run ./yian migrate."

    return question
