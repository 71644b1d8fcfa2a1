"""A receipt is checked by others with nothing but our published keys, and tells nobody whom it is about."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import jwt as pyjwt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.errors import BadSignatureError
from joserfc.jwk import KeySet

from app.adapters.crypto import BlindIndex, Keyring
from app.adapters.jwt import Algorithm, TokenRefused, TokenSigner, TokenVerifier, key_set, own_profile
from app.adapters.receipts import JwsReceiptSigner
from app.adapters.status_list import Places
from app.services.ports.receipt import Receipt
from tests.adapters import jwt_forge as forge
from tests.adapters.jwt_forge import AT, AUDIENCE, ISSUER

NUMBER = "990101190001010017"
PRIVATE = forge.private_jwk(forge.KEY)
PUBLISHED = TokenSigner(ISSUER, AUDIENCE, PRIVATE).public_jwks()
RECEIPT = Receipt(
    id=UUID("01890000-0000-7000-8000-000000000009"),
    kind="certificate_verification",
    outcome="in_force",
    checked_at=AT,
    issued_at=AT,
    expires_at=AT + timedelta(days=90),
    number=7,
)
PLACE = Places(BlindIndex(Keyring({1: bytes(range(32))}), key_id=1)).of(7)


def a_signer(*, key: bytes = bytes(range(32))) -> JwsReceiptSigner:
    index = BlindIndex(Keyring({1: key}), key_id=1)
    return JwsReceiptSigner(ISSUER, PRIVATE, index=index)


def read_offline(text: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a third party reads with joserfc, and PyJWT agreeing, from the key set alone."""
    by_joserfc = jws.deserialize_compact(text, KeySet.import_key_set(json.loads(json.dumps(PUBLISHED))), ["ES256"])
    key = pyjwt.PyJWKSet.from_dict(PUBLISHED)[by_joserfc.headers()["kid"]]
    by_pyjwt = pyjwt.decode_complete(text, key, ["ES256"], options={"verify_exp": False, "verify_iat": False})
    claims = json.loads(by_joserfc.payload or b"")
    assert (by_pyjwt["header"], by_pyjwt["payload"]) == (by_joserfc.headers(), claims)
    return by_joserfc.headers(), claims


def test_a_third_party_reads_what_was_found_and_when() -> None:
    header, claims = read_offline(a_signer().sign(RECEIPT, number=NUMBER))

    digest = claims.pop("subject_digest")
    assert len(digest) == 64
    assert header == {"alg": "ES256", "kid": forge.KID, "typ": "dc+sd-jwt"}
    assert claims == {
        "iss": ISSUER,
        "vct": f"{ISSUER}/receipts/certificate_verification",
        "iat": forge.NOW,
        "exp": forge.NOW + 90 * 86_400,
        "jti": str(RECEIPT.id),
        "outcome": "in_force",
        "checked_at": "2026-03-02T08:00:00Z",
        "status": {"status_list": {"idx": PLACE.index, "uri": f"{ISSUER}/status-lists/{PLACE.list_number}"}},
    }


def test_with_a_tilde_a_receipt_is_an_sd_jwt_without_disclosures() -> None:
    presented = a_signer().sign(RECEIPT, number=NUMBER) + "~"

    issued, *disclosures = presented.split("~")

    assert disclosures == [""]
    assert read_offline(issued)[1]["outcome"] == "in_force"


def test_an_altered_receipt_is_no_receipt() -> None:
    head, body, signature = a_signer().sign(RECEIPT, number=NUMBER).split(".")
    altered = body.replace(body[40], "A" if body[40] != "A" else "B", 1)

    with pytest.raises(BadSignatureError):
        read_offline(f"{head}.{altered}.{signature}")


@given(st.from_regex(r"99[0-9]{15}[0-9X]", fullmatch=True))
def test_a_receipt_holds_nothing_of_the_number(number: str) -> None:
    _, claims = read_offline(a_signer().sign(RECEIPT, number=number))

    assert number[:6] not in json.dumps({**claims, "subject_digest": "", "iat": 0, "exp": 0, "jti": ""})
    assert claims["subject_digest"] == a_signer().subject_digest(RECEIPT.id, number)


def test_the_digest_tells_neither_two_receipts_of_one_person_nor_one_number_to_whom_lacks_the_key() -> None:
    other_receipt = replace(RECEIPT, id=UUID(int=1)).id
    digests = {
        a_signer().subject_digest(RECEIPT.id, NUMBER),
        a_signer().subject_digest(other_receipt, NUMBER),
        a_signer().subject_digest(RECEIPT.id, "990101190001010025"),
        a_signer(key=bytes(32)).subject_digest(RECEIPT.id, NUMBER),
    }

    assert len(digests) == 4


def test_a_receipt_opens_no_door() -> None:
    keys = key_set(PUBLISHED, algorithm=Algorithm.ES256)
    verifier = TokenVerifier({ISSUER: own_profile(issuer=ISSUER, audience=AUDIENCE, keys=keys)})

    with pytest.raises(TokenRefused, match="type"):
        verifier.verify(a_signer().sign(RECEIPT, number=NUMBER), at=AT)


def test_the_instant_of_the_check_is_told_in_universal_time() -> None:
    local = datetime(2026, 3, 2, 16, 0, tzinfo=timezone(timedelta(hours=8)))

    _, claims = read_offline(a_signer().sign(replace(RECEIPT, checked_at=local), number=NUMBER))

    assert local.astimezone(UTC) == AT
    assert claims["checked_at"] == "2026-03-02T08:00:00Z"


@pytest.mark.parametrize("moment", ["checked_at", "issued_at", "expires_at"])
def test_an_instant_without_offset_is_a_mistake_of_the_caller(moment: str) -> None:
    words: dict[str, Any] = {moment: AT.replace(tzinfo=None)}

    with pytest.raises(ValueError, match="offset"):
        a_signer().sign(replace(RECEIPT, **words), number=NUMBER)
