"""Asks a ClamAV daemon over TCP, by its INSTREAM command."""

import asyncio
from collections.abc import AsyncIterable
from contextlib import suppress

from app.domain.evidence import Verdict

PIECE_OCTETS = 64 * 1024
_ANSWER_OCTETS = 4096


class ClamdScanner:
    """A clamd at a host and port. It is told nothing but the content."""

    def __init__(self, host: str, port: int, *, timeout_seconds: float) -> None:
        self._host = host
        self._port = port
        self._timeout_seconds = timeout_seconds

    async def scan(self, pieces: AsyncIterable[bytes]) -> Verdict:
        """What clamd says; UNKNOWN where it does not answer, not in time, or not with a verdict."""
        try:
            async with asyncio.timeout(self._timeout_seconds):
                answer = await self._asked(b"zINSTREAM\0", pieces)
        except (OSError, TimeoutError):
            return Verdict.UNKNOWN
        if answer.endswith(b"FOUND"):
            return Verdict.INFECTED
        return Verdict.CLEAN if answer == b"stream: OK" else Verdict.UNKNOWN

    async def trouble(self) -> str:
        """Whether it answers a PING."""
        try:
            async with asyncio.timeout(self._timeout_seconds):
                answer = await self._asked(b"zPING\0", None)
        except (OSError, TimeoutError):
            answer = b""
        at = f"{self._host}:{self._port}"
        return (
            "" if answer == b"PONG" else f"The scanner at {at} does not answer: uploads stay in quarantine. Start it."
        )

    async def _asked(self, command: bytes, pieces: AsyncIterable[bytes] | None) -> bytes:
        reader, writer = await asyncio.open_connection(self._host, self._port)
        try:
            writer.write(command)
            if pieces is not None:
                await _send(pieces, writer)
            await writer.drain()
            return await _answered(reader)
        finally:
            writer.transport.abort()  # a daemon that does not read would let a gentler end wait for ever
            with suppress(OSError):
                await writer.wait_closed()


async def _answered(reader: asyncio.StreamReader) -> bytes:
    """What it says until it ends its answer, or says no more."""
    answer = b""
    while len(answer) < _ANSWER_OCTETS and not answer.endswith(b"\0"):
        part = await reader.read(_ANSWER_OCTETS)
        if not part:
            break
        answer += part
    return answer.rstrip(b"\0\n")


async def _send(pieces: AsyncIterable[bytes], writer: asyncio.StreamWriter) -> None:
    """Each piece after its length in four octets; a length of nought ends it."""
    async for piece in pieces:
        for start in range(0, len(piece), PIECE_OCTETS):
            part = piece[start : start + PIECE_OCTETS]
            writer.write(len(part).to_bytes(4, "big") + part)
            await writer.drain()
    writer.write(bytes(4))
