"""Logging as in production, into a text that a test can read, and invented identity numbers to look for in it."""

import io
import json
import logging
import random
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import structlog

from app.adapters.logging import configure_logging

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
LOGGERS = ("", "uvicorn", "uvicorn.error", "uvicorn.access", "httpx", "httpcore", "asyncio", "asyncpg")


@contextmanager
def logging_to(stream: io.StringIO, *, level: str = "INFO", json: bool = True) -> Iterator[io.StringIO]:
    """Configured as in production, and put back afterwards as it was."""
    hooks = sys.excepthook, threading.excepthook
    loggers = [logging.getLogger(name) for name in LOGGERS]
    before = [(logger.handlers[:], logger.level, logger.propagate) for logger in loggers]
    configure_logging(level, json=json, stream=stream)
    try:
        yield stream
    finally:
        structlog.reset_defaults()
        structlog.contextvars.clear_contextvars()
        sys.excepthook, threading.excepthook = hooks
        for logger, (handlers, old_level, propagate) in zip(loggers, before, strict=True):
            logger.handlers, logger.propagate = handlers, propagate
            logger.setLevel(old_level)


def lines_of(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def a_number(chance: random.Random) -> str:
    """A number that is right in form and impossible in fact: a region that does not exist, a birth long ago."""
    born = date(1900, 1, 1).toordinal() + chance.randrange(2190)
    body = f"{chance.randint(990101, 998999)}{date.fromordinal(born):%Y%m%d}{chance.randrange(1000):03}"
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]
