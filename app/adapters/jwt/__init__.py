"""Tokens in and out: the only package that imports jose, and a fence around it.

jose by itself accepts a token without audience or expiry, any `typ`, unknown `crit`, and weak keys. Here it does two
things only, to sign and to verify the signature of a JWS with a key that we loaded; every other rule stands in this
package.
"""

from app.adapters.jwt.assertion import ClientAssertion, ClientAssertions, client_named_in
from app.adapters.jwt.claims import MAX_LEEWAY_SECONDS
from app.adapters.jwt.fetch import KeySetSource, PlainHttp
from app.adapters.jwt.keys import Algorithm, KeyRefused, key_set, new_signing_key, public_part
from app.adapters.jwt.profile import Profile, own_profile
from app.adapters.jwt.refusal import Reason, TokenRefused
from app.adapters.jwt.signer import JwsSigner, TokenSigner
from app.adapters.jwt.verifier import TokenVerifier, VerifiedToken

__all__ = [
    "MAX_LEEWAY_SECONDS",
    "Algorithm",
    "ClientAssertion",
    "ClientAssertions",
    "JwsSigner",
    "KeyRefused",
    "KeySetSource",
    "PlainHttp",
    "Profile",
    "Reason",
    "TokenRefused",
    "TokenSigner",
    "TokenVerifier",
    "VerifiedToken",
    "client_named_in",
    "key_set",
    "new_signing_key",
    "own_profile",
    "public_part",
]
