"""Whether this process lives, whether it can serve, what it is and what it has counted. None of it needs a token."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import Field

from app.api.middleware.metrics import MEDIA_TYPE
from app.api.openapi.operation import operation
from app.api.v1.schemas.types import Output

UNAVAILABLE = 503


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check has found: whether it is right, and if not, what is wrong and how it is mended."""

    ok: bool
    detail: str = ""


Check = Callable[[], Awaitable[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What runs here."""

    version: str
    commit: str
    mode: str


class LiveRead(Output):
    """That the process answers."""

    status: Annotated[str, Field(max_length=8, description="Always `live`.", examples=["live"])]


class CheckRead(Output):
    """One thing that serving stands on."""

    name: Annotated[str, Field(max_length=64, examples=["database"])]
    ok: bool
    detail: Annotated[str, Field(max_length=500, description="What is wrong and how it is mended; empty if nothing.")]


class ReadyRead(Output):
    """Whether requests can be served, and if not, why."""

    ready: bool
    checks: Annotated[list[CheckRead], Field(max_length=50)]


class VersionRead(Output):
    """What runs here."""

    version: Annotated[str, Field(max_length=32, examples=["0.1.0"])]
    commit: Annotated[str, Field(max_length=64, description="Empty where it is not known.", examples=["7855ec2"])]
    mode: Annotated[str, Field(max_length=16, description="`production` or `sandbox`.", examples=["sandbox"])]


def health_router(checks: Callable[[], Mapping[str, Check]], *, about: About, check_seconds: float = 3.0) -> APIRouter:
    """The routes, over checks that are asked for at each call, when the application has started."""
    router = APIRouter(tags=["Health"])

    @router.get("/livez", **operation("check_liveness"))
    async def check_liveness() -> LiveRead:
        """Say that the process answers. Restart it when it does not; nothing else is looked at."""
        return LiveRead(status="live")

    @router.get("/readyz", response_model=ReadyRead, **operation("check_readiness"))
    async def check_readiness() -> JSONResponse:
        """Say whether requests can be served: 200 if all checks are right, else 503 and what is wrong."""
        found = await run_checks(checks(), seconds=check_seconds)
        return JSONResponse(found.model_dump(), 200 if found.ready else UNAVAILABLE)

    @router.get("/version", **operation("get_version"))
    async def get_version() -> VersionRead:
        """Say what runs here."""
        return VersionRead(version=about.version, commit=about.commit, mode=about.mode)

    @router.get("/metrics", include_in_schema=False)
    async def get_metrics(request: Request) -> Response:
        return Response(request.app.state.metrics.exposition(), media_type=MEDIA_TYPE)

    return router


async def run_checks(checks: Mapping[str, Check], *, seconds: float) -> ReadyRead:
    """Run all checks at once, none for longer than the given time."""
    found = await asyncio.gather(*(_found_by(check, seconds) for check in checks.values()))
    shown = [CheckRead(name=name, ok=one.ok, detail=one.detail[:500]) for name, one in zip(checks, found, strict=True)]
    return ReadyRead(ready=all(one.ok for one in found), checks=shown)


async def _found_by(check: Check, seconds: float) -> Finding:
    try:
        async with asyncio.timeout(seconds):
            return await check()
    except TimeoutError:
        return Finding(ok=False, detail=f"No answer within {seconds:g} seconds.")
    except Exception as failure:  # noqa: BLE001 - whatever a check stumbles over is its finding
        return Finding(ok=False, detail=f"The check itself broke: {type(failure).__name__}.")
