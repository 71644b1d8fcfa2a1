"""How a route says in the schema what it is: its row of `authz`, its refusals, its headers."""

from typing import Any

from app.api.problems import MEDIA_TYPE
from app.domain.shared.authz import OPERATIONS

COMMON = (401, 403, 422, 429, 500, 503)


def operation(name: str, *, keyed: bool = False, versioned: bool = False, found: bool = True) -> dict[str, Any]:
    """The arguments of a route that all routes need alike."""
    statuses = {*COMMON}
    if found:
        statuses.add(404)
    if keyed:
        statuses |= {400, 409, 413, 415}
    if versioned:
        statuses |= {412, 428}
    extra: dict[str, Any] = {"x-roles": sorted(OPERATIONS[name].roles)} if name in OPERATIONS else {}
    return {
        "operation_id": name,
        "responses": {status: {"description": "Refused", "content": {MEDIA_TYPE: {}}} for status in sorted(statuses)},
        "openapi_extra": extra,
    }


def install_openapi(app: Any) -> None:
    """Serve the schema."""
    app.openapi_url = "/openapi.json"
    app.setup()
