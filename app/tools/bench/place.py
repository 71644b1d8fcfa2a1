"""Where a measurement is made: a folder of its own, a fresh database with fsync on, and synthetic people in it."""

import asyncio
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
from rich.console import Console

from app.adapters.keys import read_keys
from app.adapters.postgres.embedded import EmbeddedPostgres, embedded_postgres
from app.adapters.postgres.roles import OWNER
from app.sandbox import seed
from app.sandbox.dev import DATABASE
from app.sandbox.installation import SUPERUSER, environment, keys_file, prepare_database

FILLED = """
SELECT oid::regclass::text AS name FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A folder with a running database, which is gone when the measurement is over."""

    directory: Path
    database: EmbeddedPostgres

    def dsn(self, role: str) -> str:
        """The URL for a role."""
        return self.database.dsn(role, DATABASE)


@contextmanager
def prepared(*, persons: int, port: int, console: Console) -> Iterator[Place]:
    """Make a database with so many people, and set the environment of a service over it that listens on the port."""
    with tempfile.TemporaryDirectory(prefix="yian-bench-", dir="/var/tmp") as name:
        directory = Path(name)
        directory.chmod(0o711)  # an unprivileged account of the database passes through
        with embedded_postgres(directory) as database:
            console.print("Preparing a fresh database …")
            prepare_database(database, DATABASE)
            keys = keys_file(directory)
            seed.run(database.dsn(OWNER, DATABASE), read_keys(keys), persons=persons, console=console)
            asyncio.run(_settled(database.dsn(SUPERUSER, DATABASE)))
            os.environ |= environment(database, DATABASE, keys=keys, public_url=f"http://127.0.0.1:{port}")
            yield Place(directory, database)


async def _settled(dsn: str) -> None:
    """Do now what the database would soon do by itself: vacuum what was loaded, and write it to the disk.

    Tables in which nothing is are left alone, as it leaves them alone: what was vacuumed empty is planned for as if it
    stayed so, and the first that came in would be looked for without an index.
    """
    connection = await asyncpg.connect(dsn)
    try:
        filled = await connection.fetch(FILLED)
        await connection.execute(f"VACUUM (ANALYZE) {', '.join(row['name'] for row in filled)}")
        await connection.execute("CHECKPOINT")
    finally:
        await connection.close()
