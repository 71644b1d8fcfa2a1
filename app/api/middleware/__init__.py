"""What every request passes through before its route: two plain ASGI layers, and what they write down."""

from collections.abc import Callable
from uuid import uuid4

from fastapi import FastAPI

from app.api.middleware.limits import Limited, Limits
from app.api.middleware.metrics import Metrics
from app.api.middleware.observation import Observed

__all__ = ["install_middleware"]

MEBIBYTE = 1024 * 1024


def install_middleware(
    app: FastAPI,
    *,
    body_bytes: int = MEBIBYTE,
    body_seconds: float = 20.0,
    file_bytes: int = 10 * MEBIBYTE,
    new_request_id: Callable[[], str] = lambda: str(uuid4()),
) -> None:
    """Put the layers around the application; what they count is at `app.state.metrics`."""
    metrics = app.state.metrics = Metrics()
    app.add_middleware(Limited, limits=Limits(body_bytes=body_bytes, body_seconds=body_seconds, file_bytes=file_bytes))
    app.add_middleware(Observed, metrics=metrics, new_request_id=new_request_id)
