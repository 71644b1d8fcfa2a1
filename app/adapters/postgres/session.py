"""A connection inside one transaction: reads at once, gathers inserts, and writes them in one statement at the end."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import asyncpg
from sqlmodel import SQLModel

from app.adapters.postgres import statements
from app.adapters.postgres.database import Database
from app.adapters.postgres.errors import translated
from app.adapters.postgres.timing import timed
from app.domain.shared.errors import StaleVersion

MANY_ROWS = 100
"""From so many on rows go as a parameter a column: a statement has room for some 32,000, and each number of rows of its
own would be a statement of its own to prepare."""


class Session:
    """What the repositories of one unit of work share."""

    def __init__(self, connection: asyncpg.Connection, database: Database) -> None:
        self.connection = connection
        self.cipher = database.cipher
        self.index = database.index
        self.beside_the_register = database.beside_the_register
        self.shelf = database.shelf
        self._added: dict[type[SQLModel], list[dict[str, Any]]] = {}
        self._first: list[tuple[str, tuple[Any, ...]]] = []
        self._last: list[tuple[str, list[Any]]] = []
        self._after: list[tuple[str, tuple[Any, ...]]] = []

    async def row(self, sql: str, *arguments: Any) -> asyncpg.Record | None:
        """The first row, if there is one."""
        with translated(), timed():
            return await self.connection.fetchrow(sql, *arguments)

    async def rows(self, sql: str, *arguments: Any) -> list[asyncpg.Record]:
        """All rows; the statement bounds their number."""
        with translated(), timed():
            found: list[asyncpg.Record] = await self.connection.fetch(sql, *arguments)
        return found

    def add(self, model: type[SQLModel], **row: Any) -> None:
        """Insert a row when the unit of work commits."""
        self._added.setdefault(model, []).append(row)

    async def save(self, model: type[SQLModel], key: UUID, version: int, **changes: Any) -> int:
        """Change a row if it is still at the version that was read, and return its new version.

        Raises:
            StaleVersion: somebody else changed it in the meantime.
        """
        sql = statements.compare_and_set(model, tuple(changes))
        row = await self.row(sql, key, version, *changes.values())
        if row is None:
            raise StaleVersion
        saved: int = row["version"]
        return saved

    async def save_many(
        self, model: type[SQLModel], read: Mapping[UUID, int], changes: Sequence[dict[str, Any]]
    ) -> None:
        """Change rows by one statement, all of which are still at the versions that were read.

        Raises:
            StaleVersion: somebody else changed one of them in the meantime.
        """
        if not read:
            return
        names = tuple(changes[0])
        sql = statements.compare_and_set_many(model, names)
        columns = ([row[name] for row in changes] for name in names)
        saved = await self.rows(sql, list(read), list(read.values()), *columns)
        if len(saved) != len(read):
            raise StaleVersion

    def beforehand(self, sql: str, *arguments: Any) -> None:
        """Run a statement just before all else is written, which then sees what this one has waited for."""
        self._first.append((sql, arguments))

    def finally_run(self, sql: str, *arguments: Any) -> None:
        """Run a statement, numbered from $1, together with the inserts."""
        self._last.append((sql, list(arguments)))

    def afterwards(self, sql: str, *arguments: Any) -> None:
        """Run a statement when all else of the unit of work has been written."""
        self._after.append((sql, arguments))

    async def finish(self) -> None:
        """Write all that was gathered, and then what comes after it."""
        await self.flush()
        for sql, arguments in self._after:
            await self.row(sql, *arguments)
        self._after = []

    async def flush(self) -> None:
        """Write all that was gathered as one statement: foreign keys hold at its end, whatever the order."""
        for sql, first in self._first:
            await self.row(sql, *first)
        self._first = []
        parts: list[str] = []
        arguments: list[Any] = []
        for model, rows in self._added.items():
            if len(rows) >= MANY_ROWS and statements.is_flat(model):
                parts.append(statements.insert_columns(model, len(arguments) + 1))
                arguments += statements.column_parameters(model, rows)
            else:
                parts.append(statements.insert(model, len(rows), len(arguments) + 1))
                arguments += statements.parameters(model, rows)
        for sql, own in self._last:
            parts.append(_renumbered(sql, by=len(arguments)))
            arguments += own
        self._added, self._last = {}, []
        if not parts:
            return
        body = ", ".join(f"part_{number} AS ({part})" for number, part in enumerate(parts))
        with translated(), timed():
            await self.connection.fetchval(f"WITH {body} SELECT 1", *arguments)


def _renumbered(sql: str, *, by: int) -> str:
    return re.sub(r"\$(\d+)", lambda found: f"${int(found[1]) + by}", sql)
