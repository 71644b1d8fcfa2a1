"""What others need to trust our tokens and receipts, under the addresses where standards look for it (RFC 8615)."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import Field

from app.api.dependencies import ports_of
from app.api.v1.schemas.types import Output
from app.domain.shared.authz import Scope

router = APIRouter(prefix="/.well-known", tags=["Tokens"])

KEPT: Mapping[str, str] = {"Cache-Control": "public, max-age=300"}
Url = Annotated[str, Field(max_length=500, examples=["https://yian.example"])]
Scopes = Annotated[
    list[Annotated[str, Field(max_length=64)]], Field(max_length=200, description="What tokens may be given for.")
]


class KeyRead(Output):
    """A public key on the curve P-256, as a JSON Web Key (RFC 7517)."""

    kty: Annotated[str, Field(max_length=8, description="Always `EC`.", examples=["EC"])]
    crv: Annotated[str, Field(max_length=16, description="Always `P-256`.", examples=["P-256"])]
    x: Annotated[str, Field(max_length=64, description="The first coordinate, base64url.")]
    y: Annotated[str, Field(max_length=64, description="The second coordinate, base64url.")]
    kid: Annotated[str, Field(max_length=64, description="What the header of a signature calls the key.")]
    alg: Annotated[str, Field(max_length=16, description="Always `ES256`.", examples=["ES256"])]
    use: Annotated[str, Field(max_length=8, description="Always `sig`.", examples=["sig"])]


class KeySetRead(Output):
    """Keys by which signatures of ours are checked (RFC 7517, 5)."""

    keys: Annotated[list[KeyRead], Field(max_length=100, description="The one in use.")]


class ReceiptIssuerRead(Output):
    """Who signs our receipts (SD-JWT VC, JWT VC issuer metadata)."""

    issuer: Annotated[Url, Field(description="Who signs, and where that is.")]
    jwks_uri: Annotated[Url, Field(description="Where the keys are.")]


class ProtectedResourceRead(Output):
    """Who gives tokens for this API, and for what (RFC 9728)."""

    resource: Annotated[Url, Field(description="This API.")]
    authorization_servers: Annotated[list[Url], Field(max_length=10, description="Who gives tokens.")]
    scopes_supported: Scopes
    bearer_methods_supported: Annotated[
        list[Annotated[str, Field(max_length=16)]], Field(max_length=3, description="Always `header`.")
    ]


class AuthorizationServerRead(Output):
    """How tokens are got here (RFC 8414)."""

    issuer: Annotated[Url, Field(description="Who signs, and where that is.")]
    token_endpoint: Annotated[Url, Field(description="Where tokens are asked for.")]
    jwks_uri: Annotated[Url, Field(description="Where the keys are.")]
    grant_types_supported: Annotated[
        list[Annotated[str, Field(max_length=64)]], Field(max_length=10, description="Always `client_credentials`.")
    ]
    response_types_supported: Annotated[
        list[Annotated[str, Field(max_length=64)]], Field(max_length=10, description="None: nobody signs in here.")
    ]
    token_endpoint_auth_methods_supported: Annotated[
        list[Annotated[str, Field(max_length=64)]], Field(max_length=10, description="How a client proves who it is.")
    ]
    token_endpoint_auth_signing_alg_values_supported: Annotated[
        list[Annotated[str, Field(max_length=16)]], Field(max_length=10, description="How an assertion is signed.")
    ]
    scopes_supported: Scopes


@router.get("/jwks.json", response_model=KeySetRead, operation_id="list_signing_keys")
async def list_signing_keys(request: Request) -> JSONResponse:
    """List the keys by which our tokens and receipts are checked."""
    return JSONResponse(ports_of(request).tokens.public_keys(), headers=KEPT)


@router.get("/jwt-vc-issuer", operation_id="describe_receipt_issuer")
async def describe_receipt_issuer(request: Request, response: Response) -> ReceiptIssuerRead:
    """Say where the keys are by which our receipts are checked (SD-JWT VC)."""
    response.headers.update(KEPT)
    issuer = ports_of(request).issuer
    return ReceiptIssuerRead(issuer=issuer, jwks_uri=_keys_of(issuer))


@router.get("/oauth-protected-resource", operation_id="describe_protected_resource")
async def describe_protected_resource(request: Request) -> ProtectedResourceRead:
    """Say who gives tokens for this API, and for what (RFC 9728)."""
    issuer = ports_of(request).issuer
    return ProtectedResourceRead(
        resource=issuer,
        authorization_servers=[issuer],
        scopes_supported=[scope.value for scope in Scope],
        bearer_methods_supported=["header"],
    )


@router.get("/oauth-authorization-server", operation_id="describe_authorization_server")
async def describe_authorization_server(request: Request) -> AuthorizationServerRead:
    """Say how tokens are got here (RFC 8414)."""
    issuer = ports_of(request).issuer
    return AuthorizationServerRead(
        issuer=issuer,
        token_endpoint=f"{issuer}/oauth/token",
        jwks_uri=_keys_of(issuer),
        grant_types_supported=["client_credentials"],
        response_types_supported=[],
        token_endpoint_auth_methods_supported=["private_key_jwt", "client_secret_basic", "client_secret_post"],
        token_endpoint_auth_signing_alg_values_supported=["ES256"],
        scopes_supported=[scope.value for scope in Scope],
    )


def _keys_of(issuer: str) -> str:
    return f"{issuer}/.well-known/jwks.json"
