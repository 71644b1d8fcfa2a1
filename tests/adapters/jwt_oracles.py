"""What two other libraries, given the same demands, think of a token: nobody should trust only our own reading."""

from datetime import datetime
from typing import Any

import jwt as pyjwt
from joserfc import jws as joserfc_jws
from joserfc import jwt as joserfc_jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from app.adapters.jwt import Profile

REQUIRED = ["iss", "sub", "aud", "exp", "iat", "jti"]
LEEWAY_SECONDS = 30

# Dates are left to joserfc, which can be told the time; PyJWT reads the clock.
NO_CLOCK: Any = {"require": REQUIRED, "verify_exp": False, "verify_iat": False, "verify_nbf": False}


def accepted_by_pyjwt(token: str, profile: Profile) -> bool:
    try:
        key = profile.keys[pyjwt.get_unverified_header(token)["kid"]]
        verifying = pyjwt.PyJWK({**key}, algorithm=profile.algorithm)
        words: dict[str, Any] = {"algorithms": [profile.algorithm], "options": NO_CLOCK}
        pyjwt.decode(token, verifying, audience=profile.audience, issuer=profile.issuer, **words)
    except (pyjwt.PyJWTError, KeyError, TypeError, ValueError, RecursionError):
        return False
    return True


def accepted_by_joserfc(token: str, profile: Profile, *, at: datetime) -> bool:
    demands: dict[str, Any] = {name: {"essential": True} for name in REQUIRED}
    demands["iss"]["value"], demands["aud"]["value"] = profile.issuer, profile.audience
    claims = joserfc_jwt.JWTClaimsRegistry(now=int(at.timestamp()), leeway=LEEWAY_SECONDS, **demands)
    try:
        kid = joserfc_jws.extract_compact(token.encode()).protected["kid"]
        import_key: Any = (ECKey if profile.algorithm == "ES256" else RSAKey).import_key
        read = joserfc_jwt.decode(token, import_key({**profile.keys[kid]}), algorithms=[profile.algorithm])
        claims.validate(read.claims)
    except (JoseError, KeyError, TypeError, ValueError, RecursionError):
        return False
    return True
