"""The citizen identity number (公民身份号码)."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import ClassVar, Self

from app.domain.shared.errors import Unprocessable
from app.domain.shared.identity.identifier import mask

_CHECK_DIGITS = "10X98765432"
_BASE = 13
"""The standard weighs the digits by the powers of 2, modulo 11. That is to read them in any base that leaves 2."""
_SHAPE = re.compile(r"[1-9][0-9]{16}[0-9X]")
_BODY = re.compile(r"[1-9][0-9]{16}")


class Sex(IntEnum):
    """Sex as registered. Source: GB/T 2261.1."""

    UNKNOWN = 0
    MALE = 1
    FEMALE = 2
    UNSTATED = 9


class InvalidCitizenNumber(Unprocessable):
    """The text cannot be a citizen identity number."""

    code = "invalid_citizen_number"
    title = "The citizen identity number cannot be right"


def check_digit(body: str) -> str:
    """The eighteenth character for the seventeen digits before it.

    Source: GB 11643-1999, ISO 7064 MOD 11-2.

    >>> check_digit("11010519491231002")
    'X'

    Raises:
        InvalidCitizenNumber: the body is not seventeen digits, or begins with a zero.
    """
    if not _BODY.fullmatch(body):
        raise InvalidCitizenNumber(
            "The check digit is made from seventeen digits, of which the first is not zero. Give those."
        )
    return _check_digit(body)


def checked_birth(number: str) -> date:
    """The date of birth that is written in eighteen characters of the right shape.

    >>> checked_birth("650000190001010018")
    datetime.date(1900, 1, 1)

    Raises:
        InvalidCitizenNumber: the check digit does not fit, or there is no such date.
    """
    if _check_digit(number[:17]) != number[17]:
        raise InvalidCitizenNumber("The check digit does not fit. Compare the number with the card.")
    return _date_in(number)


@dataclass(frozen=True, slots=True, repr=False)
class CitizenNumber:
    """A well-formed citizen identity number; whether anybody holds it is for the register to say.

    The region is where the number was first given and is not looked up anywhere: counties are renamed and abolished,
    and their old codes live on in people's numbers.

    Source: GB 11643-1999.

    >>> number = CitizenNumber.parse("650000190001010018")
    >>> number.born_on, number.sex.name, number.region
    (datetime.date(1900, 1, 1), 'MALE', '650000')
    >>> number
    CitizenNumber(650**************8)

    Raises:
        InvalidCitizenNumber: the shape, the date or the check digit is wrong.
    """

    scheme: ClassVar[str] = "cn.citizen_number"

    value: str
    born_on: date = field(init=False, compare=False)

    def __post_init__(self) -> None:
        if not _SHAPE.fullmatch(self.value):
            raise InvalidCitizenNumber(
                "A citizen identity number is seventeen digits, of which the first is not zero, and a digit or X. "
                "Enter all 18 characters."
            )
        object.__setattr__(self, "born_on", checked_birth(self.value))

    @classmethod
    def parse(cls, text: str, *, pointer: str | None = None) -> Self:
        """Read a number; a small x at the end is taken for a capital one. `pointer` says where it was written.

        Raises:
            InvalidCitizenNumber: the shape, the date or the check digit is wrong.
        """
        try:
            return cls(text.upper())
        except InvalidCitizenNumber as refused:
            refused.pointer = pointer
            raise

    @classmethod
    def of(cls, *, region: str, born_on: date, sequence: int) -> Self:
        """The number with these parts and the check digit that belongs to them.

        >>> CitizenNumber.of(region="990101", born_on=date(1984, 2, 29), sequence=2).value
        '990101198402290029'

        Raises:
            InvalidCitizenNumber: the parts do not make a number.
        """
        body = f"{region}{born_on.isoformat().replace('-', '')}{sequence:03d}"
        return cls(body + check_digit(body))

    @property
    def region(self) -> str:
        """Six digits: the county-level unit, perhaps long abolished, that first gave the number."""
        return self.value[:6]

    @property
    def sex(self) -> Sex:
        """Male when the last digit of the sequence is odd, female when it is even."""
        return Sex.MALE if int(self.value[16]) % 2 else Sex.FEMALE

    def age_on(self, on: date) -> int:
        """Completed years of age (周岁) on a day; somebody born on 29 February is a year older on 1 March.

        >>> CitizenNumber.parse("650000190001010018").age_on(date(1906, 1, 1))
        6

        Raises:
            InvalidCitizenNumber: the date of birth lies after that day.
        """
        if on < self.born_on:
            raise InvalidCitizenNumber(
                "The date of birth in the number lies in the future. Compare the number with the card."
            )
        return on.year - self.born_on.year - ((on.month, on.day) < (self.born_on.month, self.born_on.day))

    def masked(self) -> str:
        """The number with everything that identifies its holder replaced by asterisks."""
        return mask(self.value)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.masked()})"


def _check_digit(body: str) -> str:
    return _CHECK_DIGITS[int(body, _BASE) * 2 % 11]


def _date_in(number: str) -> date:
    try:
        return date.fromisoformat(number[6:14])
    except ValueError:
        # The cause is left out: its text would put part of the number into the log.
        raise InvalidCitizenNumber(
            "The date of birth in the number does not exist. Compare the number with the card."
        ) from None
