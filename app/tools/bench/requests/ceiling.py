"""The bare ceiling: the same server, framework, middleware and pool, one body model and one prepared read. No more."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import APIRouter, FastAPI, Request
from pydantic import Field

from app.adapters.postgres.database import open_pool
from app.api.middleware import install_middleware
from app.api.v1.schemas.certificate_verification import CertificateVerificationRequest
from app.api.v1.schemas.types import Output
from app.settings import settings

READ = "SELECT path FROM region WHERE id = $1"
router = APIRouter()


class CeilingRead(Output):
    """The smallest answer."""

    path: Annotated[str | None, Field(max_length=100)]


@router.post("/ceiling")
async def ceiling(asked: CertificateVerificationRequest, request: Request) -> CeilingRead:
    """Read one row by its primary key, the body model being that of a verification."""
    return CeilingRead(path=await request.app.state.pool.fetchval(READ, len(asked.certificates)))


def create_app() -> FastAPI:
    """The application of the ceiling."""
    app = FastAPI(openapi_url=None, lifespan=_lifespan)
    app.include_router(router)
    install_middleware(app, body_bytes=settings().request_body_bytes)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    current = settings()
    app.state.pool = await open_pool(current.database_url.get_secret_value(), size=current.pool_size, name="ceiling")
    yield
    await app.state.pool.close()
