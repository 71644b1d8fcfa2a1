"""Transactions over the pool: begun on a connection that lives, ended whatever happens."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import asyncpg

from app.adapters.postgres.errors import translated
from app.adapters.postgres.timing import timed
from app.domain.shared.errors import Unavailable

ACQUIRE_TIMEOUT_SECONDS = 5.0
"""How long somebody waits for a connection; then it is told that the service is busy."""
READ_WRITE = "BEGIN"
READ_ONLY = "BEGIN READ ONLY"
_LOST = (
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    ConnectionError,
)
"""What a connection says whose backend is gone."""
_GONE = (asyncpg.InterfaceError, asyncpg.InternalClientError)
"""What the pool says of a connection whose place it has back already."""


async def begin(pool: asyncpg.Pool, how: str = READ_WRITE) -> Any:
    """Take a connection and begin a transaction on it.

    A connection whose backend has died in the pool is put away, and another is taken: nothing was done on it yet. Who
    gets none waits once, not twice.
    """
    connection = await pool.acquire(timeout=ACQUIRE_TIMEOUT_SECONDS)
    try:
        return await _begun(pool, connection, how)
    except _LOST:
        return await _begun(pool, await pool.acquire(timeout=ACQUIRE_TIMEOUT_SECONDS), how)


async def commit(connection: Any, *, and_begin: bool = False) -> None:
    """Make what was written durable; the next transaction of the same kind can begin at once.

    Raises:
        Unavailable: a statement failed before, and PostgreSQL has answered with a rollback.
    """
    with translated(), timed():
        done = await connection.execute("COMMIT AND CHAIN" if and_begin else "COMMIT")
    if done != "COMMIT":
        raise Unavailable("Nothing was written. Send the request again in a few seconds.")


async def give_back(pool: asyncpg.Pool, connection: Any, *, is_done: bool) -> None:
    """Undo what was not committed and give the connection back; nobody else meets one that could not be asked that."""
    try:
        if not is_done:
            with translated():
                await connection.execute("ROLLBACK")
    except Unavailable:  # on a lost connection the server has rolled back by itself
        await _put_away(pool, connection)
    except BaseException:
        await _put_away(pool, connection)
        raise
    else:
        with suppress(*_GONE):  # what was committed is so, whatever became of the connection since
            await pool.release(connection)


@asynccontextmanager
async def transaction(pool: asyncpg.Pool, how: str = READ_WRITE) -> AsyncIterator[Any]:
    """A transaction that is committed at the end, or undone when an error passes through."""
    with translated():
        connection, is_done = await begin(pool, how), False
        try:
            yield connection
            await commit(connection)
            is_done = True
        finally:
            await give_back(pool, connection, is_done=is_done)


async def _begun(pool: asyncpg.Pool, connection: Any, how: str) -> Any:
    try:
        with timed():
            await connection.execute(how)
    except BaseException:
        await _put_away(pool, connection)
        raise
    return connection


async def _put_away(pool: asyncpg.Pool, connection: Any) -> None:
    """Let nobody meet it again. The pool may notice its end at any moment, and has its place back by then."""
    with suppress(*_GONE):
        connection.terminate()
        await pool.release(connection)
