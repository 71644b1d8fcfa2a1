"""Servers in processes of their own, which may be killed. They are forked from one process that has read the code."""

import asyncio
import multiprocessing
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from tests.faults.conftest import BASE_URL

STEP_SECONDS = 0.02
START_SECONDS = 60
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["app.main", "tests.faults.dying"])


@asynccontextmanager
async def serving(
    installed: Any, folder: Path, *, app: str = "app.main:create_app"
) -> AsyncIterator[tuple[ForkServerProcess, httpx.AsyncClient]]:
    """A server on a socket in the folder."""
    settings, listens = installed.settings, folder / "yian.sock"
    named = {
        "YIAN_MODE": "sandbox",
        "YIAN_DATABASE_URL": settings.database_url.get_secret_value(),
        "YIAN_KEYS_FILE": str(settings.keys_file),
        "YIAN_PUBLIC_URL": str(settings.public_url),
        "YIAN_LOG_LEVEL": "CRITICAL",
    }
    process = _FORKS.Process(target=_serve, args=(app, str(listens), named))
    process.start()
    try:
        await asyncio.wait_for(_listening(listens), START_SECONDS)
        transport = httpx.AsyncHTTPTransport(uds=str(listens))
        async with httpx.AsyncClient(transport=transport, base_url=BASE_URL, timeout=30) as client:
            yield process, client
    finally:
        process.kill()
        await ended(process)
        listens.unlink(missing_ok=True)


async def ended(process: ForkServerProcess) -> int | None:
    """How a server has ended, once it has."""
    await asyncio.to_thread(process.join, START_SECONDS)
    return process.exitcode


async def _listening(listens: Path) -> None:
    while True:
        try:
            _, writer = await asyncio.open_unix_connection(str(listens))
        except (FileNotFoundError, ConnectionRefusedError):
            await asyncio.sleep(STEP_SECONDS)
        else:
            writer.close()
            return


def _serve(app: str, listens: str, named: Mapping[str, str]) -> None:
    os.environ.update(named)
    uvicorn.run(app, factory=True, uds=listens, access_log=False, log_level="critical")
