"""Each of the two walls alone: lists stay as they are without row-level security, and without their conditions."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import asyncpg
import httpx
import pytest
from pydantic import SecretStr

from app.domain.shared.authz import OPERATIONS
from app.main import create_app, ports_over
from app.services.ports.caller import NOBODY
from app.settings import Settings
from tests.api.probes import Probe
from tests.api.stage import LISTS, Stage, positioned
from tests.faults.mortal import Meeting, MortalPool, Run
from tests.working import own_database

pytestmark = [pytest.mark.anyio, pytest.mark.database]

BOUNDED = (
    *LISTS,
    "search_persons",
    "search_applications",
    "report_visits",
    "report_instant_grants",
    "report_ratings",
    "list_access_records",
)
"""Operations whose queries carry the caller's reach; what is read by its id stands behind row-level security alone."""
_BY_AREA = re.compile(
    r"\(region_path ~>=~ \((\$\d)::text\[\]\)\[\d+\] AND region_path ~<~ \(\$\d::text\[\]\)\[\d+\]\)"
    r"|\((?:region|registration)_path \|\| '/'\) \^@ ANY \((\$\d)::text\[\]\)"
)
_BY_PARTY = re.compile(r"\bperson_id = ANY \((\$1)::uuid\[\]\)")
_BY_OWNER = re.compile(r"\bactor_id = (\$\d+)")


class Undisturbed:
    """Statements as they are."""

    async def meet(self, real: asyncpg.Connection, statement: str, run: Run) -> Any:
        return await run(statement)


class Unbounded:
    """Statements without the caller's reach in them."""

    def __init__(self) -> None:
        self.loosened = 0

    async def meet(self, real: asyncpg.Connection, statement: str, run: Run) -> Any:
        loose = _BY_PARTY.sub(r"(\1::uuid[] IS NOT NULL)", _BY_AREA.sub(r"(\1\2::text[] IS NOT NULL)", statement))
        loose = _BY_OWNER.sub(r"(\1::uuid IS NOT NULL)", loose)
        self.loosened += loose != statement
        return await run(loose)


@asynccontextmanager
async def application(settings: Settings, meeting: Meeting) -> AsyncIterator[httpx.AsyncClient]:
    async with own_database(settings, pool_size=2) as database:
        app = create_app(settings)
        app.state.database = replace(database, pool=MortalPool(database.pool, meeting))
        app.state.ports = ports_over(app.state.database, settings)
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://yian.test") as client:
            yield client


@pytest.fixture(scope="module", autouse=True)
async def nothing_beside_the_place(installed: Any) -> None:
    """Forget where cases were accepted, what draws they keep, who has reported harm and who has complained for another.

    They are shown to these, and listed elsewhere.
    """
    connection = await asyncpg.connect(installed.server.dsn("postgres", installed.database))
    await connection.execute("UPDATE certificate_case SET accepting_path = NULL WHERE accepting_path IS NOT NULL")
    await connection.execute("DELETE FROM draw_takeover")
    await connection.execute("UPDATE harm_report SET reported_by = $1", NOBODY)
    await connection.execute("UPDATE complaint SET filed_by = $1", NOBODY)
    await connection.close()


@pytest.fixture(scope="module")
async def without_row_security(installed: Any) -> AsyncIterator[httpx.AsyncClient]:
    beyond_walls = SecretStr(installed.server.dsn("postgres", installed.database))
    async with application(installed.settings.model_copy(update={"database_url": beyond_walls}), Undisturbed()) as api:
        yield api


@pytest.fixture(scope="module")
async def without_conditions(installed: Any) -> AsyncIterator[tuple[httpx.AsyncClient, Unbounded]]:
    meeting = Unbounded()
    async with application(installed.settings, meeting) as api:
        yield api, meeting


async def answers_of(stage: Stage, probe: Probe) -> dict[str, tuple[int, Any]]:
    """What everybody who may ask at all is answered."""
    callers = [actor for actor in stage.actors if actor.role in OPERATIONS[probe.operation].roles]
    answers = {}
    for number, actor in enumerate(callers):
        answer = await stage.ask_as(actor, probe)
        told = {name: value for name, value in answer.json().items() if name not in {"request_id", "next_cursor"}}
        answers[f"{number} {actor}"] = (answer.status_code, told)
    return answers


async def asked(stage: Stage, operation: str, superuser: asyncpg.Connection) -> Probe:
    probe = stage.probes[operation]
    return probe.asking(await positioned(stage, probe, superuser)) if operation in LISTS else probe


def shown(operation: str, answers: dict[str, tuple[int, Any]]) -> dict[str, Any]:
    """Who is shown what; records of access grow with every look at them, so of them only whether there are any."""
    if operation == "list_access_records":
        return {who: (status, bool(told.get("items"))) for who, (status, told) in answers.items()}
    return answers


@pytest.mark.parametrize("operation", BOUNDED)
async def test_the_conditions_alone_show_the_same(
    stage: Stage, superuser: asyncpg.Connection, without_row_security: httpx.AsyncClient, *, operation: str
) -> None:
    probe = await asked(stage, operation, superuser)

    alone = await answers_of(replace(stage, api=without_row_security), probe)

    assert shown(operation, alone) == shown(operation, await answers_of(stage, probe))


@pytest.mark.parametrize("operation", BOUNDED)
async def test_row_level_security_alone_shows_the_same(
    stage: Stage,
    superuser: asyncpg.Connection,
    without_conditions: tuple[httpx.AsyncClient, Unbounded],
    *,
    operation: str,
) -> None:
    api, meeting = without_conditions
    probe, before = await asked(stage, operation, superuser), meeting.loosened

    alone = await answers_of(replace(stage, api=api), probe)

    assert meeting.loosened > before
    assert shown(operation, alone) == shown(operation, await answers_of(stage, probe))
