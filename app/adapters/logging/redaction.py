"""Takes out of a log event what could tell who a person is, or let somebody act as another.

It errs on the side of hiding. Values are masked under keys that name something personal and wherever they look like a
number of a person or a credential; an object that is not a plain value is shown by its class alone.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from pathlib import PurePath
from types import MappingProxyType, NoneType
from typing import Any, Final
from uuid import UUID

from app.adapters.crypto import MASK, Sensitive

REDACTED: Final = "[redacted]"
MAX_CHARACTERS = 8192
MAX_ITEMS = 100
MAX_DEPTH = 6
SMALLEST_NUMBER_OF_A_PERSON = 10**10  # a mobile number has eleven digits
LONGEST_HARMLESS_TEXT = 10
LARGEST_PLAIN_FLOAT = 1e14  # beyond it a float is written with as many digits as an identity number

_NUMBER = (
    r"\d{15,}[Xx]?[\dBb]*"  # an identity number of 18 or, until 1999, 15 digits; a certificate's is longer
    r"|\d{6}[\s-]?\d{8}[\s-]?\d{3}[\s-]?[\dXx][\dBb]*"  # the same as people space it
)
_PHONE = r"(?<![0-9A-Za-z-])1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?![0-9A-Za-z])"
_CREDENTIAL = (
    r"(?i:bearer|basic|dpop)\s+[A-Za-z0-9._~+/=-]{8,}"
    r"|eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_.-]+"  # a JWS or JWE
    r"|(?<=://)[^/\s:@]*:[^/\s@]+(?=@)"  # name and password in a URL
)
LONG_NUMBER = re.compile(r"\d{15,}[Xx]?")
_HIDDEN = re.compile(f"{_NUMBER}|{_PHONE}|{_CREDENTIAL}")
_PERHAPS_A_NUMBER = re.compile(r"\d{3}[\d\s-]{8}")
_UNFINISHED_NUMBER = re.compile(r"[\d\s-]+\Z")
_CAPITAL_INSIDE = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

_PERSONAL = frozenset(
    {
        *("body", "form", "parameters", "params", "payload", "query", "query_string", "number", "id_card"),
        *("api_key", "set_cookie", "born_on", "birth_date", "date_of_birth", "bank_account"),
        *("姓名", "身份证号", "身份证号码", "残疾人证号", "电话", "手机", "手机号", "地址", "住址"),
    }
)
_PERSONAL_LAST_WORDS = frozenset(
    {
        *("name", "names", "surname", "phone", "phones", "mobile", "telephone", "email", "address", "addresses"),
        *("authorization", "cookie", "token", "secret", "password", "passphrase", "assertion", "credential"),
        *("credentials", "birthday", "birthdate"),
    }
)
_PERSONAL_ENDINGS = (
    "citizen_number",
    "certificate_number",
    "identity_number",
    "id_number",
    "card_number",
    "account_number",
)
_HARMLESS_NAMES = frozenset(
    {
        *("file_name", "host_name", "server_name", "service_name", "logger_name", "task_name", "thread_name"),
        *("table_name", "column_name", "constraint_name", "schema_name", "function_name", "operation_name"),
        *("route_name", "event_name", "job_name", "module_name", "class_name", "package_name"),
    }
)


def redacted(value: object, *, depth: int = 0) -> Any:
    """A plain JSON value that says as much as may be said."""
    plain = _PLAIN.get(type(value))
    if plain is not None:
        return plain(value)
    if isinstance(value, Mapping | list | tuple | AbstractSet):
        return _nested(value, depth) if depth < MAX_DEPTH else _class_of(value)
    return _unusual(value)


def message_of(failure: BaseException) -> str:
    """The class of an exception, and of its message only what cannot name a person.

    Later lines are left out, because databases and validators put values there, and so is everything that is not ASCII,
    because that is how the names of people here are written and how our own messages are not.
    """
    kind = type(failure)
    try:
        message = str(failure)
    except Exception:  # noqa: BLE001 - a message that cannot be had must not cost the log line
        message = ""
    first_line = message.strip().partition("\n")[0]
    # Full-width digits must be seen as digits before they are dropped as foreign letters.
    shown = re.sub(r"[^\x20-\x7e]+", "?", _text(first_line))
    return f"{kind.__module__}.{kind.__qualname__}: {shown}" if shown else f"{kind.__module__}.{kind.__qualname__}"


def is_personal(key: str) -> bool:
    """Say whether what stands under a key is to be hidden, whatever it looks like."""
    words = _CAPITAL_INSIDE.sub("_", key).lower().replace("-", "_").replace(" ", "_")
    if words in _HARMLESS_NAMES:
        return False
    last_word = words.rpartition("_")[2]
    return words in _PERSONAL or last_word in _PERSONAL_LAST_WORDS or words.endswith(_PERSONAL_ENDINGS)


def _text(text: str) -> str:
    if len(text) > MAX_CHARACTERS:
        text = _UNFINISHED_NUMBER.sub("", text[:MAX_CHARACTERS]) + "…"
    return _HIDDEN.sub(REDACTED, text) if _is_suspect(text) else text


def _is_suspect(text: str) -> bool:
    # Most of what is logged is codes and ids; the full pattern costs three times as much as finding that out.
    if len(text) <= LONGEST_HARMLESS_TEXT:
        return False
    return (
        " " in text or "eyJ" in text or "://" in text or not text.isprintable() or bool(_PERHAPS_A_NUMBER.search(text))
    )


def _number(value: float) -> int | float | str:
    if isinstance(value, int):
        small = abs(value) < SMALLEST_NUMBER_OF_A_PERSON
        return value if small or not _HIDDEN.search(str(value)) else REDACTED
    if not math.isfinite(value):
        return str(value)
    return round(value, 6) if abs(value) < LARGEST_PLAIN_FLOAT else REDACTED


def _nested(value: Iterable[Any], depth: int) -> Any:
    if isinstance(value, Mapping):
        clean = {}
        for key, member in list(value.items())[:MAX_ITEMS]:
            shown, is_hidden = _under(key) if type(key) is str else _under_unusual(key)
            clean[shown] = REDACTED if is_hidden else redacted(member, depth=depth + 1)
        return clean
    return [redacted(item, depth=depth + 1) for item in list(value)[:MAX_ITEMS]]


@lru_cache(maxsize=4096)
def _under(key: str) -> tuple[str, bool]:
    """How a key is shown, and whether what stands under it is hidden; kept, for each line has the same ones."""
    return _text(key), is_personal(key)


def _under_unusual(key: object) -> tuple[str, bool]:
    return str(redacted(key, depth=MAX_DEPTH)), is_personal(str(key))


def _unusual(value: object) -> Any:
    match value:
        case Enum():
            return redacted(value.value, depth=MAX_DEPTH)
        case str():
            return _text(str.__str__(value))
        case bytes() | bytearray():
            return _text(value[:MAX_CHARACTERS].decode("utf-8", "backslashreplace"))
        case BaseException():
            return message_of(value)
        case PurePath():
            return _text(str(value))
        case _:
            return _class_of(value)


def _class_of(value: object) -> str:
    return f"<{type(value).__name__}>"


def _itself(value: object) -> object:
    return value


def _written(value: object) -> str:
    return _text(str(value))


def _masked(_value: object) -> str:
    return MASK


_PLAIN: Mapping[type, Callable[[Any], Any]] = MappingProxyType(
    {
        NoneType: _itself,
        bool: _itself,
        str: _text,
        int: _number,
        float: _number,
        Sensitive: _masked,
        **dict.fromkeys((UUID, datetime, date, time, timedelta, Decimal), _written),
    }
)
