"""Receipts that anybody can check offline with our published keys, and that name nobody."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from app.adapters.crypto import BlindIndex
from app.adapters.jwt import JwsSigner
from app.services.ports.receipt import Receipt

RECEIPT_TYPE: Final = "dc+sd-jwt"


class JwsReceiptSigner:
    """Writes receipts as compact ES256 signatures; with `~` at the end one is an SD-JWT without disclosures.

    Source: RFC 9901 (SD-JWT), the drafts SD-JWT VC (`vct`, `typ`) and Token Status List (`status`).
    """

    def __init__(self, issuer: str, private_jwk: Mapping[str, Any], *, index: BlindIndex, status_list_uri: str) -> None:
        self._issuer = issuer
        self._signer = JwsSigner(private_jwk)
        self._index = index
        self._status_list_uri = status_list_uri

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
        }
        if number is not None:
            claims["subject_digest"] = self.subject_digest(receipt.id, number)
        if receipt.status_index is not None:
            claims["status"] = {"status_list": {"idx": receipt.status_index, "uri": self._status_list_uri}}
        return self._signer.sign(claims, token_type=RECEIPT_TYPE)

    def subject_digest(self, receipt_id: UUID, number: str) -> str:
        """What stands for the number in this one receipt: only we can confirm it, to somebody who shows us both.

        It is keyed, because identity numbers are few enough to be tried out; and it differs from receipt to receipt, so
        that two verifiers cannot find out that they met the same person.
        """
        return self._index.of("receipt", f"{receipt_id}/{number}").hex()


def _seconds(at: datetime) -> int:
    _require_offset(at)
    return int(at.timestamp())


def _instant(at: datetime) -> str:
    _require_offset(at)
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _require_offset(at: datetime) -> None:
    if at.tzinfo is None:
        raise ValueError("An instant needs its offset.")
