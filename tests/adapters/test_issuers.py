"""Other issuers: read strictly from the file, their keys fetched from a real server and followed as they change."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import asyncpg
import httpx
import pytest

from app.adapters.issuers import KEPT, FreshKeys, IssuersRefused, TrustedIssuer, trusted_issuers
from app.adapters.jwt import PlainHttp, TokenSigner, new_signing_key, public_part
from app.adapters.jwt.fetch import is_loopback
from app.adapters.tokens import JwtTokens
from app.domain.shared.access import Role
from app.main import create_app
from app.services.ports.caller import CallerUnknown
from tests.acting import World

pytestmark = pytest.mark.anyio

ISSUER, AUDIENCE = "https://login.example", "https://yian.example"
AT = datetime(2026, 12, 1, 8, tzinfo=UTC)
SOON = 0.05
ENTRY: dict[str, Any] = {"issuer": ISSUER, "audience": AUDIENCE, "algorithm": "ES256"}


@dataclass
class Publisher:
    """A server on loopback that publishes a key set, as long as it is willing."""

    keys: list[Mapping[str, Any]]
    status: str = "200 OK"
    asked: int = 0
    asked_again: asyncio.Event = field(default_factory=asyncio.Event)
    port: int = 0
    headers: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/jwks"

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:  # the test is over, and nobody asks any more
            writer.close()
            return
        self.asked += 1
        if self.asked > 1:
            self.asked_again.set()
        body = json.dumps({"keys": [public_part(key) for key in self.keys]}).encode()
        head = [f"HTTP/1.1 {self.status}", f"Content-Length: {len(body)}", "Connection: close", *self.headers]
        writer.write("\r\n".join([*head, "", ""]).encode() + body)
        await writer.drain()
        writer.close()


@asynccontextmanager
async def publishing(*keys: Mapping[str, Any]) -> AsyncIterator[Publisher]:
    publisher = Publisher(list(keys))
    server = await asyncio.start_server(publisher.answer, "127.0.0.1", 0)
    publisher.port = server.sockets[0].getsockname()[1]
    async with server:
        yield publisher


def read(**changes: Any) -> tuple[TrustedIssuer, ...]:
    return trusted_issuers([ENTRY | changes], plain_http=PlainHttp.ON_LOOPBACK)


def tokens_of(*issuers: TrustedIssuer) -> JwtTokens:
    return JwtTokens(
        issuer="https://yian.example",
        signing_key=new_signing_key(),
        trusted=[issuer.profile for issuer in issuers],
        own_lifetime_seconds=900,
    )


def a_token(key: Mapping[str, Any], *, at: datetime = AT, audience: str = AUDIENCE, role: Role = Role.AUDITOR) -> str:
    signer = TokenSigner(ISSUER, audience, key)
    scopes = ["persons.read"]
    return signer.mint(
        subject="somebody", client_id="a-portal", roles=[role], scopes=scopes, token_id="t", at=at, lifetime_seconds=600
    )


@dataclass
class Clock:
    now: datetime = AT

    def __call__(self) -> datetime:
        return self.now


async def test_the_keys_that_an_issuer_publishes_are_in_force() -> None:
    key = new_signing_key()
    async with publishing(key) as publisher:
        issuers = read(jwks_url=publisher.url)
        tokens = tokens_of(*issuers)
        with pytest.raises(CallerUnknown):
            tokens.claims_of(a_token(key), at=AT)

        await FreshKeys(issuers, replace=tokens.replace_keys, real_time=Clock()).fetch()

    assert tokens.claims_of(a_token(key), at=AT).subject == uuid5(NAMESPACE_URL, f"{ISSUER}#somebody")


async def test_a_token_with_a_new_key_lets_it_be_fetched_and_a_withdrawn_key_counts_no_more() -> None:
    old, new = new_signing_key(), new_signing_key()
    async with publishing(old) as publisher:
        issuers = read(jwks_url=publisher.url)
        tokens = tokens_of(*issuers)
        keys = FreshKeys(issuers, replace=tokens.replace_keys, real_time=Clock(), again_seconds=SOON)
        tokens.on_unknown_key = keys.want
        await keys.fetch()
        keeping = asyncio.create_task(keys.keep())
        publisher.keys = [new]
        with pytest.raises(CallerUnknown):
            tokens.claims_of(a_token(new), at=AT)

        async with asyncio.timeout(5):
            await publisher.asked_again.wait()
        await asyncio.sleep(SOON)
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)

    assert tokens.claims_of(a_token(new), at=AT).roles == {Role.AUDITOR}
    with pytest.raises(CallerUnknown):
        tokens.claims_of(a_token(old), at=AT)


async def test_nobody_makes_us_fetch_without_end() -> None:
    async with publishing(new_signing_key()) as publisher:
        issuers = read(jwks_url=publisher.url)
        tokens = tokens_of(*issuers)
        keys = FreshKeys(issuers, replace=tokens.replace_keys, real_time=Clock(), again_seconds=0.2)
        tokens.on_unknown_key = keys.want
        keeping, began = asyncio.create_task(keys.keep()), time.monotonic()
        for _ in range(100):
            with pytest.raises(CallerUnknown):
                tokens.claims_of(a_token(new_signing_key()), at=AT)
            await asyncio.sleep(0.005)
        turns = (time.monotonic() - began) / 0.2
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)

    assert 1 <= publisher.asked <= turns + 2


@pytest.mark.parametrize(
    ("status", "headers"), [("503 Unavailable", []), ("302 Found", ["Location: http://127.0.0.1:1/other"])]
)
async def test_the_last_good_set_stays_in_force_for_a_day_and_no_longer(status: str, headers: list[str]) -> None:
    key, clock = new_signing_key(), Clock()
    async with publishing(key) as publisher:
        issuers = read(jwks_url=publisher.url)
        tokens = tokens_of(*issuers)
        keys = FreshKeys(issuers, replace=tokens.replace_keys, real_time=clock)
        await keys.fetch()
        publisher.status, publisher.headers = status, headers

        clock.now = AT + KEPT
        await keys.fetch()
        still = tokens.claims_of(a_token(key, at=clock.now), at=clock.now)
        clock.now += timedelta(seconds=1)
        await keys.fetch()

    assert still.roles == {Role.AUDITOR}
    with pytest.raises(CallerUnknown):
        tokens.claims_of(a_token(key, at=clock.now), at=clock.now)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({}, "JSON list"),
        ([1], "JSON list"),
        ([{"issuer": ISSUER, "algorithm": "ES256", "jwks_url": "https://login.example/jwks"}], "lacks audience"),
        ([ENTRY], "either jwks"),
        ([ENTRY | {"jwks": {"keys": []}, "jwks_url": "https://login.example/jwks"}], "either jwks"),
        ([ENTRY | {"jwks_url": "https://login.example/jwks", "leeway": 9}], "not known here: leeway"),
        ([ENTRY | {"jwks_url": "https://login.example/jwks"}] * 2, "twice"),
    ],
)
async def test_a_file_that_says_something_else_is_refused_at_the_start(written: object, said: str) -> None:
    with pytest.raises(IssuersRefused, match=said):
        trusted_issuers(written)


@pytest.mark.parametrize(
    "url",
    [
        *("http://login.example/jwks", "http://localhost/jwks", "http://127.0.0.1.evil.example/jwks"),
        *("http://10.0.0.1/jwks", "file:///etc/passwd", "ftp://127.0.0.1/jwks"),
    ],
)
async def test_a_key_set_is_fetched_without_tls_from_this_machine_alone(url: str) -> None:
    with pytest.raises(ValueError, match="HTTPS"):
        read(jwks_url=url)


async def test_outside_of_a_sandbox_a_key_set_is_never_fetched_without_tls() -> None:
    with pytest.raises(ValueError, match="HTTPS"):
        trusted_issuers([ENTRY | {"jwks_url": "http://127.0.0.1/jwks"}])


async def test_loopback_is_an_address_and_no_name() -> None:
    urls = ("http://127.0.0.1:1/", "http://[::1]/", "http://localhost/", "http://127.0.0.1@evil.example/", "http:///")

    assert [is_loopback(url) for url in urls] == [True, True, False, False, False]


@pytest.mark.database
async def test_an_officer_of_another_issuer_is_served_while_its_keys_are_published(
    installed: Any, world: World, *, superuser: asyncpg.Connection, tmp_path: Path
) -> None:
    key, file = new_signing_key(), tmp_path / "issuers.json"
    account, client = (uuid5(NAMESPACE_URL, f"{ISSUER}#{name}") for name in ("somebody", "a-portal"))
    await superuser.execute(
        "INSERT INTO account (id, kind, name) VALUES ($1, 'auditor', 'x'), ($2, 'portal', 'x')", account, client
    )
    await superuser.execute(
        "INSERT INTO membership SELECT gen_random_uuid(), $1, organisation_id, role, region_path, valid_from, valid_to "
        "FROM membership WHERE role = 'auditor' LIMIT 1",
        account,
    )
    await superuser.execute("INSERT INTO client (id, account_id, name, scopes) VALUES ($1, $1, 'x', '{}')", client)
    async with publishing(key) as publisher:
        file.write_text(json.dumps([ENTRY | {"jwks_url": publisher.url}]), "utf-8")
        app = create_app(installed.settings.model_copy(update={"trusted_issuers_file": file}))
        async with app.router.lifespan_context(app):
            transport = httpx.ASGITransport(app=app)
            async with httpx.AsyncClient(transport=transport, base_url="http://yian.test") as api:
                headers = {"Authorization": f"Bearer {a_token(key, at=datetime.now(UTC))}"}
                served = await api.get(f"/v1/persons/{world.citizen['person_id']}", headers=headers)
                stranger = {"Authorization": f"Bearer {a_token(new_signing_key(), at=datetime.now(UTC))}"}
                refused = await api.get(f"/v1/persons/{world.citizen['person_id']}", headers=stranger)

    assert (served.status_code, refused.status_code) == (200, 401)
