"""A server that listens, for what speaks to it from outside."""

import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn

from app.main import create_app
from tests.conftest import Installed

READY_SECONDS = 20.0


@pytest.fixture(scope="module")
def base_url(installed: Installed) -> Iterator[str]:
    """Where a server over this worker's database listens."""
    application = create_app(installed.settings)
    server = uvicorn.Server(uvicorn.Config(application, port=0, ws="none", log_config=None, access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    deadline = time.monotonic() + READY_SECONDS
    while not server.started and thread.is_alive() and time.monotonic() < deadline:
        threading.Event().wait(0.02)
    assert server.started
    host, port = server.servers[0].sockets[0].getsockname()
    yield f"http://{host}:{port}"
    server.should_exit = True
    thread.join()
