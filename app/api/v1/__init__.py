"""The first version of the API: a router a noun."""

from fastapi import APIRouter

from app.api.v1 import certificate, certificate_case, certificate_verification, sandbox


def routers(*, is_sandbox: bool) -> tuple[APIRouter, ...]:
    """All routers; those of the sandbox only where there is one."""
    always = (
        certificate.router,
        certificate_case.router,
        certificate_verification.router,
    )
    return (*always, sandbox.router) if is_sandbox else always
