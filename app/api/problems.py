"""Refusals as RFC 9457 problems: the only place that knows status codes. Code, page and example come from one registry."""

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import Match

from app.domain.shared.errors import (
    Conflict,
    DomainError,
    Forbidden,
    NotFound,
    StaleVersion,
    Unavailable,
    Unprocessable,
)
from app.services.ports.work import CallerUnknown

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = "2"


class EdgeProblem(DomainError):
    """A request is refused before any rule is asked."""

    status = 400


class UnreadableBody(EdgeProblem):
    """The body is not the JSON that it says it is."""

    code = "unreadable_body"
    title = "The body cannot be read"


class IdempotencyKeyMissing(EdgeProblem):
    """A request that creates or moves something has no key."""

    code = "idempotency_key_missing"
    title = "An Idempotency-Key is needed"


class IdempotencyKeyMalformed(EdgeProblem):
    """The key is not one."""

    code = "idempotency_key_malformed"
    title = "The Idempotency-Key cannot be used"


class InsufficientScope(EdgeProblem):
    """The token was not given for this."""

    code = "insufficient_scope"
    title = "The token has not the scope for this"
    status = 403


class Unauthenticated(CallerUnknown):
    """No token was sent."""

    title = "Who is calling is not known"


class MethodNotAllowed(EdgeProblem):
    """The resource exists and does not do this."""

    code = "method_not_allowed"
    title = "This resource does not do that"
    status = 405


class RequestTimeout(EdgeProblem):
    """The body did not come in time."""

    code = "request_timeout"
    title = "The request took too long to arrive"
    status = 408


class PayloadTooLarge(EdgeProblem):
    """The body is larger than is taken."""

    code = "payload_too_large"
    title = "The body is too large"
    status = 413


class UnsupportedMediaType(EdgeProblem):
    """The body is not JSON."""

    code = "unsupported_media_type"
    title = "The body must be JSON"
    status = 415


class InvalidContent(EdgeProblem):
    """The content is not of the shape that the schema gives."""

    code = "invalid_content"
    title = "The content is not valid"
    status = 422


class PreconditionRequired(EdgeProblem):
    """A change does not say which version it was decided on."""

    code = "precondition_required"
    title = "If-Match is needed"
    status = 428


class TooManyRequests(EdgeProblem):
    """The caller asks too much at a time."""

    code = "too_many_requests"
    title = "Too many requests"
    status = 429


class HeaderTooLarge(EdgeProblem):
    """The head of the request is larger than is taken."""

    code = "header_too_large"
    title = "The headers are too large"
    status = 431


class InternalError(EdgeProblem):
    """Something broke that should not; nothing was changed."""

    code = "internal_error"
    title = "Something went wrong here"
    status = 500


STATUS: dict[type[DomainError], int] = {
    NotFound: 404,
    Forbidden: 403,
    CallerUnknown: 401,
    Conflict: 409,
    StaleVersion: 412,
    Unprocessable: 422,
    Unavailable: 503,
}


def status_of(error: DomainError | type[DomainError]) -> int:
    """The status of a refusal, by the nearest kind above it that has one."""
    kind = error if isinstance(error, type) else type(error)
    if issubclass(kind, EdgeProblem):
        return kind.status
    return next((STATUS[above] for above in kind.__mro__ if above in STATUS), 400)


def registry() -> dict[str, type[DomainError]]:
    """Every problem by its code."""
    return {kind.code: kind for kind in sorted(_leaves(DomainError), key=lambda kind: kind.code)}


def _leaves(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    for below in kind.__subclasses__():
        yield below
        yield from _leaves(below)


def problem(request: Request, error: DomainError, *, errors: list[dict[str, Any]] | None = None) -> JSONResponse:
    """The answer to a refused request."""
    status = status_of(error)
    content: dict[str, Any] = {
        "type": f"{request.base_url}problems/{error.code}",
        "title": error.title,
        "status": status,
        "detail": error.detail,
        "code": error.code,
        "request_id": getattr(request.state, "request_id", ""),
    }
    pointed = errors or ([{"pointer": error.pointer, "detail": error.detail}] if error.pointer else [])
    if pointed:
        content["errors"] = pointed
    return JSONResponse(content, status, headers=_headers(request, status), media_type=MEDIA_TYPE)


def _headers(request: Request, status: int) -> Mapping[str, str]:
    if status == 401:  # noqa: PLR2004 - this is the module of status codes
        metadata = f"{request.base_url}.well-known/oauth-protected-resource"
        return {"WWW-Authenticate": f'Bearer resource_metadata="{metadata}"'}
    if status in {409, 429, 503}:
        return {"Retry-After": RETRY_AFTER_SECONDS}
    return {}


def install_problem_handlers(app: FastAPI) -> None:
    """Answer every refusal, expected or not, as a problem."""

    @app.exception_handler(DomainError)
    async def refused(request: Request, error: DomainError) -> JSONResponse:
        return problem(request, error)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        found = [
            {"pointer": _pointer(one["loc"]), "code": one["type"], "detail": one["msg"]} for one in error.errors()[:50]
        ]
        return problem(request, InvalidContent("Put right what `errors` lists, and send it again."), errors=found)

    @app.exception_handler(HTTPException)
    async def refused_by_framework(request: Request, error: HTTPException) -> JSONResponse:
        if error.status_code == 405:  # noqa: PLR2004
            answer = problem(request, MethodNotAllowed("Use one of the methods that Allow lists."))
            answer.headers["Allow"] = ", ".join(sorted(_methods(app, request)))
            return answer
        if error.status_code == 404:  # noqa: PLR2004
            return problem(request, NotFound("There is nothing under this address. The addresses are listed at /docs."))
        return problem(request, UnreadableBody("The body cannot be read as JSON. Check it and send it again."))

    @app.exception_handler(Exception)
    async def broken(request: Request, _error: Exception) -> JSONResponse:
        return problem(request, InternalError("Nothing was changed. Tell the operator the request_id."))


def _pointer(location: tuple[int | str, ...]) -> str:
    """A JSON pointer for the body, or `query/…` and `header/…`."""
    where, *rest = location
    path = "/" + "/".join(str(part).replace("~", "~0").replace("/", "~1") for part in rest)
    return path if where == "body" else f"{where}{path}"


def _methods(app: FastAPI, request: Request) -> set[str]:
    methods: set[str] = set()
    for route in app.routes:
        match, _ = route.matches(request.scope)
        if match is not Match.NONE:
            methods |= set(getattr(route, "methods", None) or ())
    return methods
