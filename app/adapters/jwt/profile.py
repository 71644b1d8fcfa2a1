"""What is demanded of one issuer's tokens. Nothing in a token can widen it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.adapters.jwt.keys import Algorithm, Jwk

REGISTERED_CLAIMS = frozenset({"iss", "sub", "aud", "exp", "iat", "jti"})
OWN_MAX_LIFETIME_SECONDS = 15 * 60

ANYBODY = re.compile(r"[\x21-\x7e]{1,255}")  # OpenID Connect Core 1.0, 2: at most 255 ASCII characters
ACCOUNT = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")

_STEERING_FIELDS = frozenset({"b64", "crit", "cty", "enc", "epk", "jku", "jwk", "p2c", "x5c", "x5u", "zip"})
_OWN_REQUIRED_CLAIMS = REGISTERED_CLAIMS | {"client_id", "roles", "scope"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The rules for one issuer. Without further words they are those of RFC 9068 for an access token, read strictly.

    `header_fields` are all that may stand there; `alg` and `kid` always must, and `typ` unless `token_types` has None.
    `claims` are all that may stand there, None meaning that others are passed over. Role and scope claims are named by
    the path of members that leads to them; a missing one grants nothing.
    """

    issuer: str
    audience: str
    algorithm: Algorithm
    keys: Mapping[str, Jwk]
    max_lifetime_seconds: int
    token_types: frozenset[str | None] = frozenset({"at+jwt"})
    header_fields: frozenset[str] = frozenset({"alg", "kid", "typ"})
    required_claims: frozenset[str] = REGISTERED_CLAIMS
    claims: frozenset[str] | None = None
    other_audiences: frozenset[str] = frozenset()
    subject_pattern: re.Pattern[str] = ANYBODY
    client_pattern: re.Pattern[str] = ANYBODY
    client_claim: str = "client_id"
    role_claim: tuple[str, ...] = ("roles",)
    scope_claim: tuple[str, ...] = ("scope",)
    scope_type: type[str] | type[list[str]] = str

    def __post_init__(self) -> None:
        if not _STEERING_FIELDS.isdisjoint(self.header_fields):
            raise ValueError("A profile cannot allow header fields that steer how a token is read.")
        if not self.header_fields >= {"alg", "kid"}:
            raise ValueError("A profile needs the header fields alg and kid.")
        if not self.required_claims >= REGISTERED_CLAIMS:
            raise ValueError(f"A profile requires at least the claims {', '.join(sorted(REGISTERED_CLAIMS))}.")
        if not (self.issuer and self.audience and self.max_lifetime_seconds > 0):
            raise ValueError("A profile names its issuer, its audience and a lifetime.")


def own_profile(
    *, issuer: str, audience: str, keys: Mapping[str, Jwk], max_lifetime_seconds: int = OWN_MAX_LIFETIME_SECONDS
) -> Profile:
    """The strictest profile, for the tokens that we mint ourselves: what `TokenSigner` writes and nothing else."""
    return Profile(
        issuer=issuer,
        audience=audience,
        algorithm=Algorithm.ES256,
        keys=keys,
        max_lifetime_seconds=max_lifetime_seconds,
        required_claims=_OWN_REQUIRED_CLAIMS,
        claims=_OWN_REQUIRED_CLAIMS | {"nbf", "act", "purpose"},
        subject_pattern=ACCOUNT,
        client_pattern=ACCOUNT,
    )
