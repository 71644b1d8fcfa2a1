"""Worker composition root: what runs by the clock and for nobody's request."""

import asyncio
import contextlib
import signal

import structlog

from app.adapters.logging import configure_logging
from app.adapters.postgres.database import open_pool
from app.adapters.postgres.upkeep import AT_ONCE, keep_up
from app.domain.shared.errors import Unavailable
from app.main import real_time
from app.settings import settings

ROUND_SECONDS = 60


def run() -> int:
    """Work until told to stop, and say with the exit code how it ended."""
    current = settings()
    configure_logging(current.log_level, json=current.log_json)
    asyncio.run(_work(current.database_url.get_secret_value()))
    return 0


async def _work(dsn: str) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    pool = await open_pool(dsn, size=2, name="yian-worker")
    log = structlog.get_logger()
    try:
        while not stopped.is_set():
            try:
                removed = await keep_up(pool, at=real_time())
            except Unavailable as refusal:  # the next round may find the database again
                log.warning("not kept up", reason=refusal.detail)
                removed = 0
            else:
                log.info("kept up", removed=removed)
            if removed >= AT_ONCE:
                continue  # there may be more: a minute's portion would not keep pace with a busy day
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stopped.wait(), ROUND_SECONDS)
    finally:
        await pool.close()
