"""A load of keep-alive connections that costs little itself: prepared bytes out, status and body length in."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Load:
    """What came of a load: the seconds of each request, the whole time, and the answers that were not good."""

    seconds: tuple[float, ...]
    elapsed_seconds: float
    failed: int
    first_failure: str


def request_bytes(method: str, path: str, *, headers: dict[str, str], body: bytes = b"") -> bytes:
    """A request as it goes over the wire."""
    lines = [f"{method} {path} HTTP/1.1", "Host: bench"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def load(port: int, requests: Iterator[bytes], *, connections: int) -> Load:
    """Send all requests over so many connections, each waiting for its answer."""
    seconds: list[float] = []
    failures: list[str] = []
    started = perf_counter()

    async def work() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request in requests:
            sent = perf_counter()
            writer.write(request)
            status, body = await _answer(reader)
            seconds.append(perf_counter() - sent)
            if not 200 <= status < 300:  # noqa: PLR2004 - success
                failures.append(f"{status} {body[:300]!r}")
        writer.close()

    await asyncio.gather(*(work() for _ in range(connections)))
    return Load(tuple(seconds), perf_counter() - started, len(failures), failures[0] if failures else "")


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return status, await reader.readexactly(length)
