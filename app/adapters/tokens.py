"""Access tokens for the API: read by the profile of their issuer, minted with our own key."""

import contextlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from app.adapters.jwt import (
    Algorithm,
    Profile,
    TokenRefused,
    TokenSigner,
    TokenVerifier,
    VerifiedToken,
    key_set,
    own_profile,
)
from app.adapters.jwt.profile import OWN_MAX_LIFETIME_SECONDS
from app.domain.shared.access import Role
from app.services.ports.caller import CallerUnknown
from app.services.ports.tokens import Claims


class JwtTokens:
    """Our own tokens and those of the issuers that a deployment trusts."""

    def __init__(
        self,
        *,
        issuer: str,
        signing_key: Mapping[str, Any],
        trusted: Mapping[str, Profile],
        own_lifetime_seconds: int,
    ) -> None:
        self._issuer = issuer
        self._signer = TokenSigner(issuer, issuer, signing_key)
        keys = {jwk["kid"]: jwk for jwk in self._signer.public_jwks()["keys"]}
        own = own_profile(issuer=issuer, audience=issuer, keys=keys, max_lifetime_seconds=own_lifetime_seconds)
        self._verifier = TokenVerifier({**trusted, issuer: own})

    def claims_of(self, token: str, *, at: datetime) -> Claims:
        """What the token claims.

        Raises:
            CallerUnknown: it is not to be believed. Why not stays with us: it would only help who forges.
        """
        try:
            verified = self._verifier.verify(token, at=at)
        except TokenRefused:
            raise CallerUnknown(
                "The access token is not valid, or no more. Ask POST /oauth/token for another."
            ) from None
        if verified.actor is not None:
            # Rights on behalf of another are the intersection of both people's, which nothing here weighs yet.
            raise CallerUnknown("Tokens on behalf of another are not accepted here. Send the person's own.")
        return Claims(
            subject=self._account_of(verified.issuer, verified.subject),
            client_id=self._account_of(verified.issuer, verified.client_id or verified.subject),
            roles=_known_roles(verified),
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

    def public_keys(self) -> dict[str, object]:
        """The JWK set by which others check what we sign."""
        return self._signer.public_jwks()

    def _account_of(self, issuer: str, subject: str) -> UUID:
        """Our account of somebody: the id itself in our own tokens, derived from both names in those of others."""
        if issuer == self._issuer:
            return UUID(subject)
        return uuid5(NAMESPACE_URL, f"{issuer}#{subject}")


def trusted_profiles(written: list[dict[str, Any]]) -> dict[str, Profile]:
    """The profiles of the issuers that a deployment trusts, from its file; see docs/operations.md for the keys."""
    profiles = {}
    for entry in written:
        algorithm = Algorithm(entry["algorithm"])
        profiles[entry["issuer"]] = Profile(
            issuer=entry["issuer"],
            audience=entry["audience"],
            algorithm=algorithm,
            keys=key_set(entry["jwks"], algorithm=algorithm),
            max_lifetime_seconds=entry.get("max_lifetime_seconds", OWN_MAX_LIFETIME_SECONDS),
            token_types=frozenset(entry.get("token_types", ["at+jwt"])),
            client_claim=entry.get("client_claim", "client_id"),
            role_claim=tuple(entry.get("role_claim", ["roles"])),
            scope_claim=tuple(entry.get("scope_claim", ["scope"])),
        )
    return profiles


def _known_roles(token: VerifiedToken) -> frozenset[Role]:
    """Roles of other systems that we do not know grant nothing here."""
    roles = set()
    for name in token.roles:
        with contextlib.suppress(ValueError):
            roles.add(Role(name))
    return frozenset(roles)
