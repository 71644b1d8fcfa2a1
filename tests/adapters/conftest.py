"""Resources of the tests of adapters: a database of their own, and somebody who sees everything in it."""

from collections.abc import AsyncIterator, Callable
from datetime import date, timedelta
from itertools import count
from typing import Any

import asyncpg
import pytest

from app.adapters.postgres.database import Database
from app.domain.shared.identity import CitizenNumber
from tests.working import own_database


@pytest.fixture
async def database(installed: Any) -> AsyncIterator[Database]:
    async with own_database(installed.settings) as opened:
        yield opened


@pytest.fixture
async def superuser(superuser_dsn: Any) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(superuser_dsn("postgres"))
    yield connection
    await connection.close()


@pytest.fixture(scope="session")
def unused_number() -> Callable[[], str]:
    """Identity numbers of people who cannot exist, each once."""
    numbers = count()

    def following() -> str:
        born_on = date(1905, 1, 1) + timedelta(days=next(numbers))
        return CitizenNumber.of(region="990998", born_on=born_on, sequence=998).value

    return following
