"""The published description of the API, and answers held to it: nothing checks them once more when they are made."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
from jsonschema_rs import Draft202012Validator, Registry

DESCRIPTION = Path(__file__).parents[1] / "openapi" / "v1.json"
_JSON = "application/json"
_HERE = "urn:yian:api"
_VARIABLE = re.compile(r"\{[^}]+\}")


async def hold_to_the_description(answer: httpx.Response) -> None:
    """Refuse an answer of success that is not what the description says."""
    if not answer.is_success or not answer.headers.get("content-type", "").startswith(_JSON):
        return
    path = answer.request.url.path
    template = _template_of(path)
    if template is None:
        return
    await answer.aread()
    validator = _validator(template, answer.request.method.lower(), str(answer.status_code))
    found = [f"{fault.instance_path}: {fault.message[:300]}" for fault in validator.iter_errors(answer.json())]
    assert not found, f"{answer.request.method} {path} is not as published: {found}"


@cache
def _description() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(DESCRIPTION.read_text("utf-8"))
    return read


@cache
def _templates() -> list[tuple[re.Pattern[str], str]]:
    """Paths as expressions, those without variables first."""
    paths = sorted(_description()["paths"], key=lambda path: path.count("{"))
    return [(re.compile("[^/]+".join(map(re.escape, _VARIABLE.split(path)))), path) for path in paths]


def _template_of(path: str) -> str | None:
    return next((template for pattern, template in _templates() if pattern.fullmatch(path)), None)


@cache
def _registry() -> Registry:
    return Registry([(_HERE, _description())])


@cache
def _validator(template: str, method: str, status: str) -> Draft202012Validator:
    steps = ["paths", template, method, "responses", status, "content", _JSON, "schema"]
    pointer = "/".join(quote(step.replace("~", "~0").replace("/", "~1")) for step in steps)
    return Draft202012Validator({"$ref": f"{_HERE}#/{pointer}"}, registry=_registry())
