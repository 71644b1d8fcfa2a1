"""Where the framework hands refusals over: every one, expected or not, is answered as a problem."""

from collections.abc import Iterable

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from app.api.language import language_of
from app.api.problems.answer import problem_response
from app.api.problems.faults import faults_of
from app.api.problems.kinds import (
    InvalidContent,
    MethodNotAllowed,
    PayloadTooLarge,
    UnreadableBody,
    UnsupportedMediaType,
)
from app.domain.shared.errors import DomainError, NotFound

NOT_FOUND, METHOD_NOT_ALLOWED, PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE = 404, 405, 413, 415


def install_problem_handlers(app: FastAPI, *, base_url: str = "") -> None:
    """Answer every refusal as a problem whose `type` is under the deployment's own address."""
    app.state.base_url = base_url.rstrip("/")

    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, DomainError)  # it is registered for nothing else
        return problem_response(request, error)

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # it is registered for nothing else
        faults = faults_of(error.errors(), language_of(request.headers))
        return problem_response(
            request, InvalidContent("Put right what `errors` lists, and send it again.", faults=faults)
        )

    async def refused_by_framework(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # it is registered for nothing else
        answer = problem_response(request, _ours(error))
        if error.status_code == METHOD_NOT_ALLOWED:
            answer.headers["Allow"] = ", ".join(sorted(_methods(app, request)))
        return answer

    app.add_exception_handler(DomainError, refused)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, refused_by_framework)


def _ours(error: HTTPException) -> DomainError:
    if error.status_code == NOT_FOUND:
        return NotFound("There is nothing under this address. All addresses are listed at /docs.")
    if error.status_code == METHOD_NOT_ALLOWED:
        return MethodNotAllowed("Use one of the methods that Allow lists.")
    if error.status_code == PAYLOAD_TOO_LARGE:
        return PayloadTooLarge("Send less at a time.")
    if error.status_code == UNSUPPORTED_MEDIA_TYPE:
        return UnsupportedMediaType("Send the body as application/json.")
    return UnreadableBody("The body cannot be read. Check it against the schema and send it again.")


def _methods(app: FastAPI, request: Request) -> Iterable[str]:
    """All methods under the request's path, whichever routes they are of; a word in a path is not taken for an id."""
    found: dict[str, set[str]] = {}
    for route in iter_route_contexts(app.router.routes):
        if route.path and compile_path(route.path)[0].match(request.scope["path"]):
            found.setdefault(route.path, set()).update(route.methods or ())
    fewest = min((template.count("{") for template in found), default=0)
    return set[str]().union(*(methods for template, methods in found.items() if template.count("{") == fewest))
