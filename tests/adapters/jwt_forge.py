"""Makes tokens by hand, right ones and wrong ones, without the code under test and without jose."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from app.adapters.jwt import Algorithm, Profile, own_profile

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
NOW = int(AT.timestamp())
ISSUER, AUDIENCE = "https://yian.example", "https://yian.example/v1"
FOREIGN_ISSUER = "https://login.example"
SUBJECT, CLIENT = "01890000-0000-7000-8000-000000000001", "01890000-0000-7000-8000-000000000002"
KID, SECOND_KID, FOREIGN_KID = "2026-03", "2026-02", "rsa-1"

KEY, SECOND_KEY, STRANGER = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
P384 = ec.generate_private_key(ec.SECP384R1())


@cache
def rsa_key(bits: int = 2048, exponent: int = 65537) -> rsa.RSAPrivateKey:
    """An RSA key; made once for each size, because it takes long."""
    return rsa.generate_private_key(exponent, bits)


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def ec_jwk(key: ec.EllipticCurvePrivateKey, kid: str = KID, **other: object) -> dict[str, Any]:
    numbers, size = key.public_key().public_numbers(), (key.key_size + 7) // 8
    x, y = (b64(number.to_bytes(size, "big")) for number in (numbers.x, numbers.y))
    return {"kty": "EC", "crv": f"P-{key.key_size}", "x": x, "y": y, "kid": kid, **other}


def private_jwk(key: ec.EllipticCurvePrivateKey, kid: str = KID) -> dict[str, Any]:
    return ec_jwk(key, kid, d=b64(key.private_numbers().private_value.to_bytes(32, "big")))


def rsa_jwk(key: rsa.RSAPrivateKey, kid: str = FOREIGN_KID, **other: object) -> dict[str, Any]:
    numbers = key.public_key().public_numbers()
    n, e = (b64(number.to_bytes((number.bit_length() + 7) // 8, "big")) for number in (numbers.n, numbers.e))
    return {"kty": "RSA", "n": n, "e": e, "kid": kid, **other}


def own(**other: Any) -> Profile:
    keys = {KID: ec_jwk(KEY), SECOND_KID: ec_jwk(SECOND_KEY, SECOND_KID)}
    return own_profile(**{"issuer": ISSUER, "audience": AUDIENCE, "keys": keys, **other})


def foreign(**other: Any) -> Profile:
    """An identity provider as they are met: RS256, `typ: JWT`, many audiences, roles inside an object."""
    words: dict[str, Any] = {
        "issuer": FOREIGN_ISSUER,
        "audience": AUDIENCE,
        "algorithm": Algorithm.RS256,
        "keys": {FOREIGN_KID: rsa_jwk(rsa_key())},
        "max_lifetime_seconds": 3600,
        "token_types": frozenset({"JWT"}),
        "header_fields": frozenset({"alg", "kid", "typ", "x5t"}),
        "other_audiences": frozenset({"account"}),
        "client_claim": "azp",
        "role_claim": ("realm_access", "roles"),
    }
    return Profile(**{**words, **other})


def header(**other: Any) -> dict[str, Any]:
    return {"alg": "ES256", "kid": KID, "typ": "at+jwt", **other}


def claims(**other: Any) -> dict[str, Any]:
    return {
        "iss": ISSUER,
        "sub": SUBJECT,
        "aud": AUDIENCE,
        "exp": NOW + 600,
        "iat": NOW - 60,
        "jti": "0189-token",
        "client_id": CLIENT,
        "roles": ["county_officer"],
        "scope": "cases:read cases:write",
        **other,
    }


def foreign_claims(**other: Any) -> dict[str, Any]:
    words = {"iss": FOREIGN_ISSUER, "azp": "desk", "realm_access": {"roles": ["county_officer", "offline_access"]}}
    without = {name: value for name, value in claims().items() if name not in {"client_id", "roles"}}
    return {**without, **words, "sub": "staff|42", "aud": [AUDIENCE, "account"], "name": "ignored", **other}


def without(members: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in members.items() if name not in names}


def es256(message: bytes, key: ec.EllipticCurvePrivateKey = KEY, digest: hashes.HashAlgorithm | None = None) -> bytes:
    r, s = decode_dss_signature(key.sign(message, ec.ECDSA(digest or hashes.SHA256())))
    size = (key.key_size + 7) // 8
    return r.to_bytes(size, "big") + s.to_bytes(size, "big")


def der(message: bytes) -> bytes:
    return KEY.sign(message, ec.ECDSA(hashes.SHA256()))


def rs256(message: bytes) -> bytes:
    return rsa_key().sign(message, padding.PKCS1v15(), hashes.SHA256())


def hs256(secret: bytes, digest: str = "sha256") -> Any:
    return lambda message: hmac.new(secret, message, getattr(hashlib, digest)).digest()


def part(content: object) -> str:
    """One part of a token: bytes as they are, anything else as JSON."""
    return b64(content if isinstance(content, bytes) else json.dumps(content).encode())


def token(head: object = None, body: object = None, *, sign: Any = es256) -> str:
    """A compact JWS over whatever is given; what is not given is right."""
    message = f"{part(header() if head is None else head)}.{part(claims() if body is None else body)}"
    return f"{message}.{b64(sign(message.encode()))}"


def foreign_token(body: object = None, **head: Any) -> str:
    words = {"alg": "RS256", "kid": FOREIGN_KID, "typ": "JWT", **head}
    return token(words, foreign_claims() if body is None else body, sign=rs256)


def b64decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
