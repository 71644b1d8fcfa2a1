"""Routes that read strictly: the schema names all that may be sent, and JSON is read once and in one way only.

Routers are declared with FastAPI's own `APIRouter`; `serve` takes their routes over one by one. That leaves the
application with one flat list, which the description is made from: nested routers would match every request twice at
every level. In front of the list stands what finds a route by the noun of its path, so that none is found later than
another because it is declared later.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterable, Sequence
from typing import Any, get_args, get_origin
from urllib.parse import parse_qsl
from uuid import UUID

from fastapi import APIRouter, FastAPI, Request, Response, params
from fastapi.dependencies.utils import get_flat_params
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send
from typing_extensions import override

from app.api.dependencies import caller_of
from app.api.language import language_of
from app.api.pagination import with_link
from app.api.preconditions import is_unchanged, unchanged
from app.api.problems import InvalidContent, UnsupportedMediaType
from app.api.problems.faults import MALFORMED_QUERY, NOT_UUID, REPEATED, UNKNOWN_PARAMETER, Finding
from app.api.problems.kinds import Fault
from app.api.quotas import count
from app.api.strict_json import parse
from app.domain.shared.authz import OPERATIONS

MAX_QUERY_PARAMETERS = 50
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_JSON = re.compile(r"application/json\s*(;\s*charset=\"?utf-8\"?\s*)?", re.IGNORECASE)
_KEPT = (
    *("response_model", "status_code", "response_class", "responses", "response_description"),
    *("operation_id", "name", "summary", "description", "tags", "deprecated", "include_in_schema", "openapi_extra"),
    *("methods", "dependencies"),
)
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class StrictRoute(APIRoute):
    """A route that takes what its schema names and nothing else."""

    @override
    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()
        requirements = _Requirements(self)
        operation = self.operation_id if self.operation_id in OPERATIONS else None

        async def strictly(request: Request) -> Response:
            if operation:
                # Who may not do it learns nothing else, and nothing of it is read; and who may, not without end.
                count(request, caller_of(request, operation))
            if faults := requirements.faults_of(request):
                raise InvalidContent("Put right what `errors` lists, and send it again.", faults=faults)
            if requirements.has_json_body:
                request = await _read(request)
            elif requirements.has_body:
                await request.body()  # here its limits are refused as what they are; FastAPI would call all of it 400
            response = await handle(request)
            if is_unchanged(request, response):
                return unchanged(response)
            return with_link(request, response) if requirements.gives_pages else response

        return strictly


class RoutesByNoun(BaseRoute):
    """The way to the few routes whose noun stands first in the path, after the prefix; the rest is left to the list."""

    def __init__(self, routes: Iterable[APIRoute], *, prefix: str) -> None:
        self._prefix = f"{prefix}/"
        self._routes: defaultdict[str, list[APIRoute]] = defaultdict(list)
        for route in routes:
            self._routes[self._noun_of(route.path)].append(route)

    @override
    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        found: tuple[Match, Scope] = Match.NONE, {}
        for route in self._routes.get(self._noun_of(scope["path"]), ()):
            match, child_scope = route.matches(scope)
            if match is Match.FULL:
                return match, child_scope
            if found[0] is Match.NONE:
                found = match, child_scope
        return found

    @override
    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        await scope["route"].handle(scope, receive, send)

    def _noun_of(self, path: str) -> str:
        return path.removeprefix(self._prefix).partition("/")[0]


def serve(app: FastAPI, routers: Iterable[APIRouter], *, prefix: str = "") -> None:
    """Let the application serve the routes of the routers under the prefix, strictly."""
    app.router.redirect_slashes = False  # an address with one stroke too many is another address
    before = len(app.router.routes)
    for router in routers:
        for route in router.routes:
            assert isinstance(route, APIRoute)  # routers hold nothing else here
            kept = {name: getattr(route, name) for name in _KEPT}
            app.router.add_api_route(prefix + route.path, route.endpoint, route_class_override=StrictRoute, **kept)
    served = [route for route in app.router.routes[before:] if isinstance(route, StrictRoute)]
    app.router.routes.insert(0, RoutesByNoun(served, prefix=prefix))


class _Read(Request):
    """A request whose body has been read strictly; FastAPI gets that reading and makes none of its own."""

    value: object

    @override
    async def json(self) -> object:
        return self.value


async def _read(request: Request) -> Request:
    read = _Read(request.scope, request.receive)
    if body := await read.body():
        if not _JSON.fullmatch(request.headers.get("content-type", "")):
            raise UnsupportedMediaType("Send the body with `Content-Type: application/json`, in UTF-8.")
        read.value = parse(body)
    return read


class _Requirements:
    """What a route lets in, worked out once."""

    def __init__(self, route: APIRoute) -> None:
        fields = get_flat_params(route.dependant)
        query = [field for field in fields if isinstance(field.field_info, params.Query)]
        self._known = frozenset(field.alias for field in query)
        self._lists = frozenset(field.alias for field in query if _is_list(field.field_info.annotation))
        self._ids = tuple(
            field.alias
            for field in fields
            if isinstance(field.field_info, params.Path) and field.field_info.annotation is UUID
        )
        self.gives_pages = "next_cursor" in getattr(route.response_model, "model_fields", ())
        body = route.body_field
        self.has_body = body is not None
        self.has_json_body = body is not None and not isinstance(body.field_info, params.Form)

    def faults_of(self, request: Request) -> Sequence[Fault]:
        """What is wrong with the address."""
        found: list[tuple[str, Finding]] = []
        if self._ids:
            values = request.path_params
            found += [(f"path/{name}", NOT_UUID) for name in self._ids if not _UUID.fullmatch(str(values[name]))]
        if query := request.scope["query_string"]:
            found += self._in_query(query)
        return [finding.at(pointer, language_of(request.headers)) for pointer, finding in found]

    def _in_query(self, query: bytes) -> list[tuple[str, Finding]]:
        try:
            sent = [name for name, _ in _pairs(query)]
        except ValueError:
            return [("query", MALFORMED_QUERY)]
        unknown = [(f"query/{name}", UNKNOWN_PARAMETER) for name in sorted({*sent} - self._known)]
        repeated = {name for name in self._known - self._lists if sent.count(name) > 1}
        return unknown + [(f"query/{name}", REPEATED) for name in sorted(repeated)]


def _is_list(annotation: object) -> bool:
    return get_origin(annotation) is list or any(_is_list(option) for option in get_args(annotation))


def _pairs(query: bytes) -> list[tuple[str, str]]:
    pairs = parse_qsl(
        query.decode("ascii"),
        keep_blank_values=True,
        strict_parsing=True,
        errors="strict",
        max_num_fields=MAX_QUERY_PARAMETERS,
    )
    if any("\0" in part for pair in pairs for part in pair):
        raise ValueError("NUL")
    return pairs
