"""Resources that the tests of the API share: somebody who sees everything, and one case with everybody around it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from app.api.edge import make_edge
from app.api.health import About
from app.main import create_app, ports_over
from tests.api.client import BASE
from tests.api.stage import Stage, a_stage
from tests.faults.mortal import MortalPool, Rehearsal
from tests.working import own_database


@pytest.fixture(scope="session")
def edge() -> FastAPI:
    """The application as it meets the network, with nothing behind it; it describes itself once, which takes long."""
    return make_edge(about=About(version="0.1.0", commit="", mode="sandbox"), base_url=BASE)


@pytest.fixture(scope="session")
async def superuser(installed: Any) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(installed.server.dsn("postgres", installed.database))
    yield connection
    await connection.close()


@pytest.fixture(scope="session")
async def stage(app: FastAPI, api: httpx.AsyncClient, superuser: asyncpg.Connection) -> Stage:
    """Played once; the tests only knock at it."""
    return await a_stage(app, api, superuser)


@pytest.fixture(scope="module")
async def rehearsing(installed: Any) -> AsyncIterator[httpx.AsyncClient]:
    """An application whose transactions are run to the end and taken back."""
    async with own_database(installed.settings, pool_size=2) as database:
        app = create_app(installed.settings)
        app.state.database = replace(database, pool=MortalPool(database.pool, Rehearsal()))
        app.state.ports = ports_over(app.state.database, installed.settings)
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://yian.test") as client:
            yield client
