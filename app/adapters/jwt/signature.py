"""The two questions to a token's header and signature: does it keep the issuer's profile, and did its key sign it."""

from collections.abc import Mapping

from jose import jws
from jose.backends.base import Key
from jose.exceptions import JOSEError

from app.adapters.jwt.keys import verification_key
from app.adapters.jwt.profile import Profile
from app.adapters.jwt.refusal import Reason, TokenRefused


def loaded_keys(profile: Profile) -> dict[str, Key]:
    """The profile's keys by id, ready to verify.

    Raises:
        KeyRefused: one of them is weak or not meant for the profile's algorithm, or stands under another id.
    """
    return {
        kid: verification_key({**jwk, "kid": kid}, algorithm=profile.algorithm) for kid, jwk in profile.keys.items()
    }


def require_profile(header: Mapping[str, str], profile: Profile) -> None:
    """Raise unless the header has exactly the fields, the type and the algorithm that the profile allows."""
    if not {"alg", "kid"} <= header.keys() <= profile.header_fields:
        raise TokenRefused(Reason.HEADER_FIELDS)
    if header.get("typ") not in profile.token_types:
        raise TokenRefused(Reason.TYPE)
    if header["alg"] != profile.algorithm.value:
        raise TokenRefused(Reason.ALGORITHM)


def require_signature(token: str, *, kid: str, keys: Mapping[str, Key], profile: Profile) -> None:
    """Raise unless the key of this id, from the loaded ones and never from the token, has signed the token."""
    key = keys.get(kid)
    if key is None:
        raise TokenRefused(Reason.KEY)
    try:
        jws.verify(token, key, [profile.algorithm.value])
    except JOSEError:
        signed = False
    else:
        signed = True
    if not signed:
        raise TokenRefused(Reason.SIGNATURE)
