"""Tokens as the API sees them: what one claims, and how a client gets one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.domain.shared.access import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What a token with a good signature says; still to be confirmed by the database."""

    subject: UUID
    client_id: UUID
    roles: frozenset[Role]
    scopes: frozenset[str]
    token_id: str
    purpose: str | None = None


class Tokens(Protocol):
    """Reads and makes access tokens."""

    def claims_of(self, token: str, *, at: datetime) -> Claims:
        """What the token claims.

        Raises:
            CallerUnknown: the token cannot be accepted.
        """
        ...

    def mint(self, claims: Claims, *, at: datetime, lifetime_seconds: int) -> str:
        """Sign a token that claims just this."""
        ...

    def public_keys(self) -> dict[str, object]:
        """The JWK set by which others check what we sign."""
        ...
