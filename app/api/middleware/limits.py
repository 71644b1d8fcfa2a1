"""How much one request may bring, and how long it may take to bring it. Uvicorn itself sets no such bounds."""

import re
from asyncio import timeout_at
from asyncio.events import get_running_loop
from dataclasses import dataclass, replace

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import (
    EdgeProblem,
    HeaderTooLarge,
    PayloadTooLarge,
    RequestTimeout,
    UnreadableBody,
    problem_response,
)

KIB = 1024
OVERHEAD_BYTES = 32
"""What a header costs beyond its characters, as HTTP/2 counts it (RFC 9113, 6.5.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The bounds of one request."""

    body_bytes: int = KIB * KIB
    body_seconds: float = 20.0
    header_bytes: int = 32 * KIB
    headers: int = 64
    address_bytes: int = 8 * KIB
    tables: re.Pattern[str] = re.compile(r"/v1/jobs/[^/]+/input")
    """Addresses that take whole tables, piece by piece."""
    table_bytes: int = 32 * KIB * KIB
    table_seconds: float = 300.0
    files: re.Pattern[str] = re.compile(r"/v1/uploads/[^/]+/content")
    """Addresses that take a file, piece by piece."""
    file_bytes: int = 10 * KIB * KIB
    file_seconds: float = 300.0

    def of(self, path: str) -> "Limits":
        """The bounds of a request to an address."""
        if self.files.fullmatch(path):
            return replace(self, body_bytes=self.file_bytes, body_seconds=self.file_seconds)
        if self.tables.fullmatch(path):
            return replace(self, body_bytes=max(self.table_bytes, self.body_bytes), body_seconds=self.table_seconds)
        return self


class Limited:
    """Refuses what is too much, before it is read."""

    def __init__(self, app: ASGIApp, *, limits: Limits) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limits = self._limits.of(scope["path"])
        try:
            has_body = _require_small_head(scope, limits)
        except EdgeProblem as refusal:
            await problem_response(Request(scope), refusal)(scope, receive, send)
            return
        await self._app(scope, _Body(receive, limits).receive if has_body else receive, send)


def _require_small_head(scope: Scope, limits: Limits) -> bool:
    """Refuse a head that is too large or announces too large a body; say whether a body follows."""
    size, has_body = 0, False
    for name, value in scope["headers"]:
        size += len(name) + len(value) + OVERHEAD_BYTES
        if name == b"content-length":
            has_body = _require_small(value, limits) or has_body  # beside pieces a length says nothing
        elif name == b"transfer-encoding":
            has_body = True
    if size > limits.header_bytes or len(scope["headers"]) > limits.headers:
        raise HeaderTooLarge(f"Send at most {limits.headers} headers and {limits.header_bytes // KIB} KiB of them.")
    if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > limits.address_bytes:
        raise HeaderTooLarge(f"Send an address of at most {limits.address_bytes // KIB} KiB.")
    return has_body


def _require_small(announced: bytes, limits: Limits) -> bool:
    if not announced.isdigit():
        raise UnreadableBody("Content-Length is a number of bytes.")
    if len(announced) > len(str(limits.body_bytes)) or int(announced) > limits.body_bytes:
        raise _too_large(limits)
    return int(announced) > 0


class _Body:
    """A body as it comes in: counted, and only so long waited for."""

    def __init__(self, receive: Receive, limits: Limits) -> None:
        self._receive = receive
        self._limits = limits
        self._received = 0
        self._until = get_running_loop().time() + limits.body_seconds
        self._is_whole = False

    async def receive(self) -> Message:
        """The next piece.

        Raises:
            PayloadTooLarge: there is more than was allowed, whatever was announced.
            RequestTimeout: it does not come in time.
        """
        if self._is_whole:  # whoever asks now waits for the caller to leave, and may wait long
            return await self._receive()
        try:
            async with timeout_at(self._until):
                message = await self._receive()
        except TimeoutError:
            raise RequestTimeout(f"Send the whole body within {self._limits.body_seconds:g} seconds.") from None
        self._received += len(message.get("body", b""))
        if self._received > self._limits.body_bytes:
            raise _too_large(self._limits)
        self._is_whole = not message.get("more_body", False)
        return message


def _too_large(limits: Limits) -> PayloadTooLarge:
    return PayloadTooLarge(f"Send at most {limits.body_bytes // KIB} KiB at a time.")
