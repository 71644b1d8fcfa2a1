"""Where in a good body a hostile value can go."""

import json
from collections.abc import Iterator
from typing import Any

HERE = "@@hostile@@"


def spoilt(body: Any, example: Any) -> Iterator[tuple[str, str]]:
    """A good body with a place for a hostile value in each of its fields, and in each that the example has beside."""
    whole = {**example, **body} if isinstance(body, dict) and isinstance(example, dict) else body
    for path in places_in(whole):
        kept = body if not path or path[0] in body else {**body, path[0]: whole[path[0]]}
        pointer = "".join(f"/{step}" for step in path)
        yield pointer, json.dumps(_replaced(kept, path), ensure_ascii=False)


def places_in(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a body, whole objects and lists included; of a list, its first item stands for all."""
    yield path
    if isinstance(node, dict):
        for name, value in node.items():
            yield from places_in(value, (*path, name))
    elif isinstance(node, list) and node:
        yield from places_in(node[0], (*path, 0))


def _replaced(node: Any, path: tuple[str | int, ...]) -> Any:
    if not path:
        return HERE
    first, *rest = path
    if isinstance(node, list):
        return [_replaced(node[0], tuple(rest)), *node[1:]]
    return {**node, first: _replaced(node[first], tuple(rest))}


def with_value(spoilt_body: str, value: str) -> bytes:
    """The body with the value in its place."""
    return spoilt_body.replace(json.dumps(HERE), value).encode("utf-8", "surrogatepass")
