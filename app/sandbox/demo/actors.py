"""Everybody in the demonstration: each speaks HTTP with the own token, as a well-behaved client does."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx

TIMEOUT_SECONDS = 30
Show = Callable[["Said"], None]


class StepRefused(Exception):
    """The server answered what the story did not expect."""


@dataclass(frozen=True, slots=True)
class Said:
    """One step: who asked what, and what came back."""

    number: int
    chapter: str
    who: str
    what: str
    method: str
    path: str
    status: int
    asked: dict[str, Any] | None
    answer: dict[str, Any]


@dataclass(slots=True)
class Actors:
    """Everybody, over one connection; every exchange is shown."""

    http: httpx.Client
    show: Show
    opened: dict[str, Any] = field(default_factory=dict)
    chapter: str = ""
    steps: int = 0
    language: str = "en"

    def open(self) -> None:
        """Open a sandbox client of one's own, with a clock and an invented citizen."""
        answer = self.http.post("/v1/sandbox/clients")
        self.opened = answer.raise_for_status().json()

    @property
    def citizen(self) -> dict[str, Any]:
        """The invented citizen."""
        found: dict[str, Any] = self.opened["citizen"]
        return found

    def account(self, who: str) -> str:
        """The account behind a token."""
        found: str = self.opened["accounts"][who]
        return found

    def token_of(self, account: str) -> str:
        """Whose token an account is behind."""
        accounts: dict[str, str] = self.opened["accounts"]
        return next(who for who, key in accounts.items() if key == account)

    def get(self, who: str, what: str, path: str) -> dict[str, Any]:
        """Read something as somebody."""
        return self._say(who, what, self._request(who, "GET", path))

    def post(self, who: str, what: str, path: str, *, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Do something as somebody."""
        return self._say(who, what, self._request(who, "POST", path, body=body or {}), asked=body)

    def step(
        self, who: str, what: str, case: str, *, body: dict[str, Any] | None = None, version: int | None = None
    ) -> dict[str, Any]:
        """Move a case on at the version that was read, just now if none is given; `case` ends with the fact's noun."""
        etag = f'"{version}"' if version else self._request(who, "GET", case.rpartition("/")[0]).headers["etag"]
        answer = self._request(who, "POST", case, body=body or {}, headers={"If-Match": etag})
        return self._say(who, what, answer, asked=body)

    def form(self, what: str, path: str, fields: dict[str, str]) -> dict[str, Any]:
        """Send a form with the client's own credentials."""
        credentials = (self.opened["client_id"], self.opened["client_secret"])
        answer = self.http.post(path, data=fields, auth=credentials)
        return self._say("portal", what, answer)

    def let_pass(self, *, days: int) -> None:
        """Move this client's clock; nobody else's moves."""
        now = datetime.fromisoformat(self._request("portal", "GET", "/v1/sandbox/clock").json()["now"])
        to = (now + timedelta(days=days)).isoformat()
        self.post("portal", f"{days} days pass", "/v1/sandbox/clock/advance", body={"to": to})

    def today(self) -> str:
        """The day by this client's clock."""
        today: str = self._request("portal", "GET", "/v1/sandbox/clock").json()["today"]
        return today

    def _request(
        self,
        who: str,
        method: str,
        path: str,
        *,
        body: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        sent = {"Authorization": f"Bearer {self.opened['tokens'][who]}", "Accept-Language": self.language}
        if method == "POST":
            sent["Idempotency-Key"] = uuid4().hex
        return self.http.request(method, path, json=body, headers=sent | (headers or {}))

    def _say(
        self, who: str, what: str, answer: httpx.Response, *, asked: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        content: dict[str, Any] = answer.json()
        self.steps += 1
        path = answer.request.url.raw_path.decode()
        self.show(
            Said(self.steps, self.chapter, who, what, answer.request.method, path, answer.status_code, asked, content)
        )
        if answer.is_error:
            raise StepRefused(f"{what}: {answer.status_code} {content.get('code')} {content.get('detail', content)}")
        return content
