"""The account into which somebody is paid: never kept whole, for the bank knows it; enough to see who shares it."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from app.domain.shared.errors import Unprocessable
from app.domain.shared.events import Event

_SHAPE = re.compile(r"[0-9]{8,30}")
_SHOWN = 4


class BankAccountImpossible(Unprocessable):
    """The text cannot be the number of an account."""

    code = "bank_account_impossible"
    title = "The account number cannot be right"


@dataclass(frozen=True, slots=True, repr=False)
class BankAccount:
    """The number of a card or a passbook, as somebody shows it. Banks differ in length and check digits.

    >>> BankAccount.parse("9900 0000 1234").masked
    '********1234'
    >>> BankAccount.parse("9900 0000 1234")
    BankAccount(********1234)

    Raises:
        BankAccountImpossible: it is not eight to thirty digits.
    """

    number: str = field(repr=False)

    def __post_init__(self) -> None:
        if not _SHAPE.fullmatch(self.number):
            raise BankAccountImpossible(
                "An account number is eight to thirty digits. Enter it as on the card.", pointer="/number"
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a number; the spaces between its groups are left out.

        Raises:
            BankAccountImpossible: it is not eight to thirty digits.
        """
        return cls("".join(text.split()))

    @property
    def masked(self) -> str:
        """What is kept to be read: the last four digits."""
        return "*" * (len(self.number) - _SHOWN) + self.number[-_SHOWN:]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.masked})"


@dataclass(frozen=True, slots=True, kw_only=True)
class BankAccountRecorded(Event):
    """An account of the person was taken down; which one stays with the person, and of it no more than its end."""

    name: ClassVar[str] = "person.bank_account_recorded"

    person_id: UUID
    recorded_by: UUID
    recorded_on: date
