"""Which refusals an operation may answer with, and how they stand in the document: examples of real problems."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from app.api.language import Language
from app.api.problems import (
    MEDIA_TYPE,
    HeaderTooLarge,
    IdempotencyKeyMalformed,
    IdempotencyKeyMissing,
    InsufficientScope,
    InternalError,
    InvalidContent,
    InvalidCursor,
    PayloadTooLarge,
    PreconditionRequired,
    RequestTimeout,
    UnreadableBody,
    UnsupportedMediaType,
    registry,
    status_of,
)
from app.api.problems.kinds import retry_after_of
from app.api.problems.texts import page_text_of
from app.domain.shared.errors import DomainError, Forbidden, IllegalTransition, NotFound, StaleVersion, Unavailable
from app.services.ports.caller import CallerUnknown, KeyInProgress, KeyReused
from app.services.ports.quota import TooManyRequests

Json = dict[str, Any]
Kinds = Iterable[type[DomainError]]

NAMES: Mapping[int, str] = MappingProxyType(
    {
        400: "BadRequest",
        401: "Unauthenticated",
        403: "Forbidden",
        404: "NotFound",
        408: "RequestTimeout",
        409: "Conflict",
        412: "StaleVersion",
        413: "PayloadTooLarge",
        415: "UnsupportedMediaType",
        422: "InvalidContent",
        428: "PreconditionRequired",
        429: "TooManyRequests",
        431: "HeaderTooLarge",
        500: "InternalError",
        503: "Unavailable",
    }
)
DESCRIPTIONS: Mapping[int, str] = MappingProxyType(
    {
        400: "The request cannot be read, or lacks its key.",
        401: "Who is calling is not known. Send a valid token.",
        403: "This is not the caller's to do.",
        404: "It is not there, or not for this caller to know.",
        408: "The body did not arrive in time.",
        409: "The state of things does not allow it now.",
        412: "Somebody else has changed it since it was read. Read it again.",
        413: "The body is larger than is taken.",
        415: "The body is not of a type that is taken here.",
        422: "The content cannot be right. `errors` names the places.",
        428: "`If-Match` is missing. Read first.",
        429: "More requests than the caller's share. Wait as `Retry-After` says.",
        431: "The headers or the address are larger than is taken.",
        500: "Something broke here. Nothing was changed.",
        503: "It cannot be told at the moment. Nothing was changed; try again after `Retry-After`.",
    }
)
ALWAYS: Kinds = (InvalidContent, TooManyRequests, HeaderTooLarge, InternalError, Unavailable)
GUARDED: Kinds = (CallerUnknown, Forbidden, InsufficientScope)
WITH_BODY: Kinds = (UnreadableBody, RequestTimeout, PayloadTooLarge, UnsupportedMediaType)
WITH_TABLE: Kinds = (RequestTimeout, PayloadTooLarge, UnsupportedMediaType)
KEYED: Kinds = (IdempotencyKeyMissing, IdempotencyKeyMalformed, KeyReused, KeyInProgress)
VERSIONED: Kinds = (StaleVersion, PreconditionRequired, IllegalTransition)
IN_PAGES: Kinds = (InvalidCursor,)
IDENTIFIED: Kinds = (NotFound,)


def responses_of(kinds: Kinds) -> Json:
    """The refusals of an operation by status, each with an example of every code."""
    by_status: dict[int, set[str]] = {}
    for kind in kinds:
        by_status.setdefault(status_of(kind), set()).add(kind.code)
    return {str(status): _response(status, sorted(by_status[status])) for status in sorted(by_status)}


def shared_responses() -> Json:
    """Refusals that many operations have alike; where codes are added, a response stands with its operation."""
    return {name: _whole(status, list(codes)) for (status, codes), name in _SHARED.items()}


def example_of(kind: type[DomainError]) -> Json:
    """A problem of a kind, as it is answered."""
    text = page_text_of(kind, Language.ENGLISH)
    value: Json = {
        "type": f"/problems/{kind.code}",
        "title": text.title,
        "status": status_of(kind),
        "detail": text.detail,
        "code": kind.code,
        "request_id": "0192f0c2a7d47c1f9b3e5d6a8c4b2e10",
    }
    if kind is InvalidContent:
        value["errors"] = [{"pointer": "/applicant/name", "code": "missing", "detail": "This is needed."}]
    return {"summary": text.title, "value": value}


def _response(status: int, codes: list[str]) -> Json:
    if name := _SHARED.get((status, tuple(codes))):
        return {"$ref": f"#/components/responses/{name}"}
    return _whole(status, codes)


def _whole(status: int, codes: list[str]) -> Json:
    content = {
        "schema": {"$ref": "#/components/schemas/Problem"},
        "examples": {code: {"$ref": f"#/components/examples/{code}"} for code in codes},
    }
    return {"description": DESCRIPTIONS[status], "headers": _headers(status, codes), "content": {MEDIA_TYPE: content}}


def _headers(status: int, codes: list[str]) -> Json:
    names = ["Request-Id", "Content-Language"]
    names += ["RateLimit-Policy", "RateLimit"] if status == status_of(TooManyRequests) else []
    kinds = registry()
    if status == status_of(CallerUnknown) or InsufficientScope.code in codes:
        names.append("WWW-Authenticate")
    if any(retry_after_of(kinds[code]) for code in codes):
        names.append("Retry-After")
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _codes(*kinds: type[DomainError]) -> tuple[int, tuple[str, ...]]:
    return status_of(kinds[0]), tuple(sorted(kind.code for kind in kinds))


_SHARED: Mapping[tuple[int, tuple[str, ...]], str] = MappingProxyType(
    {
        **{_codes(kind): NAMES[status_of(kind)] for kind in (*ALWAYS, *WITH_BODY, *IDENTIFIED)},
        **{_codes(kind): NAMES[status_of(kind)] for kind in (CallerUnknown, StaleVersion, PreconditionRequired)},
        _codes(Forbidden, InsufficientScope): "Forbidden",
        _codes(KeyInProgress): "Conflict",
        _codes(IllegalTransition, KeyInProgress): "StepNotOpen",
        _codes(UnreadableBody, IdempotencyKeyMissing, IdempotencyKeyMalformed): "BadCommand",
        _codes(IdempotencyKeyMissing, IdempotencyKeyMalformed): "KeyNeeded",
        _codes(InvalidContent, KeyReused): "InvalidCommand",
        _codes(InvalidContent, InvalidCursor): "InvalidPage",
    }
)
