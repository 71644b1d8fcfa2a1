"""Tells of an exception where it happened and of what class it was, without values: no locals, no source lines."""

import traceback
from collections.abc import Iterator, MutableMapping
from typing import Any

from app.adapters.logging.redaction import message_of

MAX_FRAMES = 30
MAX_EXCEPTIONS = 10

EventDict = MutableMapping[str, Any]


def with_exception(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Put the text of `exc_info` in its place, under `exception`."""
    failure = _failure_in(event.pop("exc_info", None))
    if failure is not None:
        event["exception"] = "\n".join(_told(failure))
    event.pop("stack_info", None)
    return event


def _failure_in(given: object) -> BaseException | None:
    if isinstance(given, BaseException):
        return given
    if isinstance(given, tuple):
        return given[1] if isinstance(given[1], BaseException) else None
    if given:
        import sys  # noqa: PLC0415

        return sys.exception()
    return None


def _told(failure: BaseException) -> Iterator[str]:
    chain: list[tuple[str, BaseException]] = [("", failure)]
    seen: set[int] = set()
    while chain and len(seen) < MAX_EXCEPTIONS:
        relation, current = chain.pop(0)
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield relation + message_of(current)
        for frame in traceback.extract_tb(current.__traceback__)[-MAX_FRAMES:]:
            yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
        chain += _related(current)


def _related(failure: BaseException) -> Iterator[tuple[str, BaseException]]:
    if failure.__cause__ is not None:
        yield "caused by ", failure.__cause__
    elif failure.__context__ is not None and not failure.__suppress_context__:
        yield "while handling ", failure.__context__
    if isinstance(failure, BaseExceptionGroup):
        for member in failure.exceptions:
            yield "with ", member
