"""The schemas of the document: bounds that a format implies, codes with their meanings, and no noise."""

import ast
import inspect
from collections.abc import Collection, Iterator, Mapping
from enum import Enum
from pathlib import Path
from textwrap import dedent
from typing import Any

import yaml

Json = dict[str, Any]
LENGTHS = {"uuid": 36, "date": 10, "date-time": 40}
INT32 = 2**31 - 1
FORM, MODULE = "Body_", "app__"
HERE, OR_NULL = "#/components/schemas/", "OrNull"
NOISE = frozenset({"HTTPValidationError", "ValidationError"})
FIELDS: Mapping[str, str] = yaml.load(Path(__file__).with_name("vocabulary.yaml").read_bytes(), yaml.CSafeLoader)
"""What a field's name means wherever nothing else is said of it."""


def refined_schemas(schemas: Json) -> Json:
    """The schemas as they stand in the document, in the order of their names."""
    kinds = [kind for kind in _below(Enum) if kind.__module__.startswith("app.")]
    shown = {}
    for name in sorted(schemas.keys() - NOISE):
        schema = _with_words(_refined(schemas[name])) or {"description": "Any JSON value."}
        shown[name] = next((_with_meanings(schema, kind) for kind in kinds if _describes(kind, name, schema)), schema)
    codes = {name: schema for name, schema in shown.items() if "enum" in schema}
    either = {f"{name}{OR_NULL}": _code_or_null(schema) for name, schema in codes.items()}
    found: Json = _with_codes_or_null(shown, {f"{HERE}{name}" for name in codes})
    return dict(sorted((found | either).items()))


def _with_codes_or_null(node: Any, codes: Collection[str]) -> Any:  # noqa: ANN401 - a schema is a tree of anything
    """Fields that are a code or nothing, by one name for both: a choice of two schemas is harder to read and to use."""
    if isinstance(node, list):
        return [_with_codes_or_null(one, codes) for one in node]
    if not isinstance(node, dict):
        return node
    inside = {name: _with_codes_or_null(one, codes) for name, one in node.items()}
    match inside.get("oneOf"):
        case [{"$ref": str(code), **others}, {"type": "null"}] if code in codes and not others:
            return {**{name: one for name, one in inside.items() if name != "oneOf"}, "$ref": f"{code}{OR_NULL}"}
    return inside


def _code_or_null(schema: Json) -> Json:
    return {**schema, "type": [schema["type"], "null"], "enum": [*schema["enum"], None]}


def name_of_ours(name: str) -> str:
    """A readable name for a schema that FastAPI has named after a form or, where two have one name, a module.

    >>> name_of_ours("app__domain__benefit__case__RefusalReason")
    'BenefitRefusalReason'
    >>> name_of_ours("Body_grant_token")
    'GrantTokenForm'
    """
    if name.startswith(FORM):
        return "".join(part.capitalize() for part in name.removeprefix(FORM).split("_")) + "Form"
    if name.startswith(MODULE):
        _, layer, *path, own = name.split("__")
        context = path[0] if layer == "domain" else path[-1]
        return "".join(part.capitalize() for part in context.split("_")) + own
    return name


def _describes(kind: type[Enum], name: str, schema: Json) -> bool:
    return name.endswith(kind.__name__) and schema.get("enum") == [code.value for code in kind]


def refined_schema(schema: Json) -> Json:
    """A schema that stands with an operation."""
    refined: Json = _refined(schema)
    return refined


def _refined(node: Any) -> Any:  # noqa: ANN401 - a schema is a tree of anything
    if isinstance(node, list):
        return [_refined(one) for one in node]
    if not isinstance(node, dict):
        return node
    inside: Json = {
        name: {field: _refined(one) for field, one in value.items()} if name == "properties" else _refined(value)
        for name, value in node.items()
        if not (name == "title" and isinstance(value, str))
    }
    if "anyOf" in inside:
        inside = _or_null(inside)
    if inside.get("format") in LENGTHS:
        inside.setdefault("maxLength", LENGTHS[inside["format"]])
    if inside.get("type") in ("integer", ["integer", "null"]) and "enum" not in inside:
        inside.setdefault("format", "int32" if inside.get("maximum", INT32 + 1) <= INT32 else "int64")
    return inside


def _with_words(schema: Json) -> Json:
    """The schema with a word on every field that the vocabulary knows and that says nothing of itself."""
    fields = schema.get("properties", {})
    told = {name: {"description": FIELDS[name], **field} if name in FIELDS else field for name, field in fields.items()}
    return {**schema, "properties": told} if fields else schema


def _or_null(schema: Json) -> Json:
    """A field that may be empty, said in the shortest way that JSON Schema has."""
    rest = {name: value for name, value in schema.items() if name != "anyOf"}
    options = [one for one in schema["anyOf"] if one != {"type": "null"}]
    if len(options) != 1 or len(schema["anyOf"]) == 1:
        return schema
    (option,) = options
    if isinstance(option.get("type"), str) and "const" not in option and "enum" not in option:
        return {**option, **rest, "type": [option["type"], "null"]}
    return {**rest, "oneOf": [option, {"type": "null"}]}


def _with_meanings(schema: Json, kind: type[Enum]) -> Json:
    """The codes with what each of them means, where the code says so beside it."""
    meanings = _meanings_of(kind)
    if not meanings:
        return schema
    listed = "\n".join(f"* `{code}`: {meaning}" for code, meaning in meanings.items())
    return {
        **schema,
        "description": f"{schema.get('description', '').strip()}\n\n{listed}".strip(),
        "x-enumDescriptions": {str(code): meaning for code, meaning in meanings.items()},
    }


def _meanings_of(kind: type[Enum]) -> dict[Any, str]:
    """The sentences below the members of an enumeration, as the source has them."""
    body = ast.parse(dedent(inspect.getsource(kind))).body[0]
    assert isinstance(body, ast.ClassDef)  # the source of a class is a class
    meanings = {}
    for member, below in zip(body.body, body.body[1:], strict=False):
        match member, below:
            case ast.Assign(targets=[ast.Name(id=name)]), ast.Expr(value=ast.Constant(value=str(meaning))):
                meanings[kind[name].value] = " ".join(meaning.split())
    return meanings


def _below(kind: type[Enum]) -> Iterator[type[Enum]]:
    for below in kind.__subclasses__():
        yield below
        yield from _below(below)
