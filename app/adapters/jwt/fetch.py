"""Fetches the key set of a configured issuer over HTTPS; where that fails, the last good one stays in force."""

import asyncio
import json
import ssl
from collections.abc import Mapping
from datetime import datetime
from enum import Enum, auto
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx

from app.adapters.jwt.keys import Algorithm, Jwk, KeyRefused, key_set

MAX_BYTES = 64 * 1024


class PlainHttp(Enum):
    """Where a key set may be fetched without TLS."""

    NEVER = auto()
    ON_LOOPBACK = auto()
    """From this very machine, in a sandbox."""


def is_loopback(url: str) -> bool:
    """Say whether a URL leads to this very machine by an address that no name server decides.

    >>> is_loopback("http://127.0.0.1:8080/jwks"), is_loopback("http://localhost.evil.example/")
    (True, False)
    """
    try:
        return ip_address(urlsplit(url).hostname or "").is_loopback
    except ValueError:
        return False


class KeySetSource:
    """The keys of one issuer, kept fresh by whoever calls `refresh` from time to time.

    `keys` are those of the last good answer and `fetched_at` is when it came; `failure` says why the last attempt gave
    no newer ones, or None. How old a set may grow is the caller's decision.
    """

    def __init__(
        self,
        url: str,
        *,
        algorithm: Algorithm,
        timeout_seconds: float = 5,
        plain_http: PlainHttp = PlainHttp.NEVER,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        is_plain_here = plain_http is PlainHttp.ON_LOOPBACK and url.startswith("http://") and is_loopback(url)
        if not (url.startswith("https://") or is_plain_here):
            raise ValueError("A key set is fetched over HTTPS only; a sandbox may fetch it from 127.0.0.1 without.")
        self._url = url
        self._algorithm = algorithm
        self._timeout_seconds = timeout_seconds
        self._transport = transport
        self.keys: Mapping[str, Jwk] = {}
        self.fetched_at: datetime | None = None
        self.failure: str | None = None

    async def refresh(self, *, at: datetime) -> Mapping[str, Jwk]:
        """The newest keys, or the last good ones where the issuer cannot be reached or answers nonsense."""
        try:
            async with asyncio.timeout(self._timeout_seconds):  # in all: httpx counts each read by itself
                document = json.loads(await self._body())
            self.keys, self.fetched_at, self.failure = key_set(document, algorithm=self._algorithm), at, None
        except KeyRefused as refusal:
            self.failure = str(refusal)
        except (httpx.HTTPError, OSError, RecursionError, ValueError) as failure:
            self.failure = type(failure).__name__
        return self.keys

    async def _body(self) -> bytes:
        async with self._client() as client, client.stream("GET", self._url) as response:
            if response.status_code != httpx.codes.OK:
                raise KeyRefused(f"The issuer answered {response.status_code}.")
            body = b""
            async for chunk in response.aiter_raw():  # raw: a compressed answer could unfold past any limit
                body += chunk
                if len(body) > MAX_BYTES:
                    raise KeyRefused(f"The key set is larger than {MAX_BYTES} bytes.")
            return body

    def _client(self) -> httpx.AsyncClient:
        # No proxy and no .netrc from the environment; OpenSSL's own context still honours SSL_CERT_FILE, which a
        # network with its own certificate authority needs.
        return httpx.AsyncClient(
            verify=ssl.create_default_context(),
            timeout=self._timeout_seconds,
            follow_redirects=False,
            trust_env=False,
            transport=self._transport,
            headers={"Accept": "application/jwk-set+json, application/json", "Accept-Encoding": "identity"},
        )
