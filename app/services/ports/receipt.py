"""Receipts: what a person may keep of an answer, and show to others who need no more than our published keys."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.domain.shared.errors import Unprocessable


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was found, received or decided, when, and until when the answer may be relied on.

    `kind` and `outcome` are codes.
    """

    id: UUID
    kind: str
    outcome: str
    checked_at: datetime
    issued_at: datetime
    expires_at: datetime
    number: int | None = None
    """Which of all receipts it is, once it is on record; its place in a status list follows from that."""
    facts: Mapping[str, object] = field(default_factory=dict)
    """What else it says: ids, codes and days, never a name or a number of a person."""


class ReceiptNotOurs(Unprocessable):
    """A text is no receipt that this deployment's key has signed."""

    code = "receipt_not_ours"
    title = "This is no receipt of ours"


class ReceiptSigner(Protocol):
    """Signs receipts with the deployment's key."""

    def sign(self, receipt: Receipt, *, number: str | None) -> str:
        """The receipt as a compact JWS about whoever bears the number, which itself stays out."""
        ...

    def read(self, text: str) -> Mapping[str, object]:
        """The claims of a receipt.

        Raises:
            ReceiptNotOurs: the key of this deployment has not signed it.
        """
        ...


class Receipts(Protocol):
    """The receipts that were given, within a unit of work."""

    async def register(self, receipt: Receipt, *, subject_id: UUID) -> Receipt:
        """Put one about a thing on record, and say which of all it is."""
        ...

    async def await_turn(self, subject_id: UUID) -> None:
        """Wait for whoever withdraws receipts about a thing, and let nobody do so until the unit of work ends.

        What is looked up afterwards, whether the thing counts, stays so: a receipt of it cannot miss its withdrawal.
        """
        ...

    async def of(self, subject_id: UUID, *, kind: str) -> Receipt:
        """The receipt of a kind about an application or another thing.

        Raises:
            NotFound: there is none.
        """
        ...

    async def is_withdrawn(self, receipt_id: UUID) -> bool:
        """Say whether it was withdrawn."""
        ...

    def withdraw(self, subject_id: UUID, *, at: datetime, kind: str | None = None) -> None:
        """Withdraw all receipts about a thing, or those of a kind, at commit.

        Each stays withdrawn; what is right again gets another.
        """
        ...


class StatusLists(Protocol):
    """The lists in which a withdrawal shows, for everybody."""

    async def signed(self, list_number: int) -> str:
        """A list as it stands, as a compact JWS.

        Raises:
            NotFound: no receipt stands in such a list.
        """
        ...
