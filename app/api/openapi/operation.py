"""How a route says in one line what it is; everything else in the schema is worked out from that and from `authz`."""

from collections.abc import Mapping
from typing import Any

from app.domain.shared.errors import DomainError

MARK = "x-operation"
TEXT = {"type": "string", "maxLength": 32 * 1024 * 1024, "description": "A table, line by line."}


def operation(
    name: str,
    *,
    keyed: bool = False,
    versioned: bool = False,
    found: bool | None = None,
    tagged: bool | None = None,
    refusals: tuple[type[DomainError], ...] = (),
    links: Mapping[str, str] | None = None,
    summary: str | None = None,
    takes: tuple[str, ...] = (),
    gives: tuple[str, ...] = (),
    examples: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The arguments of a route that all routes need alike.

    The description is the route function's docstring; who may call comes from the operation's row of `authz`.

    Args:
        name: the operation, which is the use case and the id in the schema.
        keyed: it needs an `Idempotency-Key`.
        versioned: it needs `If-Match`.
        found: it answers 404; by itself it does where its path names an id.
        tagged: it answers with an `ETag`; by itself it does where its answer has a `version`.
        refusals: what the rules may refuse here, beyond what every such operation may.
        links: on a create, the operation that reads what was made, and its path parameter: `{"get_plan": "plan_id"}`.
        summary: at most eight words; by itself it is the name.
        takes: the media types of a body that is no JSON.
        gives: the media types of an answer that is no JSON.
        examples: bodies worth trying, by name, each with its `summary` and `value`; by itself the schema gives one.
    """
    facts = {
        "keyed": keyed,
        "versioned": versioned,
        "found": found,
        "tagged": tagged,
        "refusals": [kind.code for kind in refusals],
        "links": dict(links or {}),
        "takes": list(takes),
        "examples": dict(examples or {}),
    }
    answers: dict[int | str, Any] = {200: {"content": {kind: {"schema": TEXT} for kind in gives}}} if gives else {}
    return {
        "operation_id": name,
        "summary": summary or name.replace("_", " ").capitalize(),
        "responses": {
            422: {"description": "Replaced when the document is made."},
            **answers,
        },  # or FastAPI adds its own
        "openapi_extra": {MARK: facts},
    }
