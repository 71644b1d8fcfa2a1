"""Resources that tests share: one PostgreSQL and one migrated database a worker, and the application over it."""

import gc
import os
import re
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import settings

from app.adapters.postgres.embedded import throwaway_postgres
from app.main import create_app
from app.sandbox.installation import DatabaseServer, RunningServer, environment, keys_file, prepare_database
from app.settings import Settings
from tests.acting import World, open_world
from tests.published import hold_to_the_description

gc.set_threshold(50_000, 20, 20)  # a suite makes much that stays; looking for circles in it took a fifth of its time

settings.register_profile("yian", deadline=None)  # a busy machine is no mistake of an example
settings.register_profile("quick", settings.get_profile("yian"), max_examples=10)  # asked for by `./yian check`
settings.load_profile("yian")

BASE_URL = "http://yian.test"
DATABASE = "yian_test"


_WHOLLY_OF_A_DATABASE = re.compile(r"^pytestmark = .*pytest\.mark\.database", re.MULTILINE)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not read modules of which every test needs a database, where none is wanted: most of reading is for those."""
    if collection_path.suffix != ".py" or "not database" not in config.option.markexpr:
        return None
    return True if _WHOLLY_OF_A_DATABASE.search(collection_path.read_text("utf-8")) else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let no test come by a database without saying so: it would be started where none is wanted."""
    unsaid = [
        item.nodeid
        for item in items
        if "server" in getattr(item, "fixturenames", ()) and item.get_closest_marker("database") is None
    ]
    if unsaid:
        raise pytest.UsageError(f"Mark these with pytest.mark.database: {', '.join(unsaid)}")


@pytest.fixture(scope="session")
def anyio_backend() -> tuple[str, dict[str, bool]]:
    """The loop that the servers run on too."""
    return "asyncio", {"use_uvloop": True}


@pytest.fixture(scope="session")
def server() -> Iterator[DatabaseServer]:
    """A PostgreSQL of this worker's own; YIAN_TEST_SERVER=host:port names a running one that may be filled at will."""
    if running := os.environ.get("YIAN_TEST_SERVER"):
        host, _, port = running.rpartition(":")
        yield RunningServer(host, int(port))
        return
    binaries = os.environ.get("YIAN_TEST_POSTGRES_BIN")
    with throwaway_postgres(binaries=Path(binaries) if binaries else None) as embedded:
        yield embedded


@dataclass(frozen=True)
class Installed:
    """A migrated and filled database, and the settings that lead to it."""

    server: DatabaseServer
    database: str
    settings: Settings


@pytest.fixture(scope="session")
def installed(server: DatabaseServer, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    database = f"{DATABASE}_{worker}"
    prepare_database(server, database, fresh=True)
    keys = keys_file(tmp_path_factory.mktemp("keys"))
    variables = environment(server, database, keys=keys, public_url=BASE_URL)
    named = {name.removeprefix("YIAN_").lower(): value for name, value in variables.items()}
    return Installed(server, database, Settings.model_validate(named))


@pytest.fixture(scope="session")
async def app(installed: Installed) -> AsyncIterator[FastAPI]:
    made = create_app(installed.settings)
    async with made.router.lifespan_context(made):
        yield made


@pytest.fixture(scope="session")
async def api(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Talks to the application as a caller would, without a socket, and holds what it says to the description."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=bool(os.environ.get("YIAN_TEST_RAISE")))
    hooks = {"response": [hold_to_the_description]}
    async with httpx.AsyncClient(transport=transport, base_url=BASE_URL, event_hooks=hooks) as client:
        yield client


@pytest.fixture
async def world(api: httpx.AsyncClient) -> World:
    """A sandbox client of this test's own: its clock, its citizen, and somebody for every role."""
    return await open_world(api)


@pytest.fixture
def superuser_dsn(installed: Installed) -> Callable[[str], str]:
    """The DSN of a role on this worker's database."""
    return lambda role: installed.server.dsn(role, installed.database)
