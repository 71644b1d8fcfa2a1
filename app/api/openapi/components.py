"""What several operations share in the document: headers, parameters, the way in, and the form of a problem."""

from typing import Any

from app.api.openapi.prose import SCOPES
from app.api.openapi.refusals import example_of, shared_responses
from app.api.problems import registry
from app.api.problems.schema import Problem

Json = dict[str, Any]
SCHEMA_TEMPLATE = "#/components/schemas/{model}"


def problem_schemas() -> Json:
    """The form of a problem."""
    schema = Problem.model_json_schema(mode="serialization", ref_template=SCHEMA_TEMPLATE)
    inner = schema.pop("$defs")
    schema["required"] = [name for name in schema["required"] if name != "errors"]
    schema["properties"]["errors"] = _without_null(schema["properties"]["errors"])
    return {**inner, "Problem": schema}


def shared_components() -> Json:
    """All components but the schemas of single operations."""
    return {
        "examples": {code: example_of(kind) for code, kind in registry().items()},
        "headers": _headers(),
        "parameters": _parameters(),
        "responses": shared_responses(),
        "securitySchemes": {"oauth2": _way_in()},
    }


def _way_in() -> Json:
    scopes = {scope.value: description for scope, description in SCOPES.items()}
    return {
        "type": "oauth2",
        "description": "Client credentials (RFC 6749, 4.4); `private_key_jwt` is preferred.",
        "flows": {"clientCredentials": {"tokenUrl": "/oauth/token", "scopes": scopes}},
    }


def _headers() -> Json:
    return {
        "Request-Id": _header("The id of this request: the caller's own, or ours.", example="portal-2026-000123"),
        "Content-Language": _header("The language of the texts.", example="zh-CN"),
        "ETag": _header("The version, for `If-Match` and `If-None-Match`.", example='"3"'),
        "Link": _header("The next page (RFC 8288).", example='</v1/events?cursor=AZIAAAAAcACAAAAAAAAAAA>; rel="next"'),
        "Location": _header(
            "Where what was made can be read.", example="/v1/plans/01920000-0000-7000-8000-000000000000"
        ),
        "Idempotent-Replayed": _header("`true` where this answer was given before.", example="true"),
        "RateLimit-Policy": _header(
            "The shares of requests of the client and of the account: `q` in `w` seconds.",
            example='"client";q=6000;w=60, "account";q=1200;w=60',
        ),
        "RateLimit": _header(
            "What is left of each share, `r`, for another `t` seconds.",
            example='"client";r=5990;t=42, "account";r=1190;t=42',
        ),
        "Retry-After": {
            "description": "Seconds to wait.",
            "schema": {"type": "integer", "format": "int32", "minimum": 0, "maximum": 86_400},
            "example": 2,
        },
        "WWW-Authenticate": _header(
            "How to get in (RFC 6750), and where that is described (RFC 9728).",
            example='Bearer resource_metadata="/.well-known/oauth-protected-resource"',
        ),
    }


def _header(description: str, *, example: str) -> Json:
    return {"description": description, "schema": {"type": "string", "maxLength": 1000}, "example": example}


def _parameters() -> Json:
    return {
        "IdempotencyKey": {
            "name": "Idempotency-Key",
            "in": "header",
            "required": True,
            "description": "A new random value for each thing to be done; the same one when it is sent again.",
            "schema": {"type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[ -~]+$"},
            "example": "8e03978e-40d5-43e8-bc93-6894a57f9324",
        },
        "IfMatch": {
            "name": "If-Match",
            "in": "header",
            "required": True,
            "description": "The `ETag` as it was read.",
            "schema": {"type": "string", "maxLength": 12, "pattern": '^"[1-9][0-9]{0,8}"$'},
            "example": '"3"',
        },
        "IfNoneMatch": {
            "name": "If-None-Match",
            "in": "header",
            "required": False,
            "description": "The `ETag` that the caller holds; if nothing has changed, the answer is 304.",
            "schema": {"type": "string", "maxLength": 1000},
            "example": '"3"',
        },
    }


def _without_null(schema: Json) -> Json:
    (inner,) = (option for option in schema["anyOf"] if option.get("type") != "null")
    return {**inner, **{name: value for name, value in schema.items() if name not in {"anyOf", "default"}}}
