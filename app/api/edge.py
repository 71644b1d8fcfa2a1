"""The HTTP edge put together: every route, refusal, bound and page, over ports that come later."""

from collections.abc import Callable, Mapping

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.types import Lifespan

from app.api import discovery, oauth, status_list
from app.api.health import About, Check, health_router
from app.api.middleware import MEBIBYTE, install_middleware
from app.api.openapi import install_openapi
from app.api.pages import pages_router
from app.api.problems import install_problem_handlers
from app.api.routing import serve
from app.api.standards import hsds
from app.api.v1 import routers

TITLE = "Yian 一案"
VERSION = "0.1.0"
NOT_MEASURED_TWICE: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False}
"""FastAPI's own telemetry exports whole addresses; ours knows route templates only."""


def make_edge(
    *,
    about: About,
    base_url: str = "",
    is_sandbox: bool = True,
    checks: Callable[[], Mapping[str, Check]] = dict,
    body_bytes: int = MEBIBYTE,
    file_bytes: int = 10 * MEBIBYTE,
    lifespan: Lifespan[FastAPI] | None = None,
) -> FastAPI:
    """The application as it meets the network. Before `app.state.ports` is set, it can be described but not used."""
    app = FastAPI(
        title=TITLE,
        version=about.version,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        telemetry=NOT_MEASURED_TWICE,
        lifespan=lifespan,
    )
    app.state.is_sandbox = is_sandbox
    install_problem_handlers(app, base_url=base_url)
    serve(app, [*routers(is_sandbox=is_sandbox), *hsds.ROUTERS], prefix="/v1")
    serve(app, [oauth.router, discovery.router, status_list.router, health_router(checks, about=about), pages_router()])
    install_openapi(app)
    install_middleware(app, body_bytes=body_bytes, file_bytes=file_bytes)
    return app
