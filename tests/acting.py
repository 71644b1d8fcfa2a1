"""People at work in tests: each call is made as somebody, with the headers that a well-behaved client sends."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx


@dataclass
class World:
    """A sandbox client and everybody in it."""

    api: httpx.AsyncClient
    opened: dict[str, Any]
    versions: dict[str, str] = field(default_factory=dict)

    @property
    def citizen(self) -> dict[str, Any]:
        citizen: dict[str, Any] = self.opened["citizen"]
        return citizen

    def account(self, name: str) -> str:
        return str(self.opened["accounts"][name])

    async def call(
        self, who: str, method: str, path: str, *, key: str | None = None, version: str | None = None, **more: Any
    ) -> httpx.Response:
        """Any request as somebody; a POST gets a new key unless one is given."""
        headers = {"Authorization": f"Bearer {self.opened['tokens'][who]}", **more.pop("headers", {})}
        if method == "POST":
            headers["Idempotency-Key"] = key or uuid4().hex
        if version is not None:
            headers["If-Match"] = version
        return await self.api.request(method, path, headers=headers, **more)

    async def get(self, who: str, path: str, **parameters: Any) -> dict[str, Any]:
        """What somebody reads, which must be there."""
        answer = await self.call(who, "GET", path, params=parameters or None)
        assert answer.status_code == 200, answer.text
        read: dict[str, Any] = answer.json()
        return read

    async def post(self, who: str, path: str, body: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
        """What somebody does, which must be allowed."""
        answer = await self.call(who, "POST", path, json=body if body is not None else {}, **more)
        assert answer.status_code in {200, 201}, answer.text
        read: dict[str, Any] = answer.json()
        return read

    async def step(  # noqa: PLR0917 - it reads as a sentence: who, which case, what, how
        self, who: str, case: str, fact: str, body: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """A transition of a case at its present version: `case` is its path, `fact` the noun that is posted to it."""
        answer = await self.try_step(who, case, fact, body)
        assert answer.status_code in {200, 201}, answer.text
        read: dict[str, Any] = answer.json()
        return read

    async def try_step(  # noqa: PLR0917 - the same
        self, who: str, case: str, fact: str, body: dict[str, Any] | None = None
    ) -> httpx.Response:
        """The same, whatever comes of it."""
        reader = await self.call(who, "GET", case)
        version = reader.headers.get("etag", '"1"')
        return await self.call(who, "POST", f"{case}/{fact}", json=body if body is not None else {}, version=version)

    async def advance(self, *, days: int) -> None:
        """Let days pass for this client."""
        shown = await self.get("portal", "/v1/sandbox/clock")
        to = datetime.fromisoformat(shown["now"]) + timedelta(days=days)
        await self.post("portal", "/v1/sandbox/clock/advance", {"to": to.isoformat()})


async def open_world(api: httpx.AsyncClient) -> World:
    """A sandbox client of one's own."""
    answer = await api.post("/v1/sandbox/clients")
    assert answer.status_code == 201, answer.text
    return World(api, answer.json())
