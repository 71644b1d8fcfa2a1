"""Receipts that anybody can check offline with our published keys, that name nobody, and the lists of their status."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from app.adapters.crypto import BlindIndex
from app.adapters.jwt import JwsSigner, TokenRefused
from app.adapters.status_list import Places, packed
from app.services.ports.receipt import Receipt, ReceiptNotOurs

RECEIPT_TYPE: Final = "dc+sd-jwt"
STATUS_LIST_TYPE: Final = "statuslist+jwt"
LIST_LASTS = timedelta(days=7)
"""How long a verifier that cannot reach us may go by the list that it has."""
LOOK_AGAIN = timedelta(minutes=5)
"""How old a list may be for a verifier that can."""


class JwsReceiptSigner:
    """Writes receipts as compact ES256 signatures; with `~` at the end one is an SD-JWT without disclosures.

    Source: RFC 9901 (SD-JWT), the drafts SD-JWT VC (`vct`, `typ`) and Token Status List (`status`).
    """

    def __init__(self, issuer: str, private_jwk: Mapping[str, Any], *, index: BlindIndex) -> None:
        self._issuer = issuer
        self._signer = JwsSigner(private_jwk)
        self._index = index
        self._places = Places(index)

    def sign(self, receipt: Receipt, *, number: str | None) -> str:
        """The receipt about whoever bears the number, which itself stays out."""
        claims: dict[str, object] = {
            **receipt.facts,
            "iss": self._issuer,
            "vct": f"{self._issuer}/receipts/{receipt.kind}",
            "iat": _seconds(receipt.issued_at),
            "exp": _seconds(receipt.expires_at),
            "jti": str(receipt.id),
            "outcome": receipt.outcome,
            "checked_at": _instant(receipt.checked_at),
            "status": {"status_list": self._status(receipt)},
        }
        if number is not None:
            claims["subject_digest"] = self.subject_digest(receipt.id, number)
        return self._signer.sign(claims, token_type=RECEIPT_TYPE)

    def read(self, text: str) -> Mapping[str, object]:
        """The claims of a receipt of ours, with `~` at its end or without."""
        try:
            return self._signer.read(text.removesuffix("~"), token_type=RECEIPT_TYPE)
        except TokenRefused:
            raise ReceiptNotOurs("Send the receipt as it was given: this is none that we have signed.") from None

    def subject_digest(self, receipt_id: UUID, number: str) -> str:
        """What stands for the number in this one receipt: only we can confirm it, to somebody who shows us both.

        It is keyed, because identity numbers are few enough to be tried out; and it differs from receipt to receipt, so
        that two verifiers cannot find out that they met the same person.
        """
        return self._index.of("receipt", f"{receipt_id}/{number}").hex()

    def sign_status_list(self, list_number: int, withdrawn: Iterable[int], *, at: datetime) -> str:
        """The list as it stands at an instant, with the bits of these receipts set, by their numbers.

        Source: Token Status List, 5.1: `typ`, `sub`, `iat`, `exp`, `ttl`, `status_list`.
        """
        claims = {
            "sub": self._list_uri(list_number),
            "iat": _seconds(at),
            "exp": _seconds(at + LIST_LASTS),
            "ttl": int(LOOK_AGAIN.total_seconds()),
            "status_list": {"bits": 1, "lst": packed(self._places.of(number).index for number in withdrawn)},
        }
        return self._signer.sign(claims, token_type=STATUS_LIST_TYPE)

    def _status(self, receipt: Receipt) -> dict[str, object]:
        assert receipt.number is not None  # a receipt is signed when it is on record
        place = self._places.of(receipt.number)
        return {"idx": place.index, "uri": self._list_uri(place.list_number)}

    def _list_uri(self, list_number: int) -> str:
        return f"{self._issuer}/status-lists/{list_number}"


def _seconds(at: datetime) -> int:
    _require_offset(at)
    return int(at.timestamp())


def _instant(at: datetime) -> str:
    _require_offset(at)
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _require_offset(at: datetime) -> None:
    if at.tzinfo is None:
        raise ValueError("An instant needs its offset.")
