"""Resources of the tests of faults: a superuser, and an application of their own whose database may be broken."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import asyncpg
import httpx
import pytest

from app.main import create_app, ports_over
from tests.acting import World
from tests.faults.mortal import Fate, MortalPool
from tests.working import own_database

BASE_URL = "http://yian.test"


@dataclass
class Frail:
    """A world whose requests go through an application that can be struck."""

    world: World
    fate: Fate


@pytest.fixture(scope="module")
async def superuser(installed: Any) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(installed.server.dsn("postgres", installed.database))
    yield connection
    await connection.close()


@pytest.fixture(scope="module")
async def frail_api(installed: Any, superuser: asyncpg.Connection) -> AsyncIterator[tuple[httpx.AsyncClient, Fate]]:
    """An application over connections that meet their fate."""
    async with own_database(installed.settings, pool_size=3) as database:
        fate, app = Fate(superuser), create_app(installed.settings)
        app.state.database = replace(database, pool=MortalPool(database.pool, fate))
        app.state.ports = ports_over(app.state.database, installed.settings)
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=BASE_URL) as client:
            yield client, fate


@pytest.fixture
def frail(frail_api: tuple[httpx.AsyncClient, Fate], world: World) -> Frail:
    client, fate = frail_api
    fate.at = 0
    return Frail(World(client, world.opened), fate)
