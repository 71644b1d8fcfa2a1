"""A server that kills itself before, or after, the one statement that a request names; for tests alone."""

import os
import re
import signal
from dataclasses import dataclass, replace
from typing import Any

import asyncpg

from app.main import create_app, ports_over
from app.settings import settings
from tests.faults.mortal import MortalPool, Run

BEFORE, AFTER = b"dies-before", b"dies-after"


@dataclass
class Doom:
    """At which statement the process dies."""

    before: str = ""
    after: str = ""

    async def meet(self, _real: asyncpg.Connection, statement: str, run: Run) -> Any:
        """Run the statement, and live or die."""
        if self.before and re.search(self.before, statement):
            os.kill(os.getpid(), signal.SIGKILL)
        done = await run(statement)
        if self.after and re.search(self.after, statement):
            os.kill(os.getpid(), signal.SIGKILL)
        return done


class Dying:
    """The application, with a doom that each request may bring along."""

    def __init__(self) -> None:
        self.app = create_app()
        self.doom: Doom | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            headers = dict(scope["headers"])
            self._doomed(headers.pop(BEFORE, b"").decode(), headers.pop(AFTER, b"").decode())
            scope["headers"] = list(headers.items())
        await self.app(scope, receive, send)

    def _doomed(self, before: str, after: str) -> None:
        if self.doom is None:
            self.doom, state = Doom(), self.app.state
            state.database = replace(state.database, pool=MortalPool(state.database.pool, self.doom))
            state.ports = ports_over(state.database, settings())
        self.doom.before, self.doom.after = before, after
