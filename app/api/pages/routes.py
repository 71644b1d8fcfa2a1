"""The routes of the pages."""

from functools import partial
from secrets import token_urlsafe
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from app.api.language import Language
from app.api.openapi.document import SANDBOX_URL
from app.api.pages.assets import Asset, asset, description
from app.api.pages.rendering import PLAIN_POLICY, POLICY, rendered
from app.api.problems import registry, status_of
from app.api.problems.texts import page_text_of
from app.domain.shared.errors import DomainError, NotFound

SHORT_WHILE = "public, max-age=3600"


def pages_router() -> APIRouter:
    """The routes; none of them stands in the schema or needs a token."""
    router = APIRouter(include_in_schema=False)
    router.add_api_route("/", show_index, response_class=HTMLResponse)
    router.add_api_route("/docs", show_index, response_class=HTMLResponse)
    router.add_api_route("/docs/reference", show_reference, response_class=HTMLResponse)
    router.add_api_route("/docs/try", show_trial, response_class=HTMLResponse)
    router.add_api_route("/docs/static/{name}", send_asset)
    router.add_api_route("/openapi.json", describe)
    router.add_api_route("/problems", list_problems, response_class=HTMLResponse)
    router.add_api_route("/problems/{code}", show_problem, response_class=HTMLResponse)
    return router


async def show_index(request: Request) -> HTMLResponse:
    """What there is to read here."""
    return _page("index.html", title=request.app.title, version=request.app.version)


async def show_reference(request: Request) -> HTMLResponse:
    """The reference, to read."""
    return _page("reference.html", title=request.app.title, nonce=token_urlsafe(16))


async def show_trial(request: Request) -> HTMLResponse:
    """The reference, to try things out."""
    return _page("try.html", title=request.app.title, nonce=token_urlsafe(16))


async def describe(request: Request) -> Response:
    """The description of the API, under the deployment's own address."""
    state = request.app.state
    file = partial(description, base_url=state.base_url or SANDBOX_URL, is_sandbox=state.is_sandbox)
    return _sent(await to_thread.run_sync(file), request)


async def list_problems() -> HTMLResponse:
    """Everything that is refused, in one table."""
    return _page("problems.html", problems=[_told(kind) for kind in registry().values()])


async def show_problem(code: str) -> HTMLResponse:
    """What one refusal means, in both languages.

    Raises:
        NotFound: nothing is refused with this code.
    """
    kind = registry().get(code)
    if kind is None:
        raise NotFound("There is no problem of this code. All are listed at /problems.")
    return _page("problem.html", **_told(kind))


async def send_asset(name: str, request: Request) -> Response:
    """A file that the pages are made with.

    Raises:
        NotFound: there is none of this name.
    """
    file = asset(name)
    if file is None:
        raise NotFound("There is no such file.")
    return _sent(file, request)


def _sent(file: Asset, request: Request) -> Response:
    headers = {"ETag": file.etag, "Cache-Control": SHORT_WHILE, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(file.compressed, headers=headers | {"Content-Encoding": "gzip"}, media_type=file.media_type)
    return Response(file.content, headers=headers, media_type=file.media_type)


def _told(kind: type[DomainError]) -> dict[str, Any]:
    english, chinese = page_text_of(kind, Language.ENGLISH), page_text_of(kind, Language.CHINESE)
    return {"code": kind.code, "status": status_of(kind), "english": english, "chinese": chinese}


def _page(template: str, *, nonce: str = "", **values: object) -> HTMLResponse:
    policy = POLICY.format(nonce=nonce) if nonce else PLAIN_POLICY
    content = rendered(template, nonce=nonce, **values)
    return HTMLResponse(content, headers={"Content-Security-Policy": policy})
