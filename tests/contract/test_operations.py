"""What the operator is told to do works, word for word."""

import re
from collections.abc import Callable
from pathlib import Path

import asyncpg
import pytest

from app.adapters.postgres.roles import APP, OWNER

pytestmark = [pytest.mark.anyio, pytest.mark.database]

OPERATIONS = (Path(__file__).parents[2] / "docs" / "operations.md").read_text("utf-8")
RECIPE = next(block for block in re.findall(r"```sql\n(.*?)```", OPERATIONS, re.DOTALL) if "yian.reach" in block)
BACK_FILL = "UPDATE person SET version = version"


async def changed(dsn: str, *statements: str) -> str:
    """What the last of the statements has done, in a transaction that is undone."""
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute("BEGIN")
        return str([await connection.execute(statement) for statement in statements][-1])
    finally:
        await connection.close()


async def test_a_back_fill_reaches_every_row(superuser_dsn: Callable[[str], str], world: object) -> None:
    done = await changed(superuser_dsn(OWNER), RECIPE, BACK_FILL)

    assert int(done.removeprefix("UPDATE ")) >= 1


async def test_a_back_fill_that_forgets_to_say_so_changes_nothing(
    superuser_dsn: Callable[[str], str], world: object
) -> None:
    done = await changed(superuser_dsn(OWNER), BACK_FILL)

    assert done == "UPDATE 0"


async def test_the_service_cannot_open_the_walls_by_saying_so(
    superuser_dsn: Callable[[str], str], world: object
) -> None:
    done = await changed(superuser_dsn(APP), RECIPE, BACK_FILL)

    assert done == "UPDATE 0"
