"""Access tokens for the API: read by the profile of their issuer, minted with our own key."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from app.adapters.jwt import (
    Profile,
    Reason,
    TokenRefused,
    TokenSigner,
    TokenVerifier,
    own_profile,
)
from app.domain.shared.access import Role
from app.services.ports.caller import CallerUnknown
from app.services.ports.tokens import Claims

REMEMBERED = 10_000
"""Of how many accounts the id is kept: a token comes with every request."""


class JwtTokens:
    """Our own tokens and those of the issuers that a deployment trusts."""

    def __init__(
        self,
        *,
        issuer: str,
        signing_key: Mapping[str, Any],
        trusted: Iterable[Profile],
        own_lifetime_seconds: int,
    ) -> None:
        self._issuer = issuer
        self._signer = TokenSigner(issuer, issuer, signing_key)
        keys = {jwk["kid"]: jwk for jwk in self._signer.public_jwks()["keys"]}
        own = own_profile(issuer=issuer, audience=issuer, keys=keys, max_lifetime_seconds=own_lifetime_seconds)
        self._verifier = TokenVerifier({**{profile.issuer: profile for profile in trusted}, issuer: own})
        self.on_unknown_key: Callable[[], None] = lambda: None
        """Called when a token of a trusted issuer names a key that is not loaded."""

    def claims_of(self, token: str, *, at: datetime) -> Claims:
        """What the token claims.

        Raises:
            CallerUnknown: it is not to be believed. Why not stays with us: it would only help who forges.
        """
        try:
            verified = self._verifier.verify(token, at=at)
        except TokenRefused as refused:
            if refused.reason is Reason.KEY:
                self.on_unknown_key()
            raise CallerUnknown(
                "The access token is not valid, or no more. Ask POST /oauth/token for another."
            ) from None
        if verified.actor is not None:
            # Rights on behalf of another are the intersection of both people's, which nothing here weighs yet.
            raise CallerUnknown("Tokens on behalf of another are not accepted here. Send the person's own.")
        return Claims(
            subject=self._account_of(verified.issuer, verified.subject),
            client_id=self._account_of(verified.issuer, verified.client_id or verified.subject),
            roles=_known_roles(verified.roles),
            scopes=verified.scopes,
            token_id=verified.token_id,
            purpose=verified.purpose,
        )

    def mint(self, claims: Claims, *, at: datetime, lifetime_seconds: int) -> str:
        """Sign a token that claims just this."""
        return self._signer.mint(
            subject=str(claims.subject),
            client_id=str(claims.client_id),
            roles=[role.value for role in claims.roles],
            scopes=claims.scopes,
            token_id=claims.token_id,
            at=at,
            lifetime_seconds=lifetime_seconds,
            purpose=claims.purpose,
        )

    def replace_keys(self, issuer: str, keys: Mapping[str, Mapping[str, Any]]) -> None:
        """Believe an issuer's tokens by these keys and no others from now on."""
        self._verifier.replace_keys(issuer, keys)

    def public_keys(self) -> dict[str, object]:
        """The JWK set by which others check what we sign."""
        return self._signer.public_jwks()

    def _account_of(self, issuer: str, subject: str) -> UUID:
        """Our account of somebody: the id itself in our own tokens, derived from both names in those of others."""
        if issuer == self._issuer:
            return _own_account(subject)
        return _derived_account(issuer, subject)


@lru_cache(maxsize=REMEMBERED)
def _own_account(subject: str) -> UUID:
    return UUID(subject)


@lru_cache(maxsize=REMEMBERED)
def _derived_account(issuer: str, subject: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"{issuer}#{subject}")


@lru_cache(maxsize=REMEMBERED)
def _known_roles(names: frozenset[str]) -> frozenset[Role]:
    """Roles of other systems that we do not know grant nothing here."""
    known = {role.value for role in Role}
    return frozenset(Role(name) for name in names if name in known)
