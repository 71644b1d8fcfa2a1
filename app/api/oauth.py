"""The token endpoint. Its refusals have OAuth's own shape (RFC 6749, 5.2)."""

import base64
import binascii
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse
from pydantic import Field

from app.api.dependencies import ports_of
from app.api.v1.schemas.types import Output
from app.services.token import Credentials, InvalidClient, InvalidScope, grant_token

router = APIRouter(tags=["Tokens"])

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
Short = Annotated[str | None, Form(max_length=512)]


class TokenRead(Output):
    """An access token."""

    access_token: Annotated[str, Field(max_length=8192)]
    token_type: Annotated[str, Field(max_length=16, description="Always `Bearer`.")]
    expires_in: Annotated[int, Field(ge=1, le=86_400, description="Seconds.")]
    scope: Annotated[str, Field(max_length=2000, description="Scopes, separated by spaces.")]


class OAuthRefusal(Output):
    """Why no token is given, in OAuth's own form (RFC 6749, 5.2)."""

    error: Annotated[str, Field(max_length=64, description="Code of OAuth.", examples=["invalid_client"])]
    error_description: Annotated[str, Field(max_length=500, description="What to do.")]


REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {"model": OAuthRefusal, "description": "The request is not one for a token, or asks for more than is open."},
    401: {"model": OAuthRefusal, "description": "The client does not prove who it is."},
}


@router.post("/oauth/token", response_model=TokenRead, operation_id="grant_token", responses=REFUSALS)
async def grant(
    request: Request,
    *,
    grant_type: Annotated[str, Form(max_length=64)] = "",
    scope: Annotated[str, Form(max_length=2000)] = "",
    client_id: Short = None,
    client_secret: Short = None,
    client_assertion_type: Short = None,
    client_assertion: Annotated[str | None, Form(max_length=8192)] = None,
) -> JSONResponse:
    """Give a client a token for its credentials: a secret, or an assertion signed with its registered key."""
    if grant_type != "client_credentials":
        return _refused("unsupported_grant_type", "Send grant_type=client_credentials.")
    if client_assertion and client_assertion_type != ASSERTION_TYPE:
        return _refused("invalid_request", f"Send client_assertion_type={ASSERTION_TYPE}.")
    named, secret = _basic(request) or (client_id, client_secret)
    ports = ports_of(request)
    ports.quotas.token_request(_uuid(named))
    try:
        granted = await grant_token(
            Credentials(client_id=_uuid(named), secret=secret, assertion=client_assertion),
            asked=frozenset(scope.split()),
            clients=ports.clients,
            proofs=ports.proofs,
            tokens=ports.tokens,
            token_id=ports.new_id(),
            at=ports.real_time(),
            lifetime_seconds=ports.token_lifetime_seconds,
        )
    except InvalidClient as refusal:
        return _refused(refusal.code, refusal.detail, status=401)
    except InvalidScope as refusal:
        return _refused(refusal.code, refusal.detail)
    token = TokenRead(
        access_token=granted.access_token,
        token_type="Bearer",  # noqa: S106 - the name of a scheme
        expires_in=granted.expires_in_seconds,
        scope=" ".join(sorted(granted.scopes)),
    )
    return JSONResponse(token.model_dump(), headers={"Cache-Control": "no-store"})


def _basic(request: Request) -> tuple[str | None, str | None] | None:
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None, None
    return name, secret


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _refused(error: str, description: str, *, status: int = 400) -> JSONResponse:
    headers = {"Cache-Control": "no-store"} | ({"WWW-Authenticate": "Basic"} if status == 401 else {})  # noqa: PLR2004
    return JSONResponse({"error": error, "error_description": description}, status, headers)
