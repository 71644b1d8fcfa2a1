"""What is true of a person for a time: names, numbers, contacts, economic status, guardians."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar, Protocol, TypeVar
from uuid import UUID

from app.domain.shared.access import Acting
from app.domain.shared.events import Event
from app.domain.shared.identity import Identifier


class EconomicStatus(StrEnum):
    """How a household stands by the lists of civil affairs.

    Source: 社会救助暂行办法 for the first three; 防返贫监测 for the fourth.
    """

    SUBSISTENCE_ALLOWANCE = "subsistence_allowance"
    """最低生活保障 (低保): the household receives the subsistence allowance."""
    LOW_INCOME = "low_income"
    """低保边缘: just above the line of the subsistence allowance."""
    EXTREME_HARDSHIP = "extreme_hardship"
    """特困供养: no ability to work, no income, nobody to support; kept by the state."""
    MONITORED = "monitored"
    """防返贫监测: watched so that poverty does not return."""
    ORDINARY = "ordinary"
    """On none of the lists."""


class FactSource(StrEnum):
    """Who says so, from the surest to the least sure. Source: 国办函〔2016〕108号."""

    AUTHORITY = "authority"
    """A: made by an authority, used as it is."""
    COUNTER = "counter"
    """B: checked at a counter, used again."""
    UPLOADED = "uploaded"
    """C: uploaded, to be compared with the original."""
    DECLARED = "declared"
    """D: the person says so and answers for it."""


class PreferredFormat(StrEnum):
    """How a person wants to be told things. Source: 无障碍环境建设法 (2023), arts. 29, 32, 38."""

    STANDARD = "standard"
    VOICE = "voice"
    LARGE_PRINT = "large_print"
    BRAILLE = "braille"
    SIGN_LANGUAGE = "sign_language"
    PLAIN_LANGUAGE = "plain_language"


class Language(StrEnum):
    """The language a person wants to be told things in, as a BCP 47 tag."""

    CHINESE = "zh-CN"
    UYGHUR = "ug-CN"
    KAZAKH = "kk-CN"
    ENGLISH = "en"


_NATIONAL_DIGITS = 12
"""A telephone has no more within the country: an area of four and a number of eight."""


class ContactKind(StrEnum):
    """What kind of contact it is."""

    PHONE = "phone"
    ADDRESS = "address"
    BANK_ACCOUNT = "bank_account"
    """Into which the person is paid; only its last four digits can be read."""


def form_of(kind: ContactKind, value: str) -> str:
    """A contact in one form: digits of a telephone without the country's, letters and numbers of an address, digits.

    >>> form_of(ContactKind.PHONE, "+86 994-000 0000")
    '9940000000'
    >>> form_of(ContactKind.ADDRESS, "Sample Lane, No. １")
    'samplelaneno1'
    """
    plain = unicodedata.normalize("NFKC", value).casefold()
    if kind is ContactKind.BANK_ACCOUNT:
        return "".join(letter for letter in plain if letter.isdigit())
    if kind is ContactKind.ADDRESS:
        return "".join(letter for letter in plain if letter.isalnum())
    digits = "".join(letter for letter in plain if letter.isdigit())
    is_international = plain.strip().startswith("+") or digits.startswith("00") or len(digits) > _NATIONAL_DIGITS
    return digits.removeprefix("00").removeprefix("86" if is_international else "").lstrip("0")


class Dated(Protocol):
    """Something that holds from a day, and perhaps until one."""

    @property
    def valid_from(self) -> date:
        """The first day on which it holds."""
        ...

    @property
    def valid_to(self) -> date | None:
        """The last day on which it holds; None while it goes on."""
        ...


DatedT = TypeVar("DatedT", bound=Dated)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldName:
    """A name that the person bears or bore. It does not show itself in logs or tracebacks."""

    value: str = field(repr=False)
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldIdentifier:
    """A number of a public register that the person bears or bore; a person may have none, or several in a life."""

    number: Identifier
    valid_from: date
    valid_to: date | None = None

    @property
    def scheme(self) -> str:
        """Which register gave it."""
        return self.number.scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How the person may be reached. It does not show itself in logs or tracebacks."""

    kind: ContactKind
    value: str = field(repr=False)
    valid_from: date
    valid_to: date | None = None

    @property
    def form(self) -> str:
        """The one form in which the same telephone or address is the same, whoever has written it down."""
        return form_of(self.kind, self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class EconomicFact:
    """An economic status of the person for a time, and who says so."""

    status: EconomicStatus
    source: FactSource
    valid_from: date
    valid_to: date | None = None
    recorded_by: UUID | None = None
    """Who has typed it in; None where a register itself tells it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EconomicStatusRecorded(Event):
    """A source said how the household stands; what it said stays with the person."""

    name: ClassVar[str] = "person.economic_status_recorded"

    person_id: UUID
    source: FactSource
    valid_from: date
    recorded_by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Guardianship:
    """A guardian or agent of the person for a time, in which capacity, and how it was proved."""

    guardian_id: UUID
    acting: Acting
    proof: FactSource
    valid_from: date
    valid_to: date | None = None


def in_force(facts: Iterable[DatedT], on: date) -> tuple[DatedT, ...]:
    """Those of the facts that hold on a day, the latest first.

    >>> names = [HeldName(value="a", valid_from=date(2000, 1, 1), valid_to=date(2010, 1, 1)),
    ...          HeldName(value="b", valid_from=date(2010, 1, 2))]
    >>> [name.value for name in in_force(names, date(2010, 1, 1))]
    ['a']
    """
    holding = (fact for fact in facts if fact.valid_from <= on and (fact.valid_to is None or on <= fact.valid_to))
    return tuple(sorted(holding, key=_beginning, reverse=True))


def _beginning(fact: Dated) -> date:
    return fact.valid_from
