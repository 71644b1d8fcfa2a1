"""How a client proves who it is: a secret compared by digest, or an assertion signed with its registered key."""

from datetime import datetime
from uuid import UUID

from app.adapters.crypto import verify_secret
from app.adapters.jwt import Algorithm, ClientAssertions, KeyRefused, TokenRefused, client_named_in, key_set
from app.services.ports.client import Client


class JwtClientProofs:
    """Checks secrets and signed assertions."""

    def __init__(self, token_endpoint: str) -> None:
        self._assertions = ClientAssertions(token_endpoint)

    def is_secret(self, secret: str, client: Client) -> bool:
        """Say whether it is the client's secret, in constant time."""
        return client.secret_digest is not None and verify_secret(secret, client.secret_digest)

    def assertion_client(self, assertion: str) -> UUID | None:
        """The client that an assertion claims to come from."""
        try:
            return UUID(client_named_in(assertion))
        except (TokenRefused, ValueError):
            return None

    def assertion_id(self, assertion: str, client: Client, *, at: datetime) -> tuple[str, datetime] | None:
        """The single-use id of a good assertion, and how long it holds."""
        if client.jwks is None:
            return None
        try:
            keys = key_set(client.jwks, algorithm=Algorithm.ES256)
            proof = self._assertions.verify(
                assertion, client_id=str(client.id), keys=keys, algorithm=Algorithm.ES256, at=at
            )
        except (KeyRefused, TokenRefused):
            return None
        return f"{client.id}/{proof.token_id}", proof.expires_at
