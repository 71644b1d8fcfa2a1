"""Tokens that must never be believed, by kind, each with the rule that it breaks first."""

import json
from collections.abc import Iterator
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.adapters.jwt import Reason
from tests.adapters import jwt_forge as forge
from tests.adapters.jwt_corpus_claims import claim_kinds
from tests.adapters.jwt_corpus_texts import VALID, text_kinds
from tests.adapters.jwt_forge import (
    FOREIGN_KID,
    KEY,
    P384,
    STRANGER,
    b64,
    claims,
    es256,
    header,
    hs256,
    token,
    without,
)

Kinds = dict[str, str]

__all__ = ["FORGED", "VALID"]

_PEM = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
_DER = KEY.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
_POINT = KEY.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _by_stranger(message: bytes) -> bytes:
    return es256(message, STRANGER)


def _unsigned(_message: bytes) -> bytes:
    return b""


def _raw(members: dict[str, Any], *, name: str, value: str) -> bytes:
    """JSON text with one member written literally, which no JSON writer would write."""
    return (json.dumps(without(members, name))[:-1] + f', "{name}": {value}}}').encode()


def _algorithms() -> Iterator[tuple[Reason, Kinds]]:
    yield (
        Reason.ALGORITHM,
        {
            f"alg {name!r} with the right signature": token(header(alg=name))
            for name in (
                "none",
                "None",
                "NONE",
                "nOnE",
                "es256",
                " ES256",
                "ES256K",
                "EdDSA",
                "RS256",
                "PS256",
                "HS256",
                "x",
            )
        },
    )
    secrets = {
        "PEM": _PEM,
        "DER": _DER,
        "point": _POINT,
        "JWK": json.dumps(forge.ec_jwk(KEY)).encode(),
        "empty": b"",
        "kid": b"2026-03",
    }
    yield (
        Reason.ALGORITHM,
        {
            f"HS256 keyed with the public key as {name}": token(header(alg="HS256"), sign=hs256(secret))
            for name, secret in secrets.items()
        },
    )
    yield (
        Reason.ALGORITHM,
        {
            "HS512 keyed with the public key": token(header(alg="HS512"), sign=hs256(_PEM, "sha512")),
            "ES384 over our curve": token(header(alg="ES384"), sign=lambda m: es256(m, KEY, hashes.SHA384())),
            "ES384 by a P-384 key": token(header(alg="ES384"), sign=lambda m: es256(m, P384, hashes.SHA384())),
            "RS256 by the foreign issuer's key": token(header(alg="RS256"), sign=forge.rs256),
        },
    )
    yield (
        Reason.NOT_BASE64URL,
        {
            f"alg {name} without a signature": token(header(alg=name), sign=_unsigned)
            for name in ("none", "None", "ES256")
        },
    )
    yield Reason.NOT_THREE_PARTS, {"alg none without the last dot": token(header(alg="none"), sign=_unsigned)[:-1]}


def _key_ids() -> Iterator[tuple[Reason, Kinds]]:
    tricks = [
        "unknown",
        "../../../../dev/null",
        "' OR '1'='1",
        "https://evil.example/key",
        FOREIGN_KID,
        "0",
        "2026-03 ",
        "2026-03\x00",
    ]
    yield Reason.KEY, {f"kid {kid!r}": token(header(kid=kid)) for kid in tricks}
    yield (
        Reason.ALGORITHM,
        {
            "kid of an empty file and HS256": token(header(alg="HS256", kid="/dev/null"), sign=hs256(b"")),
        },
    )
    yield (
        Reason.SIGNATURE,
        {
            "kid of our other key": token(header(kid=forge.SECOND_KID)),
            "a stranger's key under our kid": token(sign=_by_stranger),
            "a P-384 signature": token(sign=lambda m: es256(m, P384)),
        },
    )


def _header_fields() -> Iterator[tuple[Reason, Kinds]]:
    stranger = forge.ec_jwk(STRANGER)
    extras = {
        "jku": "https://evil.example/jwks.json",
        "x5u": "https://evil.example/chain.pem",
        "x5t": b64(b"\x01" * 20),
        "cty": "JWT",
        "zip": "DEF",
        "nonce": "1",
        "jwk": stranger,
        "x5c": ["MIIB"],
        "crit": ["exp"],
        "b64": False,
        "p2c": 2_000_000_000,
    }
    yield Reason.HEADER_FIELDS, {f"header with {name}": token(header(**{name: extras[name]})) for name in extras}
    yield (
        Reason.HEADER_FIELDS,
        {
            "jwk of the forger, who also signed": token(header(jwk=stranger), sign=_by_stranger),
            "jwk as a text": token(header(jwk=json.dumps(stranger)), sign=_by_stranger),
            "empty crit": token(header(crit=[])),
            "crit naming an extension of its own": token(header(crit=["urn:x"], **{"urn:x": "1"})),
            "b64 false named in crit": token(header(b64=False, crit=["b64"])),
            "empty header": token({}),
            "a very long header value": token(header(kid="k" * 201)),
        },
    )
    odd: tuple[object, ...] = (None, 1, True, [], ["ES256"], {}, "")
    yield Reason.HEADER_FIELDS, {f"header without {name}": token(without(header(), name)) for name in ("alg", "kid")}
    yield (
        Reason.HEADER_FIELDS,
        {
            f"header {name} as {value!r}": token(header(**{name: value}))
            for name in ("alg", "kid", "typ")
            for value in odd
        },
    )
    yield (
        Reason.TYPE,
        {
            f"typ {name!r}": token(header(typ=name))
            for name in (
                "JWT",
                "AT+JWT",
                "application/at+jwt",
                "at+jwt ",
                "at+jwt\x00",
                "dc+sd-jwt",
                "JOSE",
                "id_token",
            )
        },
    )
    yield Reason.TYPE, {"header without typ": token(without(header(), "typ"))}


def _shapes() -> Iterator[tuple[Reason, Kinds]]:
    deep = b"[" * 1500 + b"]" * 1500
    wrong: dict[str, bytes] = {
        "an array": b"[]",
        "a text": b'"at+jwt"',
        "null": b"null",
        "a number": b"1",
        "no JSON": b"alg=ES256",
        "cut short": b'{"alg":"ES256"',
        "followed by more": json.dumps(header()).encode() + b"{}",
        "after a byte order mark": b"\xef\xbb\xbf" + json.dumps(header()).encode(),
        "in UTF-16": json.dumps(header()).encode("utf-16"),
        "not UTF-8": b'{"alg":"\xff"}',
        "only white space": b" ",
        "with a bare control character": b'{"alg":"ES\x00256"}',
        "nested 1500 deep": b'{"alg":' + deep + b"}",
        "nested 600 deep, unclosed": b'{"a":' * 600,
        "nested nine deep": b'{"alg":' + b"[" * 8 + b"]" * 8 + b"}",
        "with NaN": b'{"alg":NaN}',
        "with Infinity": b'{"alg":-Infinity}',
        "with a number of 5000 digits": b'{"alg":' + b"9" * 5000 + b"}",
        "with single quotes": b"{'alg':'ES256'}",
        "with a comment": b'{"alg":"ES256"/**/}',
    }
    yield Reason.NOT_STRICT_JSON, {f"header {kind}": token(content) for kind, content in wrong.items()}
    yield Reason.NOT_STRICT_JSON, {f"claims {kind}": token(body=content) for kind, content in wrong.items()}
    yield (
        Reason.NOT_STRICT_JSON,
        {f"{name} twice": token(body=_twice(claims(), name)) for name in ("sub", "exp", "aud", "iss", "roles")},
    )
    yield (
        Reason.NOT_STRICT_JSON,
        {f"header {name} twice": token(_twice(header(), name)) for name in ("alg", "kid", "typ")},
    )
    yield (
        Reason.NOT_STRICT_JSON,
        {
            f"exp as {value}": token(body=_raw(claims(), name="exp", value=value))
            for value in ("NaN", "Infinity", "9" * 5000, "0x7fffffff", "01", "")
        },
    )


def _twice(members: dict[str, Any], name: str) -> bytes:
    return (json.dumps(members)[:-1] + f', "{name}": {json.dumps(members[name])}}}').encode()


def _all() -> Iterator[tuple[Reason, Kinds]]:
    yield from _algorithms()
    yield from _key_ids()
    yield from _header_fields()
    yield from _shapes()
    yield from claim_kinds()
    yield from text_kinds()


FORGED: dict[str, tuple[str, Reason]] = {
    kind: (forged, reason) for reason, kinds in _all() for kind, forged in kinds.items()
}
