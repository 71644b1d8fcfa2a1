"""The status list: as the draft writes it, and with places that tell nothing of who came when."""

import base64
import json
import zlib
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.crypto import BlindIndex, Keyring
from app.adapters.status_list import LIST_SIZE, Place, Places, numbers_in, packed
from tests.adapters.jwt_forge import AT, ISSUER, NOW
from tests.adapters.test_receipts import a_signer, read_offline


def places(*, key: bytes = bytes(range(32))) -> Places:
    return Places(BlindIndex(Keyring({1: key}), key_id=1))


def bits_of(packed_list: str) -> list[int]:
    """The bits as whoever knows the draft reads them."""
    octets = zlib.decompress(base64.urlsafe_b64decode(packed_list + "=" * (-len(packed_list) % 4)))
    return [octet >> bit & 1 for octet in octets for bit in range(8)]


def test_the_example_of_the_draft_is_written_as_in_the_draft() -> None:
    statuses = [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]

    written = packed((place for place, status in enumerate(statuses) if status), size=16)

    assert written == "eNrbuRgAAhcBXQ"
    assert bits_of(written) == statuses


@given(st.sets(st.integers(0, 1023), max_size=20))
def test_what_is_withdrawn_is_set_and_nothing_else(withdrawn: set[int]) -> None:
    assert {place for place, bit in enumerate(bits_of(packed(withdrawn, size=1024))) if bit} == withdrawn


def test_a_list_holds_a_million_and_is_small() -> None:
    assert len(bits_of(packed([]))) == LIST_SIZE == 1_048_576
    assert len(packed([])) < 250


def test_each_receipt_has_its_own_place() -> None:
    numbers = range(1, 20_001)

    assert len({places().of(number).index for number in numbers}) == len(numbers)


@given(st.integers(1, 5 * LIST_SIZE))
def test_when_a_list_is_full_the_next_one_begins(number: int) -> None:
    place = places().of(number)

    assert number in numbers_in(place.list_number)
    assert 0 <= place.index < LIST_SIZE


def test_neighbours_do_not_stand_together_and_lists_are_shuffled_apart() -> None:
    of_one_list = [places().of(number).index for number in range(1, 1001)]
    of_the_next = [places().of(LIST_SIZE + number).index for number in range(1, 1001)]

    ascending = sum(one < other for one, other in pairwise(of_one_list))
    near = sum(abs(one - other) < 1000 for one, other in pairwise(of_one_list))
    assert 400 < ascending < 600
    assert near < 20
    assert of_one_list != of_the_next


def test_without_the_key_nobody_tells_a_place() -> None:
    assert places().of(7) != places(key=bytes(32)).of(7)
    assert places().of(7) == places().of(7)
    assert isinstance(places().of(7), Place)


@pytest.mark.parametrize("withdrawn", [[], [7], [1, 7, 4711]])
def test_the_list_is_a_token_of_its_own_kind_about_its_own_address(withdrawn: list[int]) -> None:
    header, claims = read_offline(a_signer().sign_status_list(1, withdrawn, at=AT))

    assert header["typ"] == "statuslist+jwt"
    assert (claims["sub"], claims["iat"]) == (f"{ISSUER}/status-lists/1", NOW)
    assert claims["exp"] == int((AT + timedelta(days=7)).timestamp())
    assert claims["ttl"] == 300
    assert claims["status_list"]["bits"] == 1
    assert sum(bits_of(claims["status_list"]["lst"])) == len(withdrawn)
    assert json.dumps(sorted(claims)) == '["exp", "iat", "status_list", "sub", "ttl"]'
