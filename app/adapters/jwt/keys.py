"""Keys as JWK objects: what is strong enough to be loaded, and how new ones are made."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from jose import jwk as jose_jwk
from jose.backends.base import Key
from jose.exceptions import JOSEError

from app.adapters.jwt.refusal import TokenRefused
from app.adapters.jwt.strict import base64url, octets

Jwk = Mapping[str, Any]

MIN_RSA_BITS = 2048  # NIST SP 800-131A rev. 2, table 2
MAX_RSA_BITS = 8192  # a longer one makes each verification a way to exhaust us
MIN_RSA_EXPONENT = 65537
MAX_RSA_EXPONENT = 2**32
P256_COORDINATE_OCTETS = 32
MAX_KEYS = 50
MAX_KID_CHARACTERS = 128

_PRIVATE_MEMBERS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})


class Algorithm(StrEnum):
    """The asymmetric algorithms that we accept; jose has no RSASSA-PSS."""

    ES256 = "ES256"
    RS256 = "RS256"


_KIND: Mapping[Algorithm, Mapping[str, str | None]] = MappingProxyType(
    {Algorithm.ES256: {"kty": "EC", "crv": "P-256"}, Algorithm.RS256: {"kty": "RSA", "crv": None}}
)


class KeyRefused(ValueError):
    """A key or a key set cannot be used. The message names the fault, never the key's material."""


def verification_key(jwk: Jwk, *, algorithm: Algorithm) -> Key:
    """The public key that a JWK describes, ready to verify.

    Raises:
        KeyRefused: another type or curve, too weak, meant for something else, private, or not a point of the curve.
    """
    if not _is_meant_for(jwk, algorithm):
        raise KeyRefused(f"The key is not meant to verify {algorithm} signatures.")
    if not _PRIVATE_MEMBERS.isdisjoint(jwk):
        raise KeyRefused("The key carries private members.")
    require_strong = _require_p256 if algorithm is Algorithm.ES256 else _require_strong_rsa
    require_strong(jwk)
    return _built(jwk, algorithm)


def signing_key(jwk: Jwk) -> Key:
    """The ES256 private key that a JWK describes, ready to sign.

    Raises:
        KeyRefused: it is not a private P-256 key.
    """
    _require_p256(jwk)
    if len(_octets_of(jwk, "d")) != P256_COORDINATE_OCTETS:
        raise KeyRefused("The private member of a P-256 key has 32 octets.")
    return _built(jwk, Algorithm.ES256)  # which refuses members that are not of one key


def key_set(document: object, *, algorithm: Algorithm) -> dict[str, dict[str, Any]]:
    """The keys of a JWK set (RFC 7517) that can verify, by their id; those meant for other things are passed over.

    Raises:
        KeyRefused: it is no key set, names one id twice, publishes a private key, or has no key that can be used.
    """
    keys: dict[str, dict[str, Any]] = {}
    for jwk in _members_of(document):
        if not _is_meant_for(jwk, algorithm):
            continue
        if jwk["kid"] in keys:
            raise KeyRefused("The key set names one key id twice.")
        verification_key(jwk, algorithm=algorithm)
        keys[jwk["kid"]] = dict(jwk)
    if not keys:
        raise KeyRefused(f"The key set has no key for {algorithm}.")
    return keys


def new_signing_key() -> dict[str, Any]:
    """A fresh P-256 private key; its id is its thumbprint (RFC 7638)."""
    jwk = {**jose_jwk.ECKey(ec.generate_private_key(ec.SECP256R1()), Algorithm.ES256).to_dict(), "use": "sig"}
    canonical = json.dumps({name: jwk[name] for name in ("crv", "kty", "x", "y")}, separators=(",", ":"))
    return {**jwk, "kid": base64url(hashlib.sha256(canonical.encode()).digest())}


def public_part(jwk: Jwk) -> dict[str, Any]:
    """What of a P-256 key may be published."""
    return {name: jwk[name] for name in ("kty", "crv", "x", "y", "kid", "use", "alg") if name in jwk}


def is_kid(value: object) -> bool:
    """Say whether a value can be a key's id: a short printable text."""
    return isinstance(value, str) and 0 < len(value) <= MAX_KID_CHARACTERS and value.isascii() and value.isprintable()


def _members_of(document: object) -> Sequence[Jwk]:
    members = document.get("keys") if isinstance(document, Mapping) else None
    if not isinstance(members, list) or len(members) > MAX_KEYS:
        raise KeyRefused(f"A key set is an object with at most {MAX_KEYS} keys.")
    if not all(isinstance(member, Mapping) for member in members):
        raise KeyRefused("Each key of a key set is an object.")
    return members


def _is_meant_for(jwk: Jwk, algorithm: Algorithm) -> bool:
    operations = jwk.get("key_ops", ["verify"])
    return (
        all(jwk.get(member) == value for member, value in _KIND[algorithm].items())
        and is_kid(jwk.get("kid"))
        and jwk.get("alg", algorithm) == algorithm
        and jwk.get("use", "sig") == "sig"
        and isinstance(operations, list)
        and "verify" in operations
    )


def _require_p256(jwk: Jwk) -> None:
    if jwk.get("crv") != "P-256":
        raise KeyRefused("ES256 needs a key on the curve P-256.")
    if any(len(_octets_of(jwk, member)) != P256_COORDINATE_OCTETS for member in ("x", "y")):
        raise KeyRefused("A coordinate on P-256 has 32 octets.")


def _require_strong_rsa(jwk: Jwk) -> None:
    modulus, exponent = (int.from_bytes(_octets_of(jwk, member), "big") for member in ("n", "e"))
    if not MIN_RSA_BITS <= modulus.bit_length() <= MAX_RSA_BITS:
        raise KeyRefused(f"An RSA key has {MIN_RSA_BITS} to {MAX_RSA_BITS} bits.")
    if not (MIN_RSA_EXPONENT <= exponent < MAX_RSA_EXPONENT and exponent % 2):
        raise KeyRefused(f"An RSA exponent is odd and at least {MIN_RSA_EXPONENT}.")


def _octets_of(jwk: Jwk, member: str) -> bytes:
    value = jwk.get(member)
    try:
        return octets(value) if isinstance(value, str) else b""
    except TokenRefused:
        raise KeyRefused(f"The key's member {member} is not base64url.") from None


def _built(jwk: Jwk, algorithm: Algorithm) -> Key:
    try:
        return jose_jwk.construct(dict(jwk), algorithm.value)
    except (JOSEError, ValueError):
        raise KeyRefused("The key's numbers do not make a key.") from None
