"""Resources that the tests of the API share: somebody who sees everything, and one case with everybody around it."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from tests.api.stage import Stage, a_stage


@pytest.fixture(scope="session")
async def superuser(installed: Any) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(installed.server.dsn("postgres", installed.database))
    yield connection
    await connection.close()


@pytest.fixture(scope="session")
async def stage(app: FastAPI, api: httpx.AsyncClient, superuser: asyncpg.Connection) -> Stage:
    """Played once; the tests only knock at it."""
    return await a_stage(app, api, superuser)
