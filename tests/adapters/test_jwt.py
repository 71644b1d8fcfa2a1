"""A token is believed only if its issuer's key signed exactly what its profile allows, and only while it lasts."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.jwt import KeyRefused, Profile, Reason, TokenRefused, TokenVerifier
from tests.adapters import jwt_forge as forge
from tests.adapters.jwt_corpus import FORGED, VALID
from tests.adapters.jwt_forge import AT, AUDIENCE, FOREIGN_ISSUER, ISSUER, KID, NOW, claims, header, token, without

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def a_verifier(*profiles: Profile, **words: Any) -> TokenVerifier:
    return TokenVerifier({profile.issuer: profile for profile in profiles or (forge.own(), forge.foreign())}, **words)


def reason_of(verifier: TokenVerifier, forged: str, *, at: datetime = AT) -> Reason:
    with pytest.raises(TokenRefused) as refusal:
        verifier.verify(forged, at=at)
    return refusal.value.reason


RIGHT = {
    "as we mint it": VALID,
    "by our other key": token(header(kid=forge.SECOND_KID), sign=lambda m: forge.es256(m, forge.SECOND_KEY)),
    "members in another order": token(dict(reversed(header().items())), dict(reversed(claims().items()))),
    "audience as a list of one": token(body=claims(aud=[AUDIENCE])),
    "on behalf of somebody": token(body=claims(act={"sub": "desk-7"})),
    "with a purpose": token(body=claims(purpose="certificate_check")),
    "without any role or scope": token(body=claims(roles=[], scope="")),
    "valid from now": token(body=claims(nbf=NOW)),
    "issued by a clock 30 seconds fast": token(body=claims(iat=NOW + 30, nbf=NOW + 30)),
    "expired 29 seconds ago": token(body=claims(iat=NOW - 600, exp=NOW - 29)),
    "with every claim there is": token(body=claims(act={"sub": "desk-7"}, purpose="check", nbf=NOW)),
    "as long as allowed": token(body=claims(exp=NOW - 60 + 900)),
    "of the other issuer": forge.foreign_token(),
    "of the other issuer, with a thumbprint": forge.foreign_token(x5t="abc"),
    "of the other issuer, without roles": forge.foreign_token(without(forge.foreign_claims(), "realm_access", "scope")),
    "of the other issuer, with a number that is no integer": forge.foreign_token(forge.foreign_claims(weight=1.5)),
}


@pytest.mark.parametrize("right", RIGHT.values(), ids=RIGHT.keys())
def test_a_right_token_is_believed_the_first_time_and_from_memory(right: str) -> None:
    verifier = a_verifier()

    assert verifier.verify(right, at=AT) == verifier.verify(right, at=AT)


def test_a_token_says_who_asks_as_what_and_until_when() -> None:
    verified = a_verifier().verify(token(body=claims(act={"sub": "desk-7"}, purpose="certificate_check")), at=AT)

    assert (verified.issuer, verified.subject, verified.client_id) == (ISSUER, forge.SUBJECT, forge.CLIENT)
    assert verified.roles == {"county_officer"}
    assert verified.scopes == {"cases:read", "cases:write"}
    assert (verified.token_id, verified.actor, verified.purpose) == ("0189-token", "desk-7", "certificate_check")
    assert (verified.issued_at, verified.expires_at) == (AT - timedelta(minutes=1), AT + timedelta(minutes=10))


def test_a_foreign_token_is_read_where_its_profile_says() -> None:
    verified = a_verifier().verify(forge.foreign_token(), at=AT)

    assert (verified.issuer, verified.subject, verified.client_id) == (FOREIGN_ISSUER, "staff|42", "desk")
    assert verified.roles == {"county_officer", "offline_access"}


def test_scopes_may_stand_in_a_list_where_the_profile_says_so() -> None:
    verifier = a_verifier(forge.foreign(scope_claim=("scp",), scope_type=list))

    verified = verifier.verify(forge.foreign_token(forge.foreign_claims(scp=["cases:read"])), at=AT)

    assert verified.scopes == {"cases:read"}


@pytest.mark.parametrize("rule", Reason)
def test_a_forged_token_is_refused_for_the_rule_it_breaks(rule: Reason) -> None:
    verifier = a_verifier()
    forged = {kind: one for kind, (one, reason) in FORGED.items() if reason is rule}

    for _ in range(2):  # what is refused once is refused again
        assert {kind: reason_of(verifier, one) for kind, one in forged.items()} == dict.fromkeys(forged, rule)


def test_the_corpus_holds_many_kinds_and_all_reasons() -> None:
    assert len(FORGED) >= 300
    assert {reason for _, reason in FORGED.values()} == set(Reason)


@pytest.mark.parametrize("forged", [VALID[:-4] + "AAAA", f" {VALID}", token(body=claims(sub="110101190001011234"))])
def test_a_refusal_never_carries_a_piece_of_the_token(forged: str) -> None:
    with pytest.raises(TokenRefused) as refusal:
        a_verifier().verify(forged, at=AT)

    assert str(refusal.value) == refusal.value.reason.value
    assert refusal.value.__cause__ is refusal.value.__context__ is None


def test_a_negated_signature_is_of_the_same_key_and_says_the_same() -> None:
    # ECDSA has two signatures for each, (r, s) and (r, n - s); RFC 7518 refuses neither. It forges nothing: the claims
    # are those that were signed, and what may be used once is known by its jti, never by its text.
    message, signature = VALID.rsplit(".", 1)
    raw = forge.b64decoded(signature)
    negated = (P256_ORDER - int.from_bytes(raw[32:], "big")).to_bytes(32, "big")
    verifier = a_verifier()

    assert verifier.verify(f"{message}.{forge.b64(raw[:32] + negated)}", at=AT) == verifier.verify(VALID, at=AT)


def test_a_remembered_token_expires_all_the_same() -> None:
    verifier = a_verifier()
    verifier.verify(VALID, at=AT)

    verifier.verify(VALID, at=AT + timedelta(seconds=600 + 29))

    assert reason_of(verifier, VALID, at=AT + timedelta(seconds=600 + 30)) is Reason.EXPIRED
    assert reason_of(verifier, VALID, at=AT - timedelta(seconds=60 + 31)) is Reason.NOT_YET_VALID


def test_no_more_tokens_are_remembered_than_allowed_and_the_longest_unused_goes_first() -> None:
    verifier = a_verifier(cache_size=2)
    first, second, third = (token(body=claims(jti=str(number))) for number in range(3))

    for each in (first, second, first, third):
        verifier.verify(each, at=AT)

    assert [known.token_id for known, _ in verifier._verified.values()] == ["0", "2"]


def test_only_what_passed_is_remembered() -> None:
    verifier = a_verifier()

    for forged, _ in FORGED.values():
        reason_of(verifier, forged)

    assert verifier._verified == {}


def test_what_a_withdrawn_key_signed_is_refused_at_once() -> None:
    verifier = a_verifier()
    verifier.verify(VALID, at=AT)

    verifier.replace_keys(ISSUER, {forge.SECOND_KID: forge.ec_jwk(forge.SECOND_KEY, forge.SECOND_KID)})

    assert reason_of(verifier, VALID) is Reason.KEY


def test_another_key_under_the_same_id_refuses_what_the_first_has_signed() -> None:
    verifier = a_verifier()
    verifier.verify(VALID, at=AT)

    verifier.replace_keys(ISSUER, {KID: forge.ec_jwk(forge.STRANGER)})

    assert reason_of(verifier, VALID) is Reason.SIGNATURE


def test_a_bad_key_set_leaves_the_good_one_in_force() -> None:
    verifier = a_verifier()

    with pytest.raises(KeyRefused):
        verifier.replace_keys(ISSUER, {KID: forge.ec_jwk(forge.P384)})

    assert verifier.verify(VALID, at=AT).token_id == "0189-token"


def test_the_same_key_set_again_forgets_nothing() -> None:
    verifier = a_verifier()
    verifier.verify(VALID, at=AT)

    verifier.replace_keys(ISSUER, dict(forge.own().keys))

    assert len(verifier._verified) == 1


def test_an_instant_without_offset_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="offset"):
        a_verifier().verify(VALID, at=AT.replace(tzinfo=None))


@pytest.mark.parametrize("seconds", [-1, 31])
def test_clocks_may_differ_by_thirty_seconds_at_most(seconds: int) -> None:
    with pytest.raises(ValueError, match="30 seconds"):
        a_verifier(leeway_seconds=seconds)


def test_clocks_may_be_held_to_differ_by_nothing() -> None:
    verifier = a_verifier(leeway_seconds=0)

    assert reason_of(verifier, VALID, at=AT + timedelta(seconds=600)) is Reason.EXPIRED
    assert reason_of(verifier, VALID, at=AT - timedelta(seconds=61)) is Reason.NOT_YET_VALID


@pytest.mark.parametrize(
    "key", [forge.ec_jwk(forge.KEY, use="enc"), forge.ec_jwk(forge.P384), forge.private_jwk(forge.KEY)]
)
def test_a_profile_with_a_key_that_is_not_to_verify_with_is_refused(key: dict[str, object]) -> None:
    with pytest.raises(KeyRefused):
        a_verifier(forge.own(keys={KID: key}))


def test_a_profile_stands_under_its_own_issuer() -> None:
    with pytest.raises(ValueError, match="issuer"):
        TokenVerifier({"https://evil.example": forge.own()})


@pytest.mark.parametrize(
    "words",
    [
        {"header_fields": frozenset({"alg", "kid", "typ", "jku"})},
        {"header_fields": frozenset({"alg", "kid", "crit"})},
        {"header_fields": frozenset({"alg", "typ"})},
        {"required_claims": frozenset({"iss", "sub", "exp"})},
        {"max_lifetime_seconds": 0},
        {"audience": ""},
    ],
)
def test_a_profile_cannot_be_laxer_than_the_fence(words: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="A profile"):
        replace(forge.own(), **words)


def spliced(at: int, length: int, text: str) -> str:
    return VALID[:at] + text + VALID[at + length :]


mutations = st.builds(spliced, st.integers(0, len(VALID)), st.integers(0, 40), st.text(max_size=40)).filter(
    lambda mutated: mutated != VALID
)


@given(mutations)
def test_no_mutation_of_a_right_token_is_believed(mutated: str) -> None:
    assert reason_of(a_verifier(forge.own()), mutated)


@given(st.integers(0, len(VALID) - 1), st.integers(0, 6))
def test_no_single_flipped_bit_is_believed(place: int, bit: int) -> None:
    mutated = spliced(place, 1, chr(ord(VALID[place]) ^ 1 << bit))

    assert reason_of(a_verifier(forge.own()), mutated)


@given(st.text())
def test_whatever_text_is_sent_is_refused_and_nothing_else_happens(text: str) -> None:
    assert reason_of(a_verifier(forge.own()), text)
