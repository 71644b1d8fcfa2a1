"""The claims of one token, each of the one type and within the length that its profile demands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.adapters.jwt.profile import Profile
from app.adapters.jwt.refusal import Reason, TokenRefused

MAX_LEEWAY_SECONDS = 30
MAX_NAMES = 100
MAX_AUDIENCES = 10
LAST_SECOND = 253_402_300_799  # the end of the year 9999, the last that datetime can hold

IDENTIFIER = re.compile(r"[\x21-\x7e]{1,255}")
NAME = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]{1,128}")  # RFC 6749, 3.3: what a scope may be made of


@dataclass(frozen=True, slots=True)
class Validity:
    """From when to when a token holds, in seconds since 1970."""

    issued: int
    begins: int
    ends: int

    def require_holds(self, at: datetime, *, leeway_seconds: int) -> None:
        """Raise unless the token holds at the instant, give or take what clocks may differ.

        Raises:
            TokenRefused: it has expired, or is not valid yet, or says that it was issued later.
        """
        if at.tzinfo is None:
            raise ValueError("An instant needs its offset.")
        now = at.timestamp()
        if now >= self.ends + leeway_seconds:
            raise TokenRefused(Reason.EXPIRED)
        if now < self.begins - leeway_seconds:
            raise TokenRefused(Reason.NOT_YET_VALID)


def allowed_leeway(seconds: int) -> int:
    """How far clocks may differ.

    Raises:
        ValueError: more than 30 seconds, or less than none.
    """
    if not 0 <= seconds <= MAX_LEEWAY_SECONDS:
        raise ValueError(f"Clocks may differ by 0 to {MAX_LEEWAY_SECONDS} seconds.")
    return seconds


def require_names(claims: Mapping[str, Any], profile: Profile) -> None:
    """Raise unless all required claims are there and no other than the allowed ones."""
    if not profile.required_claims <= claims.keys():
        raise TokenRefused(Reason.CLAIM_MISSING)
    if profile.claims is not None and not claims.keys() <= profile.claims:
        raise TokenRefused(Reason.CLAIM_UNKNOWN)


def require_audience(claims: Mapping[str, Any], profile: Profile) -> None:
    """Raise unless the token is meant for us, and for nobody else that the profile does not name."""
    audience = claims["aud"]
    audiences = [audience] if isinstance(audience, str) else audience
    if not isinstance(audiences, list) or len(audiences) > MAX_AUDIENCES:
        raise TokenRefused(Reason.AUDIENCE)
    if not all(isinstance(name, str) for name in audiences) or profile.audience not in audiences:
        raise TokenRefused(Reason.AUDIENCE)
    if not profile.other_audiences.issuperset(name for name in audiences if name != profile.audience):
        raise TokenRefused(Reason.AUDIENCE)


def validity_of(claims: Mapping[str, Any], profile: Profile) -> Validity:
    """When the token holds; its lifetime is the issuer's word and must be within the profile's."""
    issued, ends = _second(claims, "iat"), _second(claims, "exp")
    begins = max(issued, _second(claims, "nbf")) if "nbf" in claims else issued
    if not 0 < ends - issued <= profile.max_lifetime_seconds:
        raise TokenRefused(Reason.LIFETIME)
    return Validity(issued, begins, ends)


def identifier(claims: Mapping[str, Any], name: str, *, pattern: re.Pattern[str] = IDENTIFIER) -> str:
    """A claim that names something: printable ASCII, not too long."""
    value = claims[name]
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise TokenRefused(Reason.CLAIM_INVALID)
    return value


def optional_identifier(claims: Mapping[str, Any], name: str, *, pattern: re.Pattern[str] = IDENTIFIER) -> str | None:
    """The same, or None where the claim is absent; a null is not an absence."""
    return identifier(claims, name, pattern=pattern) if name in claims else None


def actor_of(claims: Mapping[str, Any]) -> str | None:
    """Who acts on behalf of the subject (RFC 8693, 4.1); one step only, no chain."""
    if "act" not in claims:
        return None
    actor = claims["act"]
    if not isinstance(actor, dict) or actor.keys() != {"sub"}:
        raise TokenRefused(Reason.CLAIM_INVALID)
    return identifier(actor, "sub")


def roles_of(claims: Mapping[str, Any], profile: Profile) -> frozenset[str]:
    """The roles that the token claims; they bound what may be asked and prove nothing."""
    return _names(_at(claims, profile.role_claim))


def scopes_of(claims: Mapping[str, Any], profile: Profile) -> frozenset[str]:
    """The scopes that the token claims, from the text or the list that the profile names."""
    value = _at(claims, profile.scope_claim)
    if value is None or value == "":
        return frozenset()
    if not isinstance(value, profile.scope_type):
        raise TokenRefused(Reason.CLAIM_INVALID)
    return _names(value.split(" ") if isinstance(value, str) else value)


def _at(claims: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    *outer, last = path
    members: Any = claims
    for name in outer:
        members = members.get(name, {})
        if not isinstance(members, dict):
            raise TokenRefused(Reason.CLAIM_INVALID)
    if last in members and members[last] is None:
        raise TokenRefused(Reason.CLAIM_INVALID)
    return members.get(last)


def _names(values: object) -> frozenset[str]:
    if values is None:
        return frozenset()
    if not isinstance(values, list) or len(values) > MAX_NAMES:
        raise TokenRefused(Reason.CLAIM_INVALID)
    if not all(isinstance(value, str) and NAME.fullmatch(value) for value in values):
        raise TokenRefused(Reason.CLAIM_INVALID)
    return frozenset(values)


def _second(claims: Mapping[str, Any], name: str) -> int:
    value = claims[name]
    # type(), not isinstance(): True is an int to Python and not a date to anybody.
    if type(value) is not int or not 0 <= value <= LAST_SECOND:
        raise TokenRefused(Reason.CLAIM_INVALID)
    return value
