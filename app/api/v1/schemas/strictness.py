"""Makes input models strict where JSON tells types apart, so that a plain `int`, `bool`, `UUID` or `date` is enough.

Pydantic's lax mode takes "5" for 5, "yes" for true, an id in five spellings and a number for a date; its strict mode,
which is meant for Python values, refuses every date and every code in JSON. Neither is what a schema promises.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from types import MappingProxyType
from typing import Any
from uuid import UUID

from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_before_validator_function

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def tightened(schema: CoreSchema) -> CoreSchema:
    """The schema of a model, with every field as strict as JSON is."""
    fields = schema.get("schema", {})
    return {**schema, "schema": _walk(fields)} if schema["type"] == "model" else schema


def _walk(node: Any) -> Any:  # noqa: ANN401 - a core schema is a tree of dicts of many kinds
    if isinstance(node, list | tuple):
        return type(node)(_walk(one) for one in node)
    if not isinstance(node, dict) or node.get("type") == "model":  # a model inside tightens itself
        return node
    inside = {name: _walk(value) if name not in _OPAQUE else value for name, value in node.items()}
    kind = node.get("type")
    if kind in {"int", "float", "bool"}:
        return {**inside, "strict": True}
    if kind == "enum" and node.get("sub_type") == "int":
        return no_info_before_validator_function(_whole_number, inside)
    if isinstance(kind, str) and (check := _AS_TEXT.get(kind)):
        return no_info_before_validator_function(check, inside)
    return inside


def _text_like(form: re.Pattern[str], python: type, error: PydanticCustomError) -> Callable[[object], object]:
    def check(value: object) -> object:
        if isinstance(value, python) or (isinstance(value, str) and form.fullmatch(value)):
            return value
        raise error

    return check


def _whole_number(value: object) -> object:
    if isinstance(value, Enum) or type(value) is int:
        return value
    raise PydanticCustomError("not_a_whole_number", "Give a whole number.", {"chinese": "请填写整数。"})


_AS_TEXT: Mapping[str, Callable[[object], object]] = MappingProxyType(
    {
        "date": _text_like(
            _DATE,
            date,
            PydanticCustomError(
                "not_a_date",
                "Give a day that exists, such as 2026-11-23.",
                {"chinese": "请填写真实日期，例如 2026-11-23。"},
            ),
        ),
        "datetime": _text_like(
            _INSTANT,
            datetime,
            PydanticCustomError(
                "not_an_instant",
                "Give date, time and zone, such as 2026-11-23T09:30:00+08:00.",
                {"chinese": "请填写带时区的时间，例如 2026-11-23T09:30:00+08:00。"},
            ),
        ),
        "uuid": _text_like(
            _UUID,
            UUID,
            PydanticCustomError(
                "not_a_uuid",
                "Give an id as it was given to you, such as 01920000-0000-7000-8000-000000000000.",
                {"chinese": "请填写系统给出的编号。"},
            ),
        ),
    }
)
_OPAQUE = frozenset({"cls", "metadata", "serialization", "function", "members", "default", "config", "ref"})
