"""A pool whose connections meet their end at one chosen statement."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Generator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

import asyncpg

Run = Callable[[str], Awaitable[Any]]
"""Runs a statement with the arguments that came with it."""


class Blow(StrEnum):
    """What happens at the statement, and when."""

    BACKEND_DIES_BEFORE = "the backend dies before it"
    BACKEND_DIES_MEANWHILE = "the backend dies while it runs"
    BACKEND_DIES_AFTER = "the backend dies after it"
    LINE_BREAKS_BEFORE = "the line breaks before it"
    CALLER_LEAVES_BEFORE = "the caller leaves before it"
    CALLER_LEAVES_AFTER = "the caller leaves after it"


@dataclass
class Fate:
    """Which statement of those to come is struck; 0 is none."""

    killer: asyncpg.Connection
    blow: Blow = Blow.BACKEND_DIES_BEFORE
    at: int = 0
    run: int = 0
    struck: str = ""
    where: str = ""
    """Which statement of those to come is struck, by a pattern; empty where the number says so."""
    heard: list[str] = field(default_factory=list)
    """Every statement so far."""

    def arm(self, at: int, blow: Blow, *, where: str = "") -> None:
        """Let the blow fall at the statement of this number from now on, or at the first that the pattern fits."""
        self.at, self.blow, self.run, self.struck, self.where = at, blow, 0, "", where

    async def meet(self, real: asyncpg.Connection, statement: str, run: Run) -> Any:
        """Run the statement, or let it be struck."""
        self.run += 1
        self.heard.append(statement)
        is_meant = re.search(self.where, statement) and not self.struck if self.where else self.run == self.at
        if not is_meant:
            return await run(statement)
        self.struck = statement
        match self.blow:
            case Blow.BACKEND_DIES_BEFORE:
                await self._kill(real)
                return await run(statement)
            case Blow.BACKEND_DIES_MEANWHILE:
                running = asyncio.ensure_future(run(statement))
                await asyncio.sleep(0)
                await self._kill(real)
                return await running
            case Blow.BACKEND_DIES_AFTER:
                done = await run(statement)
                await self._kill(real)
                return done
            case Blow.LINE_BREAKS_BEFORE:
                real.terminate()
                raise ConnectionResetError(104, "Connection reset by peer")
            case Blow.CALLER_LEAVES_BEFORE:
                raise asyncio.CancelledError
            case Blow.CALLER_LEAVES_AFTER:
                await run(statement)
                raise asyncio.CancelledError

    async def _kill(self, real: asyncpg.Connection) -> None:
        assert await self.killer.fetchval("SELECT pg_terminate_backend($1)", real.get_server_pid())


class Meeting(Protocol):
    """Whatever a statement meets on its way."""

    async def meet(self, real: asyncpg.Connection, statement: str, run: Run) -> Any: ...


class MortalConnection:
    """A connection that asks its fate before every statement; everything else is the real one's."""

    def __init__(self, real: Any, fate: Meeting) -> None:
        self.real = real
        self._fate = fate

    async def execute(self, statement: str, *arguments: Any, **more: Any) -> Any:
        return await self._fate.meet(self.real, statement, lambda sql: self.real.execute(sql, *arguments, **more))

    async def fetch(self, statement: str, *arguments: Any, **more: Any) -> Any:
        return await self._fate.meet(self.real, statement, lambda sql: self.real.fetch(sql, *arguments, **more))

    async def fetchrow(self, statement: str, *arguments: Any, **more: Any) -> Any:
        return await self._fate.meet(self.real, statement, lambda sql: self.real.fetchrow(sql, *arguments, **more))

    async def fetchval(self, statement: str, *arguments: Any, **more: Any) -> Any:
        return await self._fate.meet(self.real, statement, lambda sql: self.real.fetchval(sql, *arguments, **more))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)


class MortalPool:
    """Hands out mortal connections."""

    def __init__(self, real: asyncpg.Pool, fate: Meeting) -> None:
        self._real = real
        self._fate = fate

    def acquire(self, *, timeout: float | None = None) -> "Acquired":
        return Acquired(self, timeout)

    async def take(self, within: float | None) -> MortalConnection:
        return MortalConnection(await self._real.acquire(timeout=within), self._fate)

    async def release(self, connection: MortalConnection) -> None:
        await self._real.release(connection.real)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


class Acquired:
    """What `acquire` gives: awaited, or entered, as the driver's own."""

    def __init__(self, pool: MortalPool, timeout: float | None) -> None:
        self._pool = pool
        self._timeout = timeout
        self._taken: MortalConnection

    def __await__(self) -> Generator[Any, None, MortalConnection]:
        return self._pool.take(self._timeout).__await__()

    async def __aenter__(self) -> MortalConnection:
        self._taken = await self._pool.take(self._timeout)
        return self._taken

    async def __aexit__(self, *_: object) -> None:
        await self._pool.release(self._taken)


class Rehearsal:
    """No fate at all: every transaction is run to its end, told that it was committed, and taken back."""

    async def meet(self, real: asyncpg.Connection, statement: str, run: Run) -> Any:
        """Run the statement; a commit becomes a rollback that looks like one."""
        if not statement.startswith("COMMIT"):
            return await run(statement)
        await real.execute(statement.replace("COMMIT", "ROLLBACK"))
        return "COMMIT"
