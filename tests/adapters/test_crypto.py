"""What is personal rests encrypted in its own place, is found by a keyed digest, and does not show itself."""

import copy
import hashlib
import hmac
import json
import logging
import pickle
from dataclasses import asdict, dataclass
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import override

from app.adapters.crypto import (
    COLUMNS_AT_HAND,
    BlindIndex,
    CipherRefused,
    FieldCipher,
    Keyring,
    Sensitive,
    hash_secret,
    new_key,
    new_secret,
    verify_secret,
)

NUMBER = "990101190001010017"
ROW, OTHER_ROW = UUID(int=1), UUID(int=2)
OLD, NEW = bytes(range(32)), bytes(range(1, 33))
PLACE = {"table": "identifier", "column": "value"}


def a_cipher(**keys: bytes) -> FieldCipher:
    return FieldCipher(Keyring({int(name[1:]): key for name, key in keys.items()}))


class CountedKeyring(Keyring):
    """Counts how often a key is derived."""

    count = 0

    @override
    def derived(self, purpose: str, *, key_id: int) -> bytes:
        self.count += 1
        return super().derived(purpose, key_id=key_id)


@given(st.text(), st.uuids())
def test_what_is_encrypted_is_read_back(plain: str, row: UUID) -> None:
    cipher = a_cipher(k1=OLD)

    assert cipher.decrypt(cipher.encrypt(plain, **PLACE, row=row), **PLACE, row=row) == plain


def test_the_same_text_never_gives_the_same_envelope_and_none_shows_it() -> None:
    envelopes = [a_cipher(k1=OLD).encrypt(NUMBER, **PLACE, row=ROW) for _ in range(100)]

    assert len({envelope[3:15] for envelope in envelopes}) == 100
    assert not any(NUMBER.encode() in envelope for envelope in envelopes)


def test_the_envelope_can_be_opened_by_its_description() -> None:
    envelope = a_cipher(k1=OLD, k7=NEW).encrypt(NUMBER, **PLACE, row=ROW)

    head, nonce, sealed = envelope[:3], envelope[3:15], envelope[15:]
    extracted = hmac.digest(bytes(32), NEW, "sha256")
    key = hmac.digest(extracted, b"yian/field/identifier/value\x01", "sha256")  # RFC 5869, 2.3: one block
    assert head == b"\x01\x00\x07"
    assert AESGCM(key).decrypt(nonce, sealed, head + b"identifier\x00value\x00" + ROW.bytes) == NUMBER.encode()


@pytest.mark.parametrize(
    "place",
    [
        {"table": "person", "column": "value", "row": ROW},
        {"table": "identifier", "column": "name", "row": ROW},
        {"table": "identifier", "column": "value", "row": OTHER_ROW},
    ],
)
def test_an_envelope_that_was_moved_is_refused(place: dict[str, object]) -> None:
    cipher = a_cipher(k1=OLD)
    envelope = cipher.encrypt(NUMBER, **PLACE, row=ROW)

    with pytest.raises(CipherRefused):
        cipher.decrypt(envelope, **place)  # type: ignore[arg-type]


def test_an_envelope_with_any_bit_changed_is_refused() -> None:
    cipher = a_cipher(k1=OLD, k2=NEW)
    envelope = cipher.encrypt(NUMBER, **PLACE, row=ROW)

    for place in range(len(envelope) * 8):
        changed = bytearray(envelope)
        changed[place // 8] ^= 1 << place % 8
        with pytest.raises(CipherRefused):
            cipher.decrypt(bytes(changed), **PLACE, row=ROW)


@given(st.binary(max_size=60))
def test_whatever_stands_in_the_column_is_refused_and_not_quoted(content: bytes) -> None:
    with pytest.raises(CipherRefused, match=r"identifier\.value|no key"):
        a_cipher(k1=OLD).decrypt(content, **PLACE, row=ROW)


def test_after_a_rotation_the_new_key_writes_and_the_old_one_still_reads() -> None:
    before, after = a_cipher(k1=OLD), a_cipher(k1=OLD, k2=NEW)
    old, new = before.encrypt(NUMBER, **PLACE, row=ROW), after.encrypt(NUMBER, **PLACE, row=ROW)

    assert after.decrypt(old, **PLACE, row=ROW) == after.decrypt(new, **PLACE, row=ROW) == NUMBER
    assert (after.is_current(old), after.is_current(new)) == (False, True)
    assert a_cipher(k2=NEW).decrypt(new, **PLACE, row=ROW) == NUMBER
    with pytest.raises(CipherRefused, match="no key 1"):
        a_cipher(k2=NEW).decrypt(old, **PLACE, row=ROW)


@pytest.mark.parametrize("keys", [{}, {0: OLD}, {65536: OLD}, {1: b"short"}, {1: OLD, 2: OLD}])
def test_a_keyring_of_weak_or_doubled_keys_is_refused(keys: dict[int, bytes]) -> None:
    with pytest.raises(ValueError, match=r"key"):
        Keyring(keys)


def test_a_cipher_holds_the_keys_of_the_columns_last_used_and_no_more() -> None:
    """A column may be named by whoever calls, as that of the answer to a keyed request is."""
    keyring = CountedKeyring({1: OLD})
    cipher, columns = FieldCipher(keyring), [f"client/key-{number}" for number in range(COLUMNS_AT_HAND + 1)]
    first, *_, last = [cipher.encrypt(NUMBER, table="idempotency_key", column=name, row=ROW) for name in columns]
    assert keyring.count == COLUMNS_AT_HAND + 1

    assert cipher.decrypt(last, table="idempotency_key", column=columns[-1], row=ROW) == NUMBER
    assert keyring.count == COLUMNS_AT_HAND + 1
    assert cipher.decrypt(first, table="idempotency_key", column=columns[0], row=ROW) == NUMBER
    assert keyring.count == COLUMNS_AT_HAND + 2


def test_each_purpose_and_each_root_key_has_its_own_key() -> None:
    ring = Keyring({1: OLD, 2: NEW})

    keys = {ring.derived(purpose, key_id=number) for purpose in ("field/a", "field/b", "index/a") for number in (1, 2)}

    assert len(keys) == 6
    assert not keys & {OLD, NEW}


def test_a_blind_index_is_an_hmac_that_differs_by_purpose_and_key() -> None:
    ring = Keyring({1: OLD, 2: NEW})
    index = BlindIndex(ring, key_id=1)

    digest = index.of("citizen_number", NUMBER)

    assert digest == hmac.digest(ring.derived("index/citizen_number", key_id=1), NUMBER.encode(), hashlib.sha256)
    assert digest == index.of("citizen_number", NUMBER)
    assert len({digest, index.of("phone", NUMBER), BlindIndex(ring, key_id=2).of("citizen_number", NUMBER)}) == 3


def test_a_blind_index_keeps_its_key_when_another_is_added() -> None:
    before = BlindIndex(Keyring({1: OLD}), key_id=1)
    after = BlindIndex(Keyring({1: OLD, 2: NEW}), key_id=1)

    assert before.of("citizen_number", NUMBER) == after.of("citizen_number", NUMBER)


def test_a_blind_index_without_its_key_refuses_to_start() -> None:
    with pytest.raises(CipherRefused, match="no key 3"):
        BlindIndex(Keyring({1: OLD}), key_id=3)


@dataclass(frozen=True)
class Applicant:
    number: Sensitive


def test_a_sensitive_text_shows_itself_only_when_asked() -> None:
    wrapped = Sensitive(NUMBER)
    held = Applicant(wrapped)
    logged = logging.LogRecord("x", logging.INFO, "", 0, "%s %r", (wrapped, wrapped), None).getMessage()
    shown = [str(wrapped), repr(wrapped), f"{wrapped}", f"{wrapped!r:>40}", f"{wrapped:>40}", logged]
    shown += ["%s" % wrapped, repr(held), repr(asdict(held)), repr([wrapped]), json.dumps([wrapped], default=str)]  # noqa: UP031

    assert not any(NUMBER[:6] in text for text in shown)
    assert wrapped.reveal() == NUMBER
    assert not hasattr(wrapped, "__dict__")


def test_a_sensitive_text_cannot_leave_by_pickle_or_by_json() -> None:
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(Sensitive(NUMBER))
    with pytest.raises(TypeError):
        json.dumps(Sensitive(NUMBER))


def test_sensitive_texts_are_equal_by_what_they_hold() -> None:
    wrapped = Sensitive("张三")

    assert wrapped == Sensitive("张三") == copy.copy(wrapped) == copy.deepcopy(wrapped)
    assert {wrapped, Sensitive("张三")} == {wrapped}
    assert wrapped != Sensitive("李四")
    assert wrapped != "张三"


def test_a_secret_is_known_again_and_nothing_else_is() -> None:
    secret = new_secret()
    digest = hash_secret(secret)

    assert verify_secret(secret, digest)
    for other in (new_secret(), secret[:-1], f"{secret} ", "", "\ud800", "\x00", secret.swapcase(), digest.hex()):
        assert not verify_secret(other, digest)


def test_a_secret_has_256_random_bits() -> None:
    assert len({new_secret() for _ in range(100)}) == 100
    assert {len(new_secret()) for _ in range(100)} == {43}
    assert len(new_key()) == 32


def test_what_a_person_might_have_chosen_is_no_secret() -> None:
    with pytest.raises(ValueError, match="new_secret"):
        hash_secret("Xinjiang2026!")
