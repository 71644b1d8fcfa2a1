"""Use case: a client proves who it is and gets a token (OAuth 2.0 client credentials, RFC 6749, 4.4)."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from app.domain.shared.errors import DomainError
from app.services.ports.client import Client, ClientProofs, Clients
from app.services.ports.tokens import Claims, Tokens


class InvalidClient(DomainError):
    """The client is unknown, or does not prove who it is. Both answer alike."""

    code = "invalid_client"
    title = "The client is not known"


class InvalidScope(DomainError):
    """The client asks for more than it was given."""

    code = "invalid_scope"
    title = "The scope is not open to this client"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What a client sends to prove who it is: a secret, or a signed assertion."""

    client_id: UUID | None
    secret: str | None = field(default=None, repr=False)
    assertion: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A token and what it is good for."""

    access_token: str = field(repr=False)
    expires_in_seconds: int
    scopes: frozenset[str]


async def grant_token(
    credentials: Credentials,
    *,
    asked: frozenset[str],
    clients: Clients,
    proofs: ClientProofs,
    tokens: Tokens,
    token_id: UUID,
    at: datetime,
    lifetime_seconds: int,
) -> Grant:
    """Give a token for the scopes that were asked for, or for all that are the client's.

    Raises:
        InvalidClient: the client does not prove who it is.
        InvalidScope: a scope is not the client's.
    """
    client = await _proven(credentials, clients=clients, proofs=proofs, at=at)
    if unknown := sorted(asked - client.scopes):
        raise InvalidScope(f"This client has no scope {', '.join(unknown)}.")
    scopes = asked or client.scopes
    claims = Claims(
        subject=client.account_id, client_id=client.id, roles=client.roles, scopes=scopes, token_id=str(token_id)
    )
    token = tokens.mint(claims, at=at, lifetime_seconds=lifetime_seconds)
    return Grant(access_token=token, expires_in_seconds=lifetime_seconds, scopes=scopes)


async def _proven(credentials: Credentials, *, clients: Clients, proofs: ClientProofs, at: datetime) -> Client:
    named = proofs.assertion_client(credentials.assertion) if credentials.assertion else credentials.client_id
    client = await clients.find(named) if named else None
    if client is not None and credentials.assertion:
        proof = proofs.assertion_id(credentials.assertion, client, at=at)
        if proof is not None and await clients.use_once(proof[0], until=proof[1]):
            return client
    elif client is not None and credentials.secret and proofs.is_secret(credentials.secret, client):
        return client
    raise InvalidClient("The client is not known, or its proof does not hold.")
