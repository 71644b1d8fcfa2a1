"""The one form of a package as JSON Schema (2020-12): what a portal shows, and what the answers are held to."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from app.api.texts import Teller
from app.domain.application import PHONE, SAFE_INTEGER, FormField, Occasion

DIALECT = "https://json-schema.org/draft/2020-12/schema"
WHOLE_PHONE = f"^{PHONE}(?![\\s\\S])"
"""To the very end: a `$` lets a line end pass in some dialects of regular expressions."""
NOT_BLANK = r"\S"

Shape = dict[str, Any]


def form_schema(form: tuple[FormField, ...], teller: Teller) -> Shape:
    """The form as JSON Schema, with titles in the caller's language.

    Fields that a register or an earlier item answers are `readOnly`: they are fetched, and nobody is asked for them.
    """
    occasions = [_when(field, field.required_when) for field in form if field.is_asked and field.required_when]
    return {
        "$schema": DIALECT,
        "type": "object",
        "additionalProperties": False,
        "required": [field.code for field in form if field.is_required and field.is_asked],
        "properties": {field.code: _property(field, teller) for field in form},
        **({"allOf": occasions} if occasions else {}),
    }


def _when(field: FormField, occasion: Occasion) -> Shape:
    given = {"required": [occasion.field], "properties": {occasion.field: {"enum": list(occasion.answers)}}}
    return {"if": given, "then": {"required": [field.code]}}


def _property(field: FormField, teller: Teller) -> Shape:
    shape = {
        "title": teller.word(field.wording),
        **_SHAPES[field.kind](field, teller),
        "x-provenance": field.provenance,
        "x-needed-by": list(field.needed_by),
    }
    return shape if field.is_asked else {**shape, "readOnly": True, "x-held-by": field.held_by}


def _choice(field: FormField, teller: Teller) -> Shape:
    labels = ((option, teller.say(f"form.{field.code}.{option}")) for option in field.options)
    return {"type": "string", "oneOf": [{"const": option, "title": label} for option, label in labels]}


def _choices(field: FormField, teller: Teller) -> Shape:
    return {"type": "array", "uniqueItems": True, "maxItems": len(field.options), "items": _choice(field, teller)}


def _text(field: FormField, _: Teller) -> Shape:
    bound = {} if field.max_length is None else {"maxLength": field.max_length}
    return {"type": "string", "minLength": 1, **bound, "pattern": NOT_BLANK}


def _phone(field: FormField, teller: Teller) -> Shape:
    return {**_text(field, teller), "pattern": WHOLE_PHONE}


def _whole(_: FormField, __: Teller) -> Shape:
    return {"type": "integer", "minimum": -SAFE_INTEGER, "maximum": SAFE_INTEGER}


def _flag(_: FormField, __: Teller) -> Shape:
    return {"type": "boolean"}


_SHAPES: Mapping[str, Callable[[FormField, Teller], Shape]] = MappingProxyType(
    {"choice": _choice, "choices": _choices, "flag": _flag, "phone": _phone, "text": _text, "whole": _whole}
)
