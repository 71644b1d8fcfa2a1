"""A database that is gone, closed or too slow: callers are told to come again, and nothing has to be restarted."""

import asyncio
import base64
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import asyncpg
import httpx
import pytest
from structlog.testing import capture_logs

from app.adapters.postgres.database import Database
from app.adapters.postgres.transaction import ACQUIRE_TIMEOUT_SECONDS, begin, give_back
from app.main import create_app, ports_over
from app.worker import LOOK_SECONDS, keep_on_working
from tests.acting import World
from tests.api.flow import an_application
from tests.faults.conftest import BASE_URL
from tests.working import own_database

pytestmark = [pytest.mark.anyio, pytest.mark.database]

Request = Callable[[World], Awaitable[httpx.Response]]
Kill = Callable[[], Awaitable[None]]


def reading(world: World) -> Awaitable[httpx.Response]:
    return world.call("county_officer", "GET", "/v1/applications")


def reading_reference(world: World) -> Awaitable[httpx.Response]:
    return world.call("county_officer", "GET", "/v1/packages")


def submitting(world: World) -> Awaitable[httpx.Response]:
    return world.call("portal", "POST", "/v1/applications", json=an_application(world))


def verifying(world: World) -> Awaitable[httpx.Response]:
    shown = {"number": f"{world.citizen['citizen_number']}41", "name": "样本"}
    return world.call("verifying_portal", "POST", "/v1/certificate-verifications", json={"certificates": [shown]})


def opening(world: World) -> Awaitable[httpx.Response]:
    return world.api.post("/v1/sandbox/clients")


def asking_for_a_token(world: World) -> Awaitable[httpx.Response]:
    pair = f"{world.opened['client_id']}:{world.opened['client_secret']}"
    headers = {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
    return world.api.post("/oauth/token", data={"grant_type": "client_credentials"}, headers=headers)


REQUESTS = (reading, reading_reference, submitting, verifying, opening, asking_for_a_token)


@pytest.fixture(scope="module")
async def own(installed: Any) -> AsyncIterator[tuple[httpx.AsyncClient, Database]]:
    """An application over a database that nobody else uses, and that gives up after a second."""
    settings = installed.settings.model_copy(update={"statement_timeout_seconds": 1})
    async with own_database(settings, pool_size=4) as database:
        app = create_app(settings)
        app.state.database, app.state.ports = database, ports_over(database, settings)
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=BASE_URL) as client:
            yield client, database


@pytest.fixture
def away(own: tuple[httpx.AsyncClient, Database], world: World) -> World:
    """The test's world, asked through that application."""
    return World(own[0], world.opened)


@pytest.fixture
def let_all_die(own: tuple[httpx.AsyncClient, Database], superuser: asyncpg.Connection) -> Kill:
    """Ends every backend of that application's pool, and of no other."""

    async def kill() -> None:
        for holder in own[1].pool._holders:
            if holder._con is not None:
                await superuser.execute("SELECT pg_terminate_backend($1, 5000)", holder._con.get_server_pid())

    return kill


def told_to_come_again(answer: httpx.Response) -> bool:
    problem = answer.json()
    return answer.status_code == 503 and problem["code"] == "unavailable" and int(answer.headers["Retry-After"]) > 0


async def test_nobody_notices_that_all_backends_died_between_two_requests(away: World, let_all_die: Kill) -> None:
    for request in REQUESTS:
        assert (await request(away)).is_success
        await let_all_die()

        answers = [await request(away) for _ in range(6)]

        assert {answer.status_code for answer in answers} <= {200, 201, 409}, request


async def test_all_backends_may_die_under_requests(away: World, let_all_die: Kill) -> None:
    asked = [asyncio.ensure_future(request(away)) for request in REQUESTS for _ in range(10)]
    for _ in range(4):
        await asyncio.sleep(0.005)
        await let_all_die()

    answers = await asyncio.gather(*asked)

    statuses = Counter(answer.status_code for answer in answers)
    assert statuses.keys() <= {200, 201, 409, 503}, statuses
    assert (await reading(away)).is_success or (await reading(away)).is_success


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: request.__name__)
async def test_a_database_that_takes_no_connections_is_waited_for(
    away: World, let_all_die: Kill, installed: Any, *, request_: Request
) -> None:
    owner = await asyncpg.connect(installed.server.dsn("postgres", "postgres"))
    try:
        await owner.execute(f"ALTER DATABASE {installed.database} ALLOW_CONNECTIONS false")
        await let_all_die()
        refused = [await request_(away) for _ in range(3)]
    finally:
        await owner.execute(f"ALTER DATABASE {installed.database} ALLOW_CONNECTIONS true")
        await owner.close()

    assert all(told_to_come_again(answer) for answer in refused)
    assert (await request_(away)).is_success


@pytest.mark.parametrize("request_", [reading, submitting], ids=lambda request: request.__name__)
async def test_a_table_that_stays_locked_is_not_waited_for_for_ever(
    away: World, installed: Any, *, request_: Request
) -> None:
    holder = await asyncpg.connect(installed.server.dsn("postgres", installed.database))
    try:
        async with holder.transaction():
            await holder.execute("LOCK TABLE application IN ACCESS EXCLUSIVE MODE")
            refused = await request_(away)
    finally:
        await holder.close()

    assert told_to_come_again(refused)
    assert (await request_(away)).is_success


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: request.__name__)
async def test_a_closed_pool_is_told_as_not_available(installed: Any, world: World, *, request_: Request) -> None:
    async with own_database(installed.settings, pool_size=1) as database:
        app = create_app(installed.settings)
        app.state.database, app.state.ports = database, ports_over(database, installed.settings)
        await database.pool.close()
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=BASE_URL) as client:
            answer = await request_(World(client, world.opened))

    assert told_to_come_again(answer)


async def test_a_worker_without_a_database_rests_before_it_asks_again(installed: Any) -> None:
    stopped = asyncio.Event()
    async with own_database(installed.settings, pool_size=1) as database:
        await database.pool.close()
        with capture_logs() as said:
            working = asyncio.ensure_future(keep_on_working(database, stopped, works={}))
            await asyncio.sleep(LOOK_SECONDS * 4)
            stopped.set()
            await working

    assert [line["event"] for line in said] == ["no chunk done"]


async def test_who_gets_no_connection_has_waited_once() -> None:
    asked: list[float] = []

    class Taken:
        """All of its connections are in use."""

        async def acquire(self, **said: float) -> None:
            asked.append(said["timeout"])
            raise TimeoutError

    with pytest.raises(TimeoutError):
        await begin(Taken())

    assert asked == [ACQUIRE_TIMEOUT_SECONDS]


async def test_a_pool_that_notices_the_end_of_a_connection_first_troubles_nobody() -> None:
    class Dead:
        """A connection whose backend is gone."""

        async def execute(self, _: str) -> None:
            raise asyncpg.ConnectionDoesNotExistError

        def terminate(self) -> None:
            """It is gone already."""

    class Quick:
        """It has given the place to somebody else."""

        async def release(self, _: Dead) -> None:
            raise asyncpg.InternalClientError("release() called on a free connection holder")

    for is_done in (False, True):
        await give_back(Quick(), Dead(), is_done=is_done)
