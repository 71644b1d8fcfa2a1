"""An application, asked over ASGI: no server, no port."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import anyio
import httpx
from starlette.types import ASGIApp

BASE = "https://yian.example"


@dataclass(frozen=True, slots=True)
class Client:
    """Sends one request at a time, each in an event loop of its own."""

    app: ASGIApp

    def request(self, method: str, path: str, **sent: Any) -> httpx.Response:
        return anyio.run(partial(self._request, method, path, **sent))

    def get(self, path: str, **sent: Any) -> httpx.Response:
        return self.request("GET", path, **sent)

    def post(self, path: str, **sent: Any) -> httpx.Response:
        return self.request("POST", path, **sent)

    def delete(self, path: str, **sent: Any) -> httpx.Response:
        return self.request("DELETE", path, **sent)

    async def _request(self, method: str, path: str, **sent: Any) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            return await client.request(method, path, **sent)
