"""Seals files piece by piece with AES-256-GCM, so that no file is ever whole in memory.

The envelope is: version, key number, salt, then pieces of 64 KiB, each sealed by itself. Every file has a key of its
own, derived with its salt and its name; every piece has its number and whether it is the last as its nonce. So no piece
can be moved, left out, repeated, put into another file, or be missing at the end.

Source: Hoang, Reyhanitabar, Rogaway, Vizár, Online Authenticated-Encryption (CRYPTO 2015): the STREAM construction.
"""

import os
from collections.abc import AsyncIterable, AsyncIterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.adapters.crypto import KEY_OCTETS, CipherRefused, Keyring

PIECE_OCTETS = 64 * 1024
_VERSION = b"\x01"
_SALT_OCTETS = 32
_TAG_OCTETS = 16
_NUMBER_OCTETS = 11
HEAD_OCTETS = len(_VERSION) + 2 + _SALT_OCTETS
_SEALED_OCTETS = PIECE_OCTETS + _TAG_OCTETS


class FileSealer:
    """Seals and opens files with the deployment's keys: the newest writes, the others still read."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    async def sealed(self, name: str, pieces: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
        """The envelope of a file, readable under this name alone."""
        head = _VERSION + self._keyring.newest.to_bytes(2, "big") + os.urandom(_SALT_OCTETS)
        cipher, number = self._cipher(head, name), 0
        yield head
        async for piece, is_last in _cut(pieces, PIECE_OCTETS):
            yield cipher.encrypt(_nonce(number, is_last=is_last), piece, head)
            number += 1

    async def opened(self, name: str, envelope: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
        """The file in an envelope.

        Raises:
            CipherRefused: it was changed, cut off, renamed, or sealed with a key that we do not hold.
        """
        head, rest = await _split(envelope, HEAD_OCTETS)
        if len(head) < HEAD_OCTETS or head[:1] != _VERSION:
            raise CipherRefused("The file is not an envelope.")
        cipher, number = self._cipher(head, name), 0
        async for piece, is_last in _cut(rest, _SEALED_OCTETS):
            try:
                yield cipher.decrypt(_nonce(number, is_last=is_last), piece, head)
            except InvalidTag:
                raise CipherRefused("The file was changed, cut off, or belongs elsewhere.") from None
            number += 1

    def _cipher(self, head: bytes, name: str) -> AESGCM:
        key_id, salt = int.from_bytes(head[1:3], "big"), head[3:]
        root = self._keyring.derived("file", key_id=key_id)
        hkdf = HKDF(algorithm=hashes.SHA256(), length=KEY_OCTETS, salt=salt, info=b"yian/file/" + name.encode())
        return AESGCM(hkdf.derive(root))


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(_NUMBER_OCTETS, "big") + (b"\x01" if is_last else b"\x00")


async def _cut(pieces: AsyncIterable[bytes], octets: int) -> AsyncIterator[tuple[bytes, bool]]:
    """The same content in pieces of one size, each with whether it is the last; an empty content is one empty piece."""
    held = bytearray()
    async for piece in pieces:
        held += piece
        while len(held) > octets:  # not at equality: it may be the last one
            yield bytes(held[:octets]), False
            del held[:octets]
    yield bytes(held), True


async def _split(pieces: AsyncIterable[bytes], octets: int) -> tuple[bytes, AsyncIterator[bytes]]:
    """The beginning of a content, and an iterator over the rest."""
    iterator, head = aiter(pieces), bytearray()
    while len(head) < octets:
        piece = await anext(iterator, b"")
        if not piece:
            break
        head += piece

    async def rest() -> AsyncIterator[bytes]:
        yield bytes(head[octets:])
        async for piece in iterator:
            yield piece

    return bytes(head[:octets]), rest()
