"""Runs migrations as the role that owns the tables, over the URL that the caller hands in."""

import asyncio
import re

from alembic import context
from sqlalchemy import Connection, pool, text
from sqlalchemy.ext.asyncio import create_async_engine

from app.adapters.postgres.tables import metadata

LOCK_TIMEOUT = "5s"
PARTITION = re.compile(r"(event|access_record)_(default|\d{4}_\d{2})")


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Leave partitions out of the comparison with the table classes: they come and go by the month."""
    return kind != "table" or PARTITION.fullmatch(name or "") is None


def migrate(connection: Connection) -> None:
    """Run what is asked in one transaction that would rather give up than queue behind a long reader."""
    connection.execute(text(f"SET lock_timeout = '{LOCK_TIMEOUT}'"))
    connection.commit()
    context.configure(connection=connection, target_metadata=metadata(), include_name=is_ours, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


async def main() -> None:
    """Open one connection and migrate over it."""
    engine = create_async_engine(context.config.attributes["url"], poolclass=pool.NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(migrate)
    await engine.dispose()


asyncio.run(main())
