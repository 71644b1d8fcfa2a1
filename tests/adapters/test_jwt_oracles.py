"""What we believe, PyJWT and joserfc believe too; what either refuses, so do we."""

import pytest
from hypothesis import event, example, given
from hypothesis import strategies as st

from app.adapters.jwt import TokenRefused, TokenVerifier
from tests.adapters import jwt_forge as forge
from tests.adapters.jwt_corpus import FORGED
from tests.adapters.jwt_forge import AT, AUDIENCE, ISSUER, NOW, claims, header, token
from tests.adapters.jwt_oracles import accepted_by_joserfc, accepted_by_pyjwt
from tests.adapters.test_jwt import RIGHT, mutations

OWN, FOREIGN = forge.own(), forge.foreign()
VERIFIER = TokenVerifier({profile.issuer: profile for profile in (OWN, FOREIGN)})


def accepted_by_us(text: str) -> bool:
    try:
        VERIFIER.verify(text, at=AT)
    except TokenRefused:
        return False
    return True


@pytest.mark.parametrize("kind", RIGHT)
def test_a_right_token_convinces_all_three(kind: str) -> None:
    profile = FOREIGN if kind.startswith("of the other issuer") else OWN

    assert accepted_by_us(RIGHT[kind])
    assert accepted_by_pyjwt(RIGHT[kind], profile)
    assert accepted_by_joserfc(RIGHT[kind], profile, at=AT)


def test_the_fence_is_needed_because_a_library_alone_believes_much_of_the_corpus() -> None:
    by_pyjwt = {kind for kind, (forged, _) in FORGED.items() if accepted_by_pyjwt(forged, OWN)}
    by_joserfc = {kind for kind, (forged, _) in FORGED.items() if accepted_by_joserfc(forged, OWN, at=AT)}

    assert {"typ 'JWT'", "sub twice", "valid for ever"} <= by_pyjwt & by_joserfc


fields = st.sampled_from(["alg", "kid", "typ", "crit", "jku", "x", "b64"])
values = st.sampled_from(["ES256", "none", forge.KID, "at+jwt", "JWT", None, 1, [], ["exp"], False])
claim_names = st.sampled_from([*claims(), "nbf", "act", "purpose", "admin"])
claim_values: st.SearchStrategy[object] = st.one_of(
    st.sampled_from([AUDIENCE, ISSUER, [AUDIENCE], [AUDIENCE, "x"], forge.SUBJECT, "", None, True, 1.5, {}, []]),
    st.integers(NOW - 1000, NOW + 1000),
    st.text(max_size=5),
    st.lists(st.text("abc:", max_size=3), max_size=3),
)


@example({}, {})
@given(st.dictionaries(fields, values, max_size=2), st.dictionaries(claim_names, claim_values, max_size=2))
def test_what_our_key_has_signed_is_believed_only_where_both_others_believe_it(
    odd_fields: dict[str, object], odd_claims: dict[str, object]
) -> None:
    signed = token(header(**odd_fields), claims(**odd_claims))

    believed = accepted_by_us(signed)

    event(f"believed: {believed}")
    assert not believed or (accepted_by_pyjwt(signed, OWN) and accepted_by_joserfc(signed, OWN, at=AT))


names = st.text("abcdefghijklmnopqrstuvwxyz_:.", min_size=1, max_size=40)
right_claims = st.fixed_dictionaries(
    {
        "sub": st.uuids().map(str),
        "client_id": st.uuids().map(str),
        "jti": st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=255),
        "roles": st.lists(names, max_size=10),
        "scope": st.lists(names, max_size=10).map(" ".join),
        "aud": st.sampled_from([AUDIENCE, [AUDIENCE]]),
        "exp": st.integers(NOW + 1, NOW + 800),
        "iat": st.integers(NOW - 100, NOW),
    },
    optional={"purpose": names, "act": st.fixed_dictionaries({"sub": names}), "nbf": st.integers(0, NOW)},
)


@given(right_claims)
def test_all_that_is_right_is_believed_by_all(words: dict[str, object]) -> None:
    signed = token(body=claims(**words))

    assert accepted_by_us(signed)
    assert accepted_by_pyjwt(signed, OWN)
    assert accepted_by_joserfc(signed, OWN, at=AT)


@given(mutations)
def test_a_mutation_that_either_other_refuses_is_refused(mutated: str) -> None:
    believed = accepted_by_us(mutated)

    assert not believed or (accepted_by_pyjwt(mutated, OWN) and accepted_by_joserfc(mutated, OWN, at=AT))
