"""Clients of the token endpoint, read before anybody is a caller: no person stands in these tables."""

from datetime import datetime
from uuid import UUID

from app.adapters.postgres.database import Database
from app.adapters.postgres.errors import translated
from app.domain.shared.access import Role
from app.services.ports.client import Client

_CLIENT = """
SELECT c.id, c.account_id, c.scopes, c.secret_digest, c.jwks,
       (SELECT coalesce(array_agg(DISTINCT m.role), '{}') FROM membership m WHERE m.account_id = c.account_id) AS roles
FROM client c JOIN account a ON a.id = c.account_id
WHERE c.id = $1 AND c.disabled_at IS NULL AND a.disabled_at IS NULL
"""
_USE_ONCE = "INSERT INTO revocation (token_id, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING token_id"


class PostgresClients:
    """Clients in PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, client_id: UUID) -> Client | None:
        """The client, unless it is unknown or closed."""
        with translated():
            row = await self._database.pool.fetchrow(_CLIENT, client_id)
        if row is None:
            return None
        return Client(
            id=row["id"],
            account_id=row["account_id"],
            scopes=frozenset(row["scopes"]),
            roles=frozenset(Role(role) for role in row["roles"]),
            secret_digest=row["secret_digest"],
            jwks=row["jwks"],
        )

    async def use_once(self, token_id: str, *, until: datetime) -> bool:
        """Remember the id among those that must not be honoured again."""
        with translated():
            return await self._database.pool.fetchval(_USE_ONCE, token_id, until) is not None
