"""Only keys that are strong enough, public and meant for it are loaded; the last good set outlives a bad answer."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from joserfc.jwk import ECKey
from typing_extensions import override

from app.adapters.jwt import Algorithm, JwsSigner, KeyRefused, KeySetSource, key_set, new_signing_key, public_part
from tests.adapters import jwt_forge as forge

GOOD = forge.ec_jwk(forge.KEY)
AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def a_set(*keys: object) -> dict[str, object]:
    return {"keys": list(keys)}


def test_a_key_set_gives_its_keys_by_id() -> None:
    second = forge.ec_jwk(forge.SECOND_KEY, "second", use="sig", alg="ES256", key_ops=["verify"])

    assert key_set(a_set(GOOD, second), algorithm=Algorithm.ES256) == {forge.KID: GOOD, "second": second}


def test_keys_for_other_things_are_passed_over() -> None:
    others: list[dict[str, Any]] = [
        forge.rsa_jwk(forge.rsa_key()),
        forge.ec_jwk(forge.P384, "p384"),
        {**GOOD, "kid": "enc", "use": "enc"},
        {**GOOD, "kid": "other", "alg": "ES384"},
        {**GOOD, "kid": "ops", "key_ops": ["encrypt"]},
        {"kty": "OKP", "crv": "Ed25519", "kid": "okp", "x": "AA"},
        {"kty": "oct", "kid": "oct", "k": "AAAA"},
        {name: value for name, value in GOOD.items() if name != "kid"},
        {**GOOD, "kid": 7},
        {**GOOD, "kid": "x" * 129},
    ]

    assert set(key_set(a_set(*others, GOOD), algorithm=Algorithm.ES256)) == {forge.KID}


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {},
        {"keys": {}},
        {"keys": ["text"]},
        a_set(),
        a_set({"kty": "oct", "kid": "oct", "k": "AAAA"}),
        a_set(GOOD, GOOD),
        a_set(*[{**GOOD, "kid": str(number)} for number in range(51)]),
        a_set(forge.private_jwk(forge.KEY)),
        a_set({**GOOD, "x": GOOD["y"]}),
        a_set({**GOOD, "x": GOOD["x"] + "="}),
        a_set({**GOOD, "x": ""}),
        a_set({**GOOD, "x": 1}),
        a_set({**GOOD, "y": forge.b64(b"\x00" + forge.b64decoded(GOOD["y"]))}),
        a_set({name: value for name, value in GOOD.items() if name != "y"}),
    ],
)
def test_a_key_set_that_cannot_be_right_is_refused(document: object) -> None:
    with pytest.raises(KeyRefused):
        key_set(document, algorithm=Algorithm.ES256)


@pytest.mark.parametrize(
    "key",
    [
        forge.rsa_jwk(forge.rsa_key(1024)),
        forge.rsa_jwk(forge.rsa_key(2048, 3)),
        {**forge.rsa_jwk(forge.rsa_key()), "e": "AQAA"},
        {**forge.rsa_jwk(forge.rsa_key()), "d": "AQAB"},
        {**forge.rsa_jwk(forge.rsa_key()), "n": forge.b64(b"\xff" * 1025)},
        {**forge.rsa_jwk(forge.rsa_key()), "n": None},
    ],
    ids=["1024 bits", "exponent 3", "even exponent", "private", "8200 bits", "no modulus"],
)
def test_a_weak_rsa_key_is_refused(key: dict[str, object]) -> None:
    with pytest.raises(KeyRefused):
        key_set(a_set(key), algorithm=Algorithm.RS256)


def test_an_rsa_key_of_2048_bits_is_strong_enough() -> None:
    assert set(key_set(a_set(forge.rsa_jwk(forge.rsa_key())), algorithm=Algorithm.RS256)) == {forge.FOREIGN_KID}


def test_a_refused_key_is_never_quoted() -> None:
    with pytest.raises(KeyRefused) as refusal:
        key_set(a_set({**GOOD, "x": GOOD["y"]}), algorithm=Algorithm.ES256)

    assert GOOD["y"] not in str(refusal.value)


def test_a_new_key_is_named_after_its_thumbprint_and_no_two_are_alike() -> None:
    first, second = new_signing_key(), new_signing_key()

    assert first["kid"] == ECKey.import_key(public_part(first)).thumbprint()
    assert first["kid"] != second["kid"]


def test_the_public_part_has_nothing_private() -> None:
    assert set(public_part(new_signing_key())) == {"kty", "crv", "x", "y", "kid", "use", "alg"}


@pytest.mark.parametrize(
    "key",
    [
        GOOD,
        {**forge.private_jwk(forge.KEY), "d": forge.private_jwk(forge.STRANGER)["d"]},
        {**forge.private_jwk(forge.KEY), "d": "AA"},
        {**forge.private_jwk(forge.KEY), "kid": ""},
        {**forge.private_jwk(forge.KEY), "crv": "secp256k1"},
    ],
    ids=["public", "of two keys", "short", "nameless", "other curve"],
)
def test_a_signing_key_is_a_whole_p256_key_with_a_name(key: dict[str, object]) -> None:
    with pytest.raises(KeyRefused):
        JwsSigner(key)


class Octets(httpx.AsyncByteStream):
    """The body of an answer, as it comes over the wire; `endless` repeats it, `silent` sends nothing and waits."""

    def __init__(self, content: bytes, *, endless: bool = False, silent: bool = False) -> None:
        self.content, self.endless, self.silent = content, endless, silent

    @override
    async def __aiter__(self) -> AsyncIterator[bytes]:
        if self.silent:
            await asyncio.Event().wait()
        yield self.content
        while self.endless:
            yield self.content


def answer(content: object, status: int = 200, *, headers: dict[str, str] | None = None) -> httpx.Response:
    octets = content if isinstance(content, bytes) else json.dumps(content).encode()
    return httpx.Response(status, stream=Octets(octets), headers=headers)


class Issuer(httpx.AsyncBaseTransport):
    """Stands for the issuer's server: gives its answers one after another, or fails as told."""

    def __init__(self, answers: tuple[httpx.Response | Exception, ...]) -> None:
        self.answers = iter(answers)

    @override
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        given = next(self.answers)
        if isinstance(given, Exception):
            raise given
        return given


def a_source(*answers: httpx.Response | Exception, timeout_seconds: float = 5) -> KeySetSource:
    url, transport = "https://login.example/jwks", Issuer(answers)
    return KeySetSource(url, algorithm=Algorithm.ES256, transport=transport, timeout_seconds=timeout_seconds)


def test_a_fetched_set_is_in_force() -> None:
    source = a_source(answer(a_set(GOOD)))

    keys = asyncio.run(source.refresh(at=AT))

    assert (keys, source.keys, source.fetched_at, source.failure) == ({forge.KID: GOOD}, keys, AT, None)


@pytest.mark.parametrize(
    ("second", "failure"),
    [
        (httpx.ConnectError("refused"), "ConnectError"),
        (answer(a_set(GOOD), 302, headers={"Location": "https://evil.example"}), "The issuer answered 302."),
        (answer(a_set(GOOD), 503), "The issuer answered 503."),
        (answer(b"<html>"), "JSONDecodeError"),
        (answer(b"\xff"), "UnicodeDecodeError"),
        (answer(b"[" * 60_000), "RecursionError"),
        (answer(gzip.compress(b"[]"), headers={"Content-Encoding": "gzip"}), "UnicodeDecodeError"),
        (answer(a_set()), "The key set has no key for ES256."),
        (answer(b" " * 65537), "The key set is larger than 65536 bytes."),
        (httpx.Response(200, stream=Octets(b" " * 4096, endless=True)), "The key set is larger than 65536 bytes."),
        (httpx.Response(200, stream=Octets(b"", silent=True)), "TimeoutError"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_last_good_set_stays_in_force_when_a_fetch_fails(
    second: httpx.Response | httpx.ConnectError, failure: str
) -> None:
    source = a_source(answer(a_set(GOOD)), second, timeout_seconds=0.2)

    async def twice() -> None:
        await source.refresh(at=AT)
        await source.refresh(at=AT + timedelta(hours=1))

    asyncio.run(twice())

    assert (source.keys, source.fetched_at, source.failure) == ({forge.KID: GOOD}, AT, failure)


def test_before_any_good_answer_there_are_no_keys() -> None:
    source = a_source(httpx.ConnectError("refused"))

    assert asyncio.run(source.refresh(at=AT)) == {}


def test_a_key_set_is_fetched_over_https_only() -> None:
    with pytest.raises(ValueError, match="HTTPS"):
        KeySetSource("http://login.example/jwks", algorithm=Algorithm.ES256)


def test_a_key_set_survives_its_own_json() -> None:
    key = ec.generate_private_key(ec.SECP256R1())

    assert key_set(json.loads(json.dumps(a_set(forge.ec_jwk(key)))), algorithm=Algorithm.ES256)
