"""How a client proves who it is without a shared secret: a signed assertion (`private_key_jwt`, RFC 7523, 3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from app.adapters.jwt import claims as read
from app.adapters.jwt.claims import allowed_leeway
from app.adapters.jwt.keys import Algorithm, Jwk, KeyRefused
from app.adapters.jwt.profile import Profile
from app.adapters.jwt.refusal import Reason, TokenRefused
from app.adapters.jwt.signature import loaded_keys, require_profile, require_signature
from app.adapters.jwt.strict import unpack

MAX_LIFETIME_SECONDS = 5 * 60

# A type is not demanded: libraries write "JWT", nothing, or the newer explicit one. What keeps assertions apart from
# other tokens is that a client's registered key signs nothing else, and that the audience is the token endpoint.
_TYPES: frozenset[str | None] = frozenset({None, "JWT", "client-authentication+jwt"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientAssertion:
    """A proof that was checked. It holds once: remembering `token_id` is the caller's part.

    It is remembered until `expires_at`, and for as long after that as clocks may differ.
    """

    client_id: str
    token_id: str
    expires_at: datetime


class ClientAssertions:
    """Verifies the assertions that clients address to one token endpoint."""

    def __init__(self, token_endpoint: str, *, leeway_seconds: int = 30) -> None:
        self._token_endpoint = token_endpoint
        self._leeway_seconds = allowed_leeway(leeway_seconds)

    def verify(
        self, assertion: str, *, client_id: str, keys: Mapping[str, Jwk], algorithm: Algorithm, at: datetime
    ) -> ClientAssertion:
        """What the assertion proves, if this client has signed it with one of its registered keys.

        Raises:
            TokenRefused: it proves nothing.
        """
        profile = self._profile_of(client_id, keys, algorithm)
        unpacked = unpack(assertion)
        require_profile(unpacked.header, profile)
        try:
            loaded = loaded_keys(profile)
        except KeyRefused:
            raise TokenRefused(Reason.KEY) from None
        require_signature(assertion, kid=unpacked.header["kid"], keys=loaded, profile=profile)
        read.require_names(unpacked.claims, profile)
        if not unpacked.claims["iss"] == unpacked.claims["sub"] == client_id:
            raise TokenRefused(Reason.ISSUER)
        read.require_audience(unpacked.claims, profile)
        validity = read.validity_of(unpacked.claims, profile)
        validity.require_holds(at, leeway_seconds=self._leeway_seconds)
        return ClientAssertion(
            client_id=client_id,
            token_id=read.identifier(unpacked.claims, "jti"),
            expires_at=datetime.fromtimestamp(validity.ends, UTC),
        )

    def _profile_of(self, client_id: str, keys: Mapping[str, Jwk], algorithm: Algorithm) -> Profile:
        return Profile(
            issuer=client_id,
            audience=self._token_endpoint,
            algorithm=algorithm,
            keys=keys,
            max_lifetime_seconds=MAX_LIFETIME_SECONDS,
            token_types=_TYPES,
        )


def client_named_in(assertion: str) -> str:
    """The client that an assertion claims to come from: only good for looking up that client's keys.

    Raises:
        TokenRefused: the assertion cannot be read, or names nobody.
    """
    claims = unpack(assertion).claims
    if "iss" not in claims:
        raise TokenRefused(Reason.CLAIM_MISSING)
    return read.identifier(claims, "iss")
