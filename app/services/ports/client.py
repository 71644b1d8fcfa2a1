"""Clients of the token endpoint, and the single use of what proves them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.domain.shared.access import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A program that may ask for tokens in its own name."""

    id: UUID
    account_id: UUID
    scopes: frozenset[str]
    roles: frozenset[Role]
    secret_digest: bytes | None = field(default=None, repr=False)
    jwks: dict[str, object] | None = field(default=None, repr=False)


class Clients(Protocol):
    """All clients of a deployment."""

    async def find(self, client_id: UUID) -> Client | None:
        """The client, unless it is unknown or closed."""
        ...

    async def use_once(self, token_id: str, *, until: datetime) -> bool:
        """Remember what must not be used twice; False if it has been used."""
        ...


class ClientProofs(Protocol):
    """Checks how a client proves who it is."""

    def is_secret(self, secret: str, client: Client) -> bool:
        """Say whether it is the client's secret, in constant time."""
        ...

    def assertion_client(self, assertion: str) -> UUID | None:
        """The client that a signed assertion claims to come from."""
        ...

    def assertion_id(self, assertion: str, client: Client, *, at: datetime) -> tuple[str, datetime] | None:
        """The single-use id of a good assertion of this client, and how long it holds; None if it proves nothing."""
        ...
