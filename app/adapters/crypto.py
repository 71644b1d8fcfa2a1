"""Keeps what is personal unreadable where it rests: fields encrypted, look-ups by keyed digest, secrets as digests.

All keys come from the deployment's few root keys. Each use derives its own by HKDF, so that what one use reveals says
nothing about another, and a field cannot be moved to another column or row and still be read.
"""

import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from typing import Final, NoReturn, Self
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from typing_extensions import override

KEY_OCTETS = 32
MAX_KEY_ID = 65535
SECRET_CHARACTERS = 43  # 32 octets in base64url
MASK: Final = "***"
COLUMNS_AT_HAND: Final = 1_000
"""Of how many columns the key stays at hand: all of the tables, and room for those that callers name. Deriving one
anew costs some twenty microseconds."""

_VERSION = b"\x01"
_NONCE_OCTETS = 12  # 96 bits at random: NIST SP 800-38D, 8.3 allows 2^32 values under one key; each column has its own
_TAG_OCTETS = 16
_HEAD_OCTETS = len(_VERSION) + 2  # version, key id


class CipherRefused(Exception):
    """A stored value cannot be read: damaged, moved, or of a key that we do not hold. It is never quoted."""


class Sensitive:
    """A text that shows itself only when asked by name: masked in logs, formats, tracebacks and debuggers."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The text itself. Each call is a place where personal data leaves its wrapper."""
        return self._value

    @override
    def __repr__(self) -> str:
        return f"Sensitive({MASK})"

    @override
    def __str__(self) -> str:
        return MASK

    @override
    def __format__(self, spec: str) -> str:
        return MASK

    @override
    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sensitive):
            return NotImplemented
        return self._value == other._value

    @override
    def __hash__(self) -> int:
        return hash((Sensitive, self._value))

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    @override
    def __reduce__(self) -> NoReturn:
        raise TypeError("A sensitive text is not pickled. Reveal it or encrypt it.")


class Keyring:
    """The deployment's root keys by number. The highest number writes; the others still read."""

    def __init__(self, keys: Mapping[int, bytes]) -> None:
        if not keys or not all(0 < key_id <= MAX_KEY_ID for key_id in keys):
            raise ValueError(f"A keyring holds at least one key, numbered 1 to {MAX_KEY_ID}.")
        if any(len(key) != KEY_OCTETS for key in keys.values()):
            raise ValueError(f"A key has {KEY_OCTETS} octets.")
        if len(set(keys.values())) != len(keys):
            raise ValueError("Each key of a keyring is another one.")
        self._keys = dict(keys)
        self.newest = max(keys)

    def derived(self, purpose: str, *, key_id: int) -> bytes:
        """The key for one purpose, 32 octets.

        Raises:
            CipherRefused: the keyring does not hold this number.
        """
        if key_id not in self._keys:
            raise CipherRefused(f"The keyring holds no key {key_id}.")
        # RFC 5869, 3.1: without a salt, because the root keys are uniformly random already.
        hkdf = HKDF(algorithm=hashes.SHA256(), length=KEY_OCTETS, salt=None, info=b"yian/" + purpose.encode())
        return hkdf.derive(self._keys[key_id])


class FieldCipher:
    """Encrypts single columns with AES-256-GCM. The envelope is: version, key number, nonce, ciphertext and tag."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring
        self._newest_head = _VERSION + keyring.newest.to_bytes(2, "big")
        self._ciphers: dict[tuple[bytes, str, str], AESGCM] = {}

    def encrypt(self, plain: str, *, table: str, column: str, row: UUID) -> bytes:
        """The envelope of a text, readable only in this column of this row."""
        return self.seal(plain.encode(), table=table, column=column, row=row)

    def seal(self, content: bytes, *, table: str, column: str, row: UUID) -> bytes:
        """The envelope of any content, readable only in this column of this row."""
        head = self._newest_head
        cipher, context = self._cipher(head, table, column), _context(head, table=table, column=column, row=row)
        nonce = os.urandom(_NONCE_OCTETS)
        return head + nonce + cipher.encrypt(nonce, content, context)

    def decrypt(self, envelope: bytes, *, table: str, column: str, row: UUID) -> str:
        """The text of an envelope.

        Raises:
            CipherRefused: it was changed, comes from another place, or was written with a key that we do not hold.
        """
        return self.unseal(envelope, table=table, column=column, row=row).decode()

    def unseal(self, envelope: bytes, *, table: str, column: str, row: UUID) -> bytes:
        """The content of an envelope.

        Raises:
            CipherRefused: it was changed, comes from another place, or was written with a key that we do not hold.
        """
        if len(envelope) < _HEAD_OCTETS + _NONCE_OCTETS + _TAG_OCTETS or envelope[:1] != _VERSION:
            raise CipherRefused(f"The value in {table}.{column} is not an envelope.")
        head, nonce = envelope[:_HEAD_OCTETS], envelope[_HEAD_OCTETS : _HEAD_OCTETS + _NONCE_OCTETS]
        cipher, context = self._cipher(head, table, column), _context(head, table=table, column=column, row=row)
        try:
            return cipher.decrypt(nonce, envelope[_HEAD_OCTETS + _NONCE_OCTETS :], context)
        except InvalidTag:
            raise CipherRefused(f"The value in {table}.{column} was changed or belongs elsewhere.") from None

    def is_current(self, envelope: bytes) -> bool:
        """Say whether the newest key wrote it; if not, a rotation has still to write it anew."""
        return envelope.startswith(self._newest_head)

    def _cipher(self, head: bytes, table: str, column: str) -> AESGCM:
        """The cipher of a column; beyond so many, that of the one least recently used goes."""
        place = (head, table, column)
        cipher = self._ciphers.pop(place, None)
        if cipher is None:
            key_id = int.from_bytes(head[len(_VERSION) :], "big")
            cipher = AESGCM(self._keyring.derived(f"field/{table}/{column}", key_id=key_id))
            if len(self._ciphers) >= COLUMNS_AT_HAND:
                del self._ciphers[next(iter(self._ciphers))]
        self._ciphers[place] = cipher
        return cipher


class BlindIndex:
    """Finds equal values without keeping them: a digest that nobody without the key can compute or try out.

    The key's number is fixed by the deployment and does not follow the newest: another key gives other digests, so that
    changing it means computing every index anew, in one step.
    """

    def __init__(self, keyring: Keyring, *, key_id: int) -> None:
        keyring.derived("index", key_id=key_id)  # refuses now rather than at the first look-up
        self._keyring = keyring
        self._key_id = key_id
        self._keyed: dict[str, HMAC] = {}

    def of(self, purpose: str, value: str) -> bytes:
        """The digest, 32 octets. Equal only for equal texts, so the caller brings the value into its one form first."""
        keyed = self._keyed.get(purpose)
        if keyed is None:
            key = self._keyring.derived(f"index/{purpose}", key_id=self._key_id)
            keyed = self._keyed[purpose] = HMAC(key, hashes.SHA256())
        digest = keyed.copy()  # the key is set up once: that is two thirds of the work on so short a text
        digest.update(value.encode())
        return digest.finalize()


def new_key() -> bytes:
    """A root key for a keyring."""
    return secrets.token_bytes(KEY_OCTETS)


def new_secret() -> str:
    """A client secret: 256 random bits, shown once and never chosen by a person."""
    return secrets.token_urlsafe(KEY_OCTETS)


def hash_secret(secret: str) -> bytes:
    """What is kept of a client secret, 32 octets.

    One SHA-256 is enough here. Salt and slowness protect what people choose, because it can be guessed; 256 random bits
    cannot, however fast a guess is. A slow digest would only let strangers keep us busy at the token endpoint.

    Raises:
        ValueError: the text is too short to be one of our secrets.
    """
    if len(secret) < SECRET_CHARACTERS:
        raise ValueError("A secret comes from new_secret().")
    return _digest_of(secret)


def verify_secret(secret: str, digest: bytes) -> bool:
    """Say whether a text is the secret, in a time that does not tell how much of it is right."""
    return hmac.compare_digest(_digest_of(secret), digest)


def _digest_of(secret: str) -> bytes:
    # "surrogatepass" so that whatever a client sends has a digest, and a wrong one.
    return hashlib.sha256(b"yian/client-secret/" + secret.encode("utf-8", "surrogatepass")).digest()


def _context(head: bytes, *, table: str, column: str, row: UUID) -> bytes:
    return head + f"{table}\x00{column}\x00".encode() + row.bytes
