"""`./yian migrate`: brings a deployment's database to this version: its tables, its rulebooks, its regions."""

import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, datetime

import asyncpg

from app.adapters.postgres import migrations
from app.adapters.postgres.rulebook import record_regions, record_rulebooks


@dataclass(frozen=True, slots=True)
class Migrated:
    """What was done."""

    revision: str
    new_rules: int
    new_regions: int


def run(url: str) -> Migrated:
    """Migrate as the role that owns the tables, and put on record what this version knows and the database does not."""
    migrations.upgrade(url)
    new_rules, new_regions = asyncio.run(_record(url))
    return Migrated(migrations.newest(), new_rules, new_regions)


async def _record(url: str) -> tuple[int, int]:
    connection = await asyncpg.connect(url)
    try:
        await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=json.dumps, decoder=json.loads)
        async with connection.transaction():
            regions = await record_regions(connection)
            return await record_rulebooks(connection, at=datetime.now(UTC)), regions
    finally:
        await connection.close()
