"""Signs with our own key: access tokens, and any other compact JWS that the service gives out."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from jose import jws
from jose.exceptions import JOSEError

from app.adapters.jwt.keys import Algorithm, Jwk, KeyRefused, is_kid, public_part, signing_key, verification_key
from app.adapters.jwt.refusal import Reason, TokenRefused
from app.adapters.jwt.strict import unpack


class JwsSigner:
    """Writes compact ES256 signatures with one key."""

    def __init__(self, private_jwk: Jwk) -> None:
        if not is_kid(private_jwk.get("kid")):
            raise KeyRefused("A signing key needs an id.")
        self._key = signing_key(private_jwk)
        self._kid: str = private_jwk["kid"]
        self._verifying = verification_key(public_part(private_jwk), algorithm=Algorithm.ES256)
        self._public_jwk = {**public_part(private_jwk), "use": "sig", "alg": Algorithm.ES256.value}

    def sign(self, claims: Mapping[str, Any], *, token_type: str) -> str:
        """The claims as a compact JWS whose header holds `alg`, `kid` and `typ` and nothing else."""
        payload = json.dumps(claims, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
        headers = {"kid": self._kid, "typ": token_type}
        return jws.sign(payload, self._key, headers=headers, algorithm=Algorithm.ES256.value)

    def read(self, text: str, *, token_type: str) -> Mapping[str, Any]:
        """The claims of what this very key has signed as a token of this type.

        Raises:
            TokenRefused: it has not.
        """
        unpacked = unpack(text)
        if unpacked.header != {"alg": Algorithm.ES256.value, "kid": self._kid, "typ": token_type}:
            raise TokenRefused(Reason.HEADER_FIELDS)
        try:
            jws.verify(text, self._verifying, [Algorithm.ES256.value])
        except JOSEError:
            raise TokenRefused(Reason.SIGNATURE) from None
        return unpacked.claims

    def public_jwk(self) -> dict[str, Any]:
        """What others need to verify."""
        return dict(self._public_jwk)


class TokenSigner:
    """Mints our own access tokens (RFC 9068)."""

    def __init__(self, issuer: str, audience: str, private_jwk: Jwk) -> None:
        self._issuer = issuer
        self._audience = audience
        self._signer = JwsSigner(private_jwk)

    def mint(
        self,
        *,
        subject: str,
        client_id: str,
        roles: Collection[str],
        scopes: Collection[str],
        token_id: str,
        at: datetime,
        lifetime_seconds: int,
        actor: str | None = None,
        purpose: str | None = None,
    ) -> str:
        """A token that is valid from `at` on, for so many seconds."""
        issued = int(at.timestamp())
        claims: dict[str, Any] = {
            "iss": self._issuer,
            "sub": subject,
            "aud": self._audience,
            "exp": issued + lifetime_seconds,
            "iat": issued,
            "jti": token_id,
            "client_id": client_id,
            "roles": sorted(roles),
            "scope": " ".join(sorted(scopes)),
        }
        if actor is not None:
            claims["act"] = {"sub": actor}
        if purpose is not None:
            claims["purpose"] = purpose
        return self._signer.sign(claims, token_type="at+jwt")  # noqa: S106 - a media type, not a password

    def public_jwks(self) -> dict[str, Any]:
        """The key set to publish: the key in use."""
        return {"keys": [self._signer.public_jwk()]}
