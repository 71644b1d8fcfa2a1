"""Receipts: what a person may keep of an answer, and show to others who need no more than our published keys."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was found, received or decided, when, and until when the answer may be relied on.

    `kind` and `outcome` are codes. `status_index` is the receipt's own place in the status list, where a withdrawal
    shows; what cannot be withdrawn has none.
    """

    id: UUID
    kind: str
    outcome: str
    checked_at: datetime
    issued_at: datetime
    expires_at: datetime
    status_index: int | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    """What else it says: ids, codes and days, never a name or a number of a person."""


class ReceiptSigner(Protocol):
    """Signs receipts with the deployment's key."""

    def sign(self, receipt: Receipt, *, number: str | None) -> str:
        """The receipt as a compact JWS about whoever bears the number, which itself stays out."""
        ...


class Receipts(Protocol):
    """The receipts that were given, within a unit of work."""

    async def register(
        self, *, receipt_id: UUID, subject_id: UUID, kind: str, outcome: str, issued_at: datetime, expires_at: datetime
    ) -> int:
        """Put one on record and give it its own place in the status list."""
        ...

    async def of(self, subject_id: UUID, *, kind: str) -> Receipt:
        """The receipt of a kind about an application or another thing.

        Raises:
            NotFound: there is none.
        """
        ...
