"""The status list of receipts: one bit for each, at a place that tells nothing, compressed as the draft wants it.

Source: IETF Token Status List (draft-ietf-oauth-status-list), 4.1 and 5.1.
"""

import base64
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.adapters.crypto import BlindIndex

HALF_BITS: Final = 10
LIST_BITS: Final = 2 * HALF_BITS
LIST_SIZE: Final = 1 << LIST_BITS
"""A list holds a million receipts. Whoever fetches it does not say which of them is looked at."""
_ROUNDS = 8
_MASK = (1 << HALF_BITS) - 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where the status of one receipt stands."""

    list_number: int
    """The lists are numbered from 1."""
    index: int


class Places:
    """Where each receipt's status stands.

    Receipts are numbered in the order in which they are given. A place that followed the number would tell how many
    were given in between, and whose came first; so the numbers of each list are shuffled by a keyed Feistel network,
    which gives each its own place and needs no look-up.
    """

    def __init__(self, index: BlindIndex) -> None:
        self._index = index

    def of(self, number: int) -> Place:
        """The place of the receipt with this number."""
        before, within = divmod(number, LIST_SIZE)
        left, right = within >> HALF_BITS, within & _MASK
        for turn in range(_ROUNDS):
            left, right = right, left ^ self._mixed(f"{before}/{turn}/{right}")
        return Place(before + 1, left << HALF_BITS | right)

    def _mixed(self, text: str) -> int:
        return int.from_bytes(self._index.of("status-list", text)[:2], "big") & _MASK


def numbers_in(list_number: int) -> range:
    """The numbers of the receipts that stand in a list."""
    return range((list_number - 1) * LIST_SIZE, list_number * LIST_SIZE)


def packed(withdrawn: Iterable[int], *, size: int = LIST_SIZE) -> str:
    """The list with a 1 at these places: bits from the lowest of each byte on, DEFLATE in zlib's form, base64url.

    >>> packed([0, 3, 4, 5, 7, 8, 9, 13, 15], size=16)
    'eNrbuRgAAhcBXQ'
    """
    bits = bytearray(size // 8)
    for place in withdrawn:
        bits[place // 8] |= 1 << place % 8
    return base64.urlsafe_b64encode(zlib.compress(bits, level=9)).rstrip(b"=").decode()
