"""Verifies access tokens against the profile of their issuer, and remembers the signatures it has already checked."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from jose.backends.base import Key

from app.adapters.jwt import claims as read
from app.adapters.jwt.claims import Validity, allowed_leeway
from app.adapters.jwt.keys import Jwk
from app.adapters.jwt.profile import Profile
from app.adapters.jwt.refusal import Reason, TokenRefused
from app.adapters.jwt.signature import loaded_keys, require_profile, require_signature
from app.adapters.jwt.strict import MAX_TOKEN_CHARACTERS, unpack

DEFAULT_CACHE_SIZE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedToken:
    """What a token says, once its signature and its issuer's profile were checked: claims, not yet confirmed rights."""

    issuer: str
    subject: str
    client_id: str | None
    roles: frozenset[str]
    scopes: frozenset[str]
    token_id: str
    issued_at: datetime
    expires_at: datetime
    actor: str | None = None
    purpose: str | None = None


class TokenVerifier:
    """Accepts the tokens of the issuers it was given profiles for.

    Checking a signature costs about 0.1 ms, so a token that passed is remembered by its digest, in a bounded map that
    drops the least recently used. Dates are checked every time; revocation is not asked here but in the database. To be
    used from one thread.
    """

    def __init__(
        self, profiles: Mapping[str, Profile], *, leeway_seconds: int = 30, cache_size: int = DEFAULT_CACHE_SIZE
    ) -> None:
        if any(issuer != profile.issuer for issuer, profile in profiles.items()):
            raise ValueError("A profile stands under its own issuer's name.")
        self._profiles = dict(profiles)
        self._keys: dict[str, dict[str, Key]] = {issuer: loaded_keys(profile) for issuer, profile in profiles.items()}
        self._leeway_seconds = allowed_leeway(leeway_seconds)
        self._cache_size = cache_size
        self._verified: dict[bytes, tuple[VerifiedToken, Validity]] = {}

    def verify(self, token: str, *, at: datetime) -> VerifiedToken:
        """The token's claims, if it is to be believed at this instant.

        Raises:
            TokenRefused: it is not.
        """
        if len(token) > MAX_TOKEN_CHARACTERS:
            raise TokenRefused(Reason.TOO_LARGE)
        # "surrogatepass" so that no text a client may send breaks the digest; such a token is refused when it is read.
        digest = hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
        known = self._verified.pop(digest, None) or self._read(token)
        verified, validity = known
        validity.require_holds(at, leeway_seconds=self._leeway_seconds)
        self._remember(digest, known)
        return verified

    def replace_keys(self, issuer: str, keys: Mapping[str, Jwk]) -> None:
        """Use another key set for an issuer from now on; what a withdrawn key has signed is refused at once.

        Raises:
            KeyRefused: one of the keys cannot be used. The old ones stay in force.
        """
        profile = replace(self._profiles[issuer], keys=dict(keys))
        if profile == self._profiles[issuer]:
            return
        self._keys[issuer] = loaded_keys(profile)
        self._profiles[issuer] = profile
        self._verified.clear()

    def _read(self, token: str) -> tuple[VerifiedToken, Validity]:
        unpacked = unpack(token)
        issuer = unpacked.claims.get("iss")
        profile = self._profiles.get(issuer) if isinstance(issuer, str) else None
        if profile is None:
            raise TokenRefused(Reason.ISSUER)
        require_profile(unpacked.header, profile)
        require_signature(token, kid=unpacked.header["kid"], keys=self._keys[profile.issuer], profile=profile)
        return _verified(unpacked.claims, profile)

    def _remember(self, digest: bytes, known: tuple[VerifiedToken, Validity]) -> None:
        self._verified[digest] = known
        if len(self._verified) > self._cache_size:
            del self._verified[next(iter(self._verified))]


def _verified(claims: Mapping[str, Any], profile: Profile) -> tuple[VerifiedToken, Validity]:
    read.require_names(claims, profile)
    read.require_audience(claims, profile)
    validity = read.validity_of(claims, profile)
    token = VerifiedToken(
        issuer=profile.issuer,
        subject=read.identifier(claims, "sub", pattern=profile.subject_pattern),
        client_id=read.optional_identifier(claims, profile.client_claim, pattern=profile.client_pattern),
        roles=read.roles_of(claims, profile),
        scopes=read.scopes_of(claims, profile),
        token_id=read.identifier(claims, "jti"),
        issued_at=datetime.fromtimestamp(validity.issued, UTC),
        expires_at=datetime.fromtimestamp(validity.ends, UTC),
        actor=read.actor_of(claims),
        purpose=read.optional_identifier(claims, "purpose"),
    )
    return token, validity
