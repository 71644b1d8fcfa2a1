"""Receipts: what a person may keep, and anybody can check with our published keys alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was found or decided, when, and until when the answer may be relied on.

    `kind` and `outcome` are codes. `status_index` is the receipt's own place in the status list, where a withdrawal
    shows.
    """

    id: UUID
    kind: str
    outcome: str
    checked_at: datetime
    issued_at: datetime
    expires_at: datetime
    status_index: int


class ReceiptSigner(Protocol):
    """Signs receipts."""

    def sign(self, receipt: Receipt, *, number: str) -> str:
        """The receipt about whoever bears the number, which itself stays out."""
        ...


class Receipts(Protocol):
    """The receipts that were given, within a unit of work."""

    async def register(
        self, *, receipt_id: UUID, subject_id: UUID, kind: str, outcome: str, issued_at: datetime, expires_at: datetime
    ) -> int:
        """Put one on record and give it its own place in the status list."""
        ...
