"""Sends every log line through one redaction: ours, those of libraries on the standard logging, and crashes."""

import logging
import sys
import threading
from collections.abc import Callable, MutableMapping, Sequence
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.typing import Processor
from typing_extensions import override

from app.adapters.logging.crash import with_exception
from app.adapters.logging.redaction import LONG_NUMBER, REDACTED, redacted

EventDict = MutableMapping[str, Any]

_CHATTY = ("asyncio", "httpx", "httpcore")
_REPLACED_HANDLERS = ("uvicorn", "uvicorn.error")


def configure_logging(level: str = "INFO", *, json: bool = True, stream: TextIO | None = None) -> None:
    """Set up logging for the whole process; JSON for machines, else coloured lines for a terminal.

    Start uvicorn with `log_config=None`, or it puts its own handlers back. Its access log is silenced: our middleware
    writes one line a request. Context for all lines of a request is bound with `structlog.contextvars`.
    """
    writer = structlog.WriteLogger(stream or sys.stderr)
    processors: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        with_exception,
        _without_personal_data,
        _rendering_with(structlog.processors.JSONRenderer() if json else _console()),
    ]
    structlog.configure(
        processors=processors,
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: writer,
        cache_logger_on_first_use=False,
    )
    _route_standard_logging(_Forwarder(processors, writer), level)
    sys.excepthook = _log_crash
    threading.excepthook = _log_thread_crash


class _Forwarder(logging.Handler):
    """Takes the records of libraries down the same road as our own events."""

    def __init__(self, processors: Sequence[Processor], writer: structlog.WriteLogger) -> None:
        super().__init__()
        self._processors = processors
        self._writer = writer

    @override
    def emit(self, record: logging.LogRecord) -> None:
        event: Any = {"event": _message_of(record), "logger": record.name, "exc_info": record.exc_info}
        try:
            for process in self._processors:
                event = process(None, record.levelname.lower(), event)
            self._writer.info(event)
        except Exception:  # noqa: BLE001 - a log line that cannot be written must not stop what it tells of
            self._writer.info(f'{{"event": "log record lost", "logger": "{record.name}", "level": "error"}}')


def _message_of(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError):
        return str(record.msg)  # the template; its arguments do not fit it


def _without_personal_data(_logger: object, _method: str, event: EventDict) -> EventDict:
    clean: EventDict = redacted(event)
    return clean


def _rendering_with(renderer: Callable[[Any, str, EventDict], str | bytes]) -> Processor:
    def rendered(logger: object, method: str, event: EventDict) -> str:
        # The second look, at the finished line: what no rule about values has foreseen is still no number.
        return LONG_NUMBER.sub(REDACTED, str(renderer(logger, method, event)))

    return rendered


def _console() -> structlog.dev.ConsoleRenderer:
    # The default one prints the locals of each frame.
    return structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)


def _route_standard_logging(handler: logging.Handler, level: str) -> None:
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in _REPLACED_HANDLERS:
        library = logging.getLogger(name)
        library.handlers, library.propagate = [], True
    for name in _CHATTY:  # httpx writes whole URLs at INFO
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    access = logging.getLogger("uvicorn.access")
    access.handlers, access.propagate = [], False  # without any handler uvicorn does not even format the line


def _log_crash(kind: type[BaseException], failure: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    structlog.get_logger().critical("The process has crashed.", exc_info=(kind, failure, trace))


def _log_thread_crash(crash: threading.ExceptHookArgs) -> None:
    structlog.get_logger().error("A thread has crashed.", exc_info=crash.exc_value)
