"""The outermost layer: a request gets its id, its answer the headers that all answers have, and its end one log line.

Nothing gets past it: what breaks below is logged with where, never with what, and answered as a problem.
"""

import re
from collections.abc import Callable
from time import perf_counter

import structlog
from fastapi import Request
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.middleware.metrics import Metrics
from app.api.problems import InternalError, problem_response
from app.services.ports.spent import SPENT, Spent

UNMATCHED = "(none)"
CALLER_HAS_LEFT = 499
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_TRACES = {
    b"traceparent": ("trace", re.compile(rb"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")),
    b"x-road-id": ("x_road_id", re.compile(rb"[A-Za-z0-9._-]{1,64}")),
}
"""What other systems call this request. X-Road-UserId is not among them: abroad it is an identity number."""
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_log = structlog.get_logger("request")


class Observed:
    """Sees each request from its head to its end."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics, new_request_id: Callable[[], str]) -> None:
        self._app = app
        self._metrics = metrics
        self._new_request_id = new_request_id

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        watch = _Watch(scope, self._new_request_id, send)
        try:
            await self._app(scope, receive, watch.send)
        except ClientDisconnect:
            watch.status = CALLER_HAS_LEFT
        except Exception as failure:
            _log.exception("The request broke.", exc_info=failure)
            if watch.status:
                raise  # its answer is under way; only the closed connection can tell the caller
            refusal = InternalError("Nothing was changed. Tell the operator the request_id.")
            await problem_response(Request(scope), refusal)(scope, receive, watch.send)
        finally:
            watch.report(self._metrics)


class _Watch:
    """One request as it is seen from outside."""

    def __init__(self, scope: Scope, new_request_id: Callable[[], str], send: Send) -> None:
        self._started = perf_counter()
        self._scope = scope
        self._send = send
        self.status = 0
        self._request_id = ""
        self._trace: dict[str, str] = {}
        for name, value in scope["headers"]:
            if name == b"request-id" and _REQUEST_ID.fullmatch(value):
                self._request_id = value.decode()
            elif name in _TRACES and _TRACES[name][1].fullmatch(value):
                self._trace[_TRACES[name][0]] = value.decode()
        self._request_id = self._request_id or new_request_id()
        scope.setdefault("state", {})["request_id"] = self._request_id
        self._spent = Spent()
        SPENT.set(self._spent)
        structlog.contextvars.bind_contextvars(request_id=self._request_id)

    async def send(self, message: Message) -> None:
        """Pass a piece of the answer on, its head with the headers that every answer has."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = message["headers"]
            present = {name for name, _ in headers}
            message["headers"] = [
                *headers,
                (b"request-id", self._request_id.encode()),
                *self._scope["state"].get("rate_limit", ()),
                *(header for header in _HEADERS if header[0] not in present),
            ]
        await self._send(message)

    def report(self, metrics: Metrics) -> None:
        """Write the one line about the request, and count it."""
        seconds = perf_counter() - self._started
        method = self._scope["method"] if self._scope["method"] in METHODS else "OTHER"
        route = getattr(self._scope.get("route"), "path_format", UNMATCHED)
        metrics.record(method=method, route=route, status=self.status, seconds=seconds, spent=self._spent)
        state = self._scope["state"]
        _log.info(
            "request",
            method=method,
            route=route,
            status=self.status,
            ms=round(seconds * 1000, 2),
            db_ms=round(self._spent.seconds * 1000, 2),
            statements=self._spent.statements,
            actor=_text(state.get("actor_id")),
            client=_text(state.get("client_id")),
            **self._trace,
        )


def _text(value: object) -> str | None:
    return None if value is None else str(value)
