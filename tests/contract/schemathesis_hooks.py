"""Lets schemathesis act as several roles, and half of what it invents be about things that are there.

Loaded by schemathesis itself (SCHEMATHESIS_HOOKS), in a process of its own; tokens and ids come in YIAN_TEST_SCENE.
"""

import json
import os
import zlib
from typing import Any

import schemathesis

SCENE: dict[str, dict[str, str]] = json.loads(os.environ["YIAN_TEST_SCENE"])
KNOWN, TOKENS = SCENE["ids"], SCENE["tokens"]
OUTAGES: list[str] = json.loads(os.environ["YIAN_TEST_OUTAGES"])
"""Magic numbers that stand for a register that is not available: 503 is what they are for."""
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MISPLACED = 8
"""One of so many requests is made as somebody whose function it is not."""


def _lot(value: object, of: int) -> int:
    """A number that is drawn by the value itself, so that a seed repeats a whole run."""
    return zlib.crc32(str(value).encode("utf-8", "surrogatepass")) % of


def _known(given: dict[str, Any], **more: str) -> dict[str, Any]:
    known = KNOWN | more
    return {name: known[name] if name in known and _lot(value, 2) else value for name, value in given.items()}


@schemathesis.serializer("application/pdf", "image/heic", "application/x-ndjson", SPREADSHEET)
def as_it_is(context: Any, value: Any) -> bytes:
    """Bodies that are no JSON travel as they are."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


@schemathesis.hook
def map_path_parameters(context: Any, path_parameters: dict[str, Any] | None) -> dict[str, Any] | None:
    """Put an id that is there in the place of one that is not."""
    kind = "benefit_case" if "benefit" in context.operation.path else "certificate_case"
    return _known(path_parameters, case_id=KNOWN[kind]) if path_parameters else path_parameters


@schemathesis.hook
def map_body(context: Any, body: Any) -> Any:
    """The same in a body's own fields."""
    return _known(body) if isinstance(body, dict) else body


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Act as one of those who may, or now and then as another; and ask for no certificate that stands for an outage."""
    if isinstance(case.body, dict) and isinstance(asked := case.body.get("certificates"), list):
        case.body["certificates"] = [
            one for one in asked if not (isinstance(one, dict) and one.get("number") in OUTAGES)
        ]
    permitted = case.operation.definition.raw.get("x-roles")
    if permitted is None:
        return
    drawn = f"{case.operation.label} {case.path_parameters} {case.query} {case.body}"
    roles = sorted(TOKENS) if _lot(drawn, MISPLACED) == 0 else permitted
    case.headers["Authorization"] = f"Bearer {TOKENS[roles[_lot(f'as {drawn}', len(roles))]]}"
