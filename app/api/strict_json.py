"""One strict reading of JSON (RFC 8259 within I-JSON, RFC 7493): what two parsers could read differently is refused.

Refused are: another encoding than UTF-8, a byte order mark, a key that comes twice, NaN and Infinity, integers that a
double cannot hold exactly, lone surrogates, NUL, and nesting deeper than 32.
"""

import json
import re
from collections.abc import Iterable
from math import isfinite
from typing import Any, NoReturn

from app.api.problems import UnreadableBody

MAX_DEPTH = 32
MAX_INTEGER = 2**53 - 1
MAX_NUMBER_LENGTH = 40
_MARK = b"\xef\xbb\xbf"
_NO_BRACKETS = bytes(set(range(256)) - set(b"{}[]"))
_SUSPECT = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
_NOT_TEXT = re.compile("[\0\ud800-\udfff]")


def parse(body: bytes) -> Any:  # noqa: ANN401 - JSON is anything
    """The value that a body holds.

    >>> parse(b'{"grade": 1}')
    {'grade': 1}

    Raises:
        UnreadableBody: it is not JSON, or JSON that two readers would read differently.
    """
    if body.startswith(_MARK):
        raise UnreadableBody("Send the body without a byte order mark.")
    try:
        value = _DECODER.decode(body.decode())
    except UnicodeDecodeError:
        raise UnreadableBody("Send the body in UTF-8.") from None
    except json.JSONDecodeError as failure:
        place = f"line {failure.lineno}, column {failure.colno}"
        raise UnreadableBody(f"The body is not valid JSON from {place}. Mend it and send it again.") from None
    except RecursionError:
        raise _too_deep() from None
    if body.count(b"{") + body.count(b"[") > MAX_DEPTH and not _is_plainly_flat(body):
        _require_flat(value)
    if _SUSPECT.search(body):  # only an escape can bring what a parser lets through
        _require_text(value)
    return value


def _is_plainly_flat(body: bytes) -> bool:
    """Say whether the brackets alone show that it is not too deep: the innermost pairs are taken away, level by level.

    Brackets within texts may hide that; then the value itself is looked at, which takes longer.

    >>> _is_plainly_flat(b'[{"a": [1, {}]}]'), _is_plainly_flat(b'["}"]')
    (True, False)
    """
    left = body.translate(None, _NO_BRACKETS)
    for _ in range(MAX_DEPTH):
        if not left:
            return True
        left = left.replace(b"{}", b"").replace(b"[]", b"")
    return not left


def _require_flat(value: object) -> None:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [child for parent in level for child in _children_of(parent) if isinstance(child, dict | list)]
    if level:
        raise _too_deep()


def _require_text(value: object) -> None:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            if _NOT_TEXT.search(one):
                raise UnreadableBody("Send text without NUL and without half surrogate pairs.")
        else:
            waiting.extend(_children_of(one))
            if isinstance(one, dict):
                waiting.extend(one)


def _children_of(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _too_deep() -> UnreadableBody:
    return UnreadableBody(f"Nest objects and lists at most {MAX_DEPTH} deep.")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise UnreadableBody("A key stands twice in an object. Keep one of the two.")
    return value


def _integer(digits: str) -> int:
    if len(digits) <= MAX_NUMBER_LENGTH and -MAX_INTEGER <= (number := int(digits)) <= MAX_INTEGER:
        return number
    raise UnreadableBody(f"Send whole numbers between -{MAX_INTEGER} and {MAX_INTEGER}.")


def _float(digits: str) -> float:
    if len(digits) <= MAX_NUMBER_LENGTH and isfinite(number := float(digits)):
        return number
    raise UnreadableBody(f"Send numbers of at most {MAX_NUMBER_LENGTH} characters that a double can hold.")


def _refuse_constant(name: str) -> NoReturn:
    raise UnreadableBody(f"{name} is not JSON. Send a number, or null.")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_integer, parse_float=_float, parse_constant=_refuse_constant
)
