"""What we sign, our verifier and other libraries read alike; what a client signs proves who it is, to us alone."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.jwt import (
    Algorithm,
    ClientAssertion,
    ClientAssertions,
    JwsSigner,
    Reason,
    TokenRefused,
    TokenSigner,
    TokenVerifier,
    client_named_in,
    key_set,
    new_signing_key,
    own_profile,
    public_part,
)
from tests.adapters import jwt_forge as forge
from tests.adapters.jwt_corpus import FORGED
from tests.adapters.jwt_forge import AT, AUDIENCE, CLIENT, ISSUER, NOW, SUBJECT, token, without
from tests.adapters.jwt_oracles import accepted_by_joserfc, accepted_by_pyjwt

ENDPOINT = "https://yian.example/v1/oauth/token"
CLIENT_KEYS = {forge.KID: forge.ec_jwk(forge.KEY)}


def minted(signer: TokenSigner, **other: Any) -> str:
    words = {"subject": SUBJECT, "client_id": CLIENT, "roles": {"portal"}, "scopes": {"b", "a"}, "token_id": "t-1"}
    return signer.mint(**{**words, "at": AT, "lifetime_seconds": 900, **other})


names = st.frozensets(st.from_regex(r"[a-z_:]{1,20}", fullmatch=True), max_size=5)
words_of_a_token = st.fixed_dictionaries(
    {
        "roles": names,
        "scopes": names,
        "lifetime_seconds": st.integers(1, 900),
        "actor": st.none() | st.just("desk"),
        "purpose": st.none() | st.just("check"),
    }
)


@given(words_of_a_token)
def test_what_we_mint_all_believe(words: dict[str, Any]) -> None:
    signer = TokenSigner(ISSUER, AUDIENCE, forge.private_jwk(forge.KEY))
    keys = key_set(signer.public_jwks(), algorithm=Algorithm.ES256)
    profile = own_profile(issuer=ISSUER, audience=AUDIENCE, keys=keys)

    text = minted(signer, **words)

    verified = TokenVerifier({ISSUER: profile}).verify(text, at=AT)
    assert (verified.roles, verified.scopes) == (words["roles"], words["scopes"])
    assert (verified.actor, verified.purpose) == (words["actor"], words["purpose"])
    assert verified.expires_at == AT + timedelta(seconds=words["lifetime_seconds"])
    assert accepted_by_pyjwt(text, profile)
    assert accepted_by_joserfc(text, profile, at=AT)


def test_nothing_private_is_published() -> None:
    signer = TokenSigner(ISSUER, AUDIENCE, new_signing_key())

    assert all("d" not in key for key in signer.public_jwks()["keys"])


def test_what_was_signed_as_something_else_is_no_access_token() -> None:
    private = forge.private_jwk(forge.KEY)
    text = JwsSigner(private).sign(forge.claims(), token_type="dc+sd-jwt")
    profile = own_profile(issuer=ISSUER, audience=AUDIENCE, keys={forge.KID: public_part(private)})

    with pytest.raises(TokenRefused) as refusal:
        TokenVerifier({ISSUER: profile}).verify(text, at=AT)

    assert refusal.value.reason is Reason.TYPE


def assertion(key: Any = forge.KEY, *, head: Any = None, **other: Any) -> str:
    words = {"iss": CLIENT, "sub": CLIENT, "aud": ENDPOINT, "iat": NOW, "exp": NOW + 60, "jti": "once"}
    body = {name: value for name, value in {**words, **other}.items() if value is not ...}
    return token(head or forge.header(typ="JWT"), body, sign=lambda message: forge.es256(message, key))


def proven(text: str, **other: Any) -> ClientAssertion:
    words = {"client_id": CLIENT, "keys": CLIENT_KEYS, "algorithm": Algorithm.ES256, "at": AT}
    return ClientAssertions(ENDPOINT).verify(text, **{**words, **other})


@pytest.mark.parametrize(
    "head",
    [
        forge.header(typ="JWT"),
        forge.header(typ="client-authentication+jwt"),
        without(forge.header(), "typ"),
    ],
)
def test_a_client_proves_itself_with_its_own_key(head: dict[str, Any]) -> None:
    text = assertion(head=head)

    assert client_named_in(text) == CLIENT
    assert proven(text) == ClientAssertion(client_id=CLIENT, token_id="once", expires_at=AT + timedelta(seconds=60))


def test_a_client_may_sign_with_rsa_and_name_the_audience_in_a_list() -> None:
    body = {"iss": CLIENT, "sub": CLIENT, "aud": [ENDPOINT], "iat": NOW, "exp": NOW + 60, "jti": "once"}
    keys = {forge.FOREIGN_KID: forge.rsa_jwk(forge.rsa_key())}

    assert proven(forge.foreign_token(body), keys=keys, algorithm=Algorithm.RS256).token_id == "once"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (assertion(note="x" * 8192), Reason.TOO_LARGE),
        (assertion(forge.STRANGER), Reason.SIGNATURE),
        (assertion(iss="other"), Reason.ISSUER),
        (assertion(sub="other"), Reason.ISSUER),
        (assertion(iss="other", sub="other"), Reason.ISSUER),
        (assertion(iss=None, sub=None), Reason.ISSUER),
        (assertion(aud=AUDIENCE), Reason.AUDIENCE),
        (assertion(aud=[ENDPOINT, "https://evil.example"]), Reason.AUDIENCE),
        (assertion(exp=NOW + 301), Reason.LIFETIME),
        (assertion(iat=NOW - 200, exp=NOW - 30), Reason.EXPIRED),
        (assertion(iat=NOW + 31, exp=NOW + 60), Reason.NOT_YET_VALID),
        (assertion(jti=""), Reason.CLAIM_INVALID),
        (assertion(jti=...), Reason.CLAIM_MISSING),
        (assertion(exp=...), Reason.CLAIM_MISSING),
        (assertion(exp=True), Reason.CLAIM_INVALID),
        (assertion(head=forge.header(typ="at+jwt")), Reason.TYPE),
        (assertion(head=forge.header(typ="JWT", kid="unknown")), Reason.KEY),
        (assertion(head=forge.header(typ="JWT", alg="none")), Reason.ALGORITHM),
        (assertion(head=forge.header(typ="JWT", jku="https://evil.example")), Reason.HEADER_FIELDS),
        (assertion(head={"alg": "ES256", "typ": "JWT"}), Reason.HEADER_FIELDS),
    ],
)
def test_an_assertion_that_proves_nothing_is_refused(text: str, reason: Reason) -> None:
    with pytest.raises(TokenRefused) as refusal:
        proven(text)

    assert refusal.value.reason is reason


def test_no_forged_token_is_an_assertion() -> None:
    for forged, _ in FORGED.values():
        with pytest.raises(TokenRefused):
            proven(forged)


def test_a_registered_key_that_is_too_weak_proves_nothing() -> None:
    with pytest.raises(TokenRefused) as refusal:
        proven(assertion(), keys={forge.KID: forge.ec_jwk(forge.P384)})

    assert refusal.value.reason is Reason.KEY


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.NOT_THREE_PARTS),
        (assertion(iss=...), Reason.CLAIM_MISSING),
        (assertion(iss=1), Reason.CLAIM_INVALID),
        (assertion(iss="a b"), Reason.CLAIM_INVALID),
    ],
)
def test_an_assertion_that_names_nobody_is_refused(text: str, reason: Reason) -> None:
    with pytest.raises(TokenRefused) as refusal:
        client_named_in(text)

    assert refusal.value.reason is reason
