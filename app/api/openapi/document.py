"""The document: FastAPI's raw schema, with everything that it leaves out or says twice put right."""

import json
from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.api.openapi.components import problem_schemas, shared_components
from app.api.openapi.operations import RawOperation
from app.api.openapi.prose import DESCRIPTION, SUMMARY, TAGS
from app.api.openapi.sampling import Sampler
from app.api.openapi.schemas import name_of_ours, refined_schema, refined_schemas

Json = dict[str, Any]
SANDBOX_URL = "http://127.0.0.1:8000"
PRUNED = ("schemas", "responses", "parameters", "examples", "headers")


def install_openapi(app: FastAPI) -> None:
    """Let the application describe itself, under its own address."""

    def openapi() -> Json:
        if app.openapi_schema is None:
            app.openapi_schema = document_of(app, base_url=getattr(app.state, "base_url", "") or SANDBOX_URL)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # the way that FastAPI documents


def document_of(app: FastAPI, *, base_url: str = SANDBOX_URL) -> Json:
    """The document of the API as it is served under an address; the same for the same code."""
    raw = _with_names_of_ours(get_openapi(title=app.title, version=app.version, routes=app.routes))
    schemas = refined_schemas({**raw.get("components", {}).get("schemas", {}), **problem_schemas()})
    paths = _paths(raw["paths"], Sampler(schemas))
    document = {
        "openapi": raw["openapi"],
        "info": _info(app),
        "servers": [{"url": base_url, "description": "This deployment."}],
        "tags": [{"name": tag, "description": TAGS[tag]} for tag in _tags_in(paths) if tag in TAGS],
        "paths": paths,
        "components": {"schemas": schemas, **shared_components()},
    }
    return pruned(document)


def _with_names_of_ours(raw: Json) -> Json:
    text = json.dumps(raw, ensure_ascii=False)
    for name in raw.get("components", {}).get("schemas", {}):
        if (ours := name_of_ours(name)) != name:
            text = text.replace(f'"{name}"', f'"{ours}"').replace(f'/{name}"', f'/{ours}"')
    renamed: Json = json.loads(text)
    return renamed


def _info(app: FastAPI) -> Json:
    return {
        "title": app.title,
        "version": app.version,
        "summary": SUMMARY,
        "description": DESCRIPTION,
        "contact": {"name": "The operator of this deployment"},
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    }


def _paths(raw: Json, sampler: Sampler) -> Json:
    return {
        path: {
            method: RawOperation(raw=refined_schema(operation), path=path, method=method, sampler=sampler).refined()
            for method, operation in methods.items()
        }
        for path, methods in raw.items()
    }


def _tags_in(paths: Json) -> list[str]:
    """The tags in the order in which they are listed, and whatever else is in use, at the end."""
    used = dict.fromkeys(tag for methods in paths.values() for one in methods.values() for tag in one.get("tags", ()))
    return [tag for tag in TAGS if tag in used]


def pruned(document: Json) -> Json:
    """The document without components that nothing refers to."""
    components = document["components"]
    while True:
        used = set(_references_in(document))
        unused = [
            (kind, name) for kind in PRUNED for name in components[kind] if f"#/components/{kind}/{name}" not in used
        ]
        if not unused:
            return document
        for kind, name in unused:
            del components[kind][name]


def _references_in(node: Any) -> Iterator[str]:  # noqa: ANN401 - a document is a tree of anything
    if isinstance(node, list):
        for one in node:
            yield from _references_in(one)
    elif isinstance(node, dict):
        if isinstance(reference := node.get("$ref"), str):
            yield reference
        for one in node.values():
            yield from _references_in(one)
