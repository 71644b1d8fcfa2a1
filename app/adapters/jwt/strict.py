"""Takes a compact JWS apart without believing any of it: size, alphabet, JSON, in this order.

Refusals are raised outside `except` blocks, so that no error which holds the token's text hangs on them as a context.
"""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from app.adapters.jwt.refusal import Reason, TokenRefused

MAX_TOKEN_CHARACTERS = 8 * 1024
MAX_HEADER_VALUE_CHARACTERS = 200
MAX_DEPTH = 8

_ALPHABET = re.compile(r"[A-Za-z0-9_-]+")
_JSON_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_BRACKET = re.compile(r"[\[\]{}]")


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A token's header and claims as its sender wrote them: nothing is verified yet."""

    header: Mapping[str, str]
    claims: Mapping[str, Any]


def unpack(token: str) -> Unpacked:
    """Read header and claims of a compact JWS.

    Raises:
        TokenRefused: it is too large, not three parts of canonical base64url, or not strict JSON objects.
    """
    if len(token) > MAX_TOKEN_CHARACTERS:
        raise TokenRefused(Reason.TOO_LARGE)
    parts = token.split(".")
    if len(parts) != 3:  # noqa: PLR2004 - header, claims, signature; five would be a JWE
        raise TokenRefused(Reason.NOT_THREE_PARTS)
    header, claims, _signature = map(octets, parts)
    return Unpacked(_header_of(header), strict_object(claims))


def octets(text: str) -> bytes:
    """Decode canonical base64url without padding: exactly one text for each value.

    Raises:
        TokenRefused: another alphabet, padding, white space, an impossible length, or spare bits that are not zero.
    """
    raw = b""
    if _ALPHABET.fullmatch(text) and len(text) % 4 != 1:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if not raw or base64url(raw) != text:
        raise TokenRefused(Reason.NOT_BASE64URL)
    return raw


def base64url(raw: bytes) -> str:
    """Encode as base64url without padding (RFC 7515, appendix C)."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def strict_object(raw: bytes) -> dict[str, Any]:
    """Parse a JSON object: UTF-8, each name once, no NaN, no deep nesting.

    Raises:
        TokenRefused: it is anything else.
    """
    try:
        value = _parsed(raw.decode("utf-8"))
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise TokenRefused(Reason.NOT_STRICT_JSON)
    return value


def _parsed(text: str) -> Any:
    # Depth is counted before the parse: the parser recurses, and a few kilobytes of brackets exhaust its stack.
    if _depth_of(text) > MAX_DEPTH:
        raise ValueError("Nested too deeply.")
    return json.loads(text, object_pairs_hook=_each_name_once, parse_constant=_no_constant)


def _depth_of(text: str) -> int:
    depth = deepest = 0
    for bracket in _BRACKET.findall(_JSON_STRING.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("A name stands twice.")
    return members


def _no_constant(_constant: str) -> NoReturn:
    raise ValueError("NaN and Infinity are not JSON.")


def _header_of(raw: bytes) -> Mapping[str, str]:
    header = strict_object(raw)
    if not all(isinstance(value, str) and 0 < len(value) <= MAX_HEADER_VALUE_CHARACTERS for value in header.values()):
        raise TokenRefused(Reason.HEADER_FIELDS)
    return header
