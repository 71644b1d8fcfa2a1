"""What another register says otherwise than ours: part by part, and never which of the two is right."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from app.domain.register.entry import RegisterEntry
from app.domain.shared.identity import Category, CertificateNumber, Grade

IN_FORCE = "in_force"
"""What a certificate is that another register lists without a word."""


class Part(StrEnum):
    """What is compared. Places are not: a move of the registration has a business of its own."""

    NAME = "name"
    NUMBER = "number"
    CATEGORY = "category"
    GRADE = "grade"
    COMPONENTS = "components"
    ISSUED_ON = "issued_on"
    STANDING = "standing"
    """Whether it is in force at all: here it was frozen or cancelled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCard:
    """The certificate that a person holds by our register."""

    certificate_id: UUID
    region: str
    version: int
    """Of the certificate, which counts up with every change."""
    number: CertificateNumber
    category: Category
    grade: Grade
    components: Mapping[Category, Grade]
    issued_on: date
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPerson:
    """Somebody on our register who bears the identity number of a row."""

    person_id: UUID
    places: tuple[str, str]
    """Residence and registration."""
    name: str = field(repr=False)
    card: HeldCard | None = None


@dataclass(frozen=True, slots=True)
class Differing:
    """One part of a row, as it is held and as it was given."""

    part: Part
    held: str = field(repr=False)
    given: str = field(repr=False)

    def masked(self) -> tuple[str, str]:
        """Both, with asterisks for what identifies somebody.

        >>> Differing(Part.NAME, "Yun", "Xue").masked()
        ('Y**', 'X**')
        """
        hidden = _HIDDEN.get(self.part, str)
        return hidden(self.held), hidden(self.given)


def differing(entry: RegisterEntry, held: HeldPerson) -> tuple[Differing, ...]:
    """What the row says otherwise than our register; nothing where it agrees, or where no certificate is held yet."""
    return tuple(one for one in _compared(entry, held) if one.held != one.given)


def _compared(entry: RegisterEntry, held: HeldPerson) -> Iterator[Differing]:
    yield Differing(Part.NAME, held.name, entry.name)
    if (card := held.card) is None:
        return
    yield Differing(Part.NUMBER, card.number.value, entry.number)
    yield Differing(Part.CATEGORY, card.category.slug, entry.category.slug)
    yield Differing(Part.GRADE, str(card.grade.value), str(entry.grade.value))
    yield Differing(Part.COMPONENTS, _spelt(card.components), _spelt(entry.components))
    yield Differing(Part.ISSUED_ON, card.issued_on.isoformat(), entry.issued_on.isoformat())
    yield Differing(Part.STANDING, card.standing, IN_FORCE)


def _spelt(components: Mapping[Category, Grade]) -> str:
    return " ".join(f"{category.slug}={grade.value}" for category, grade in sorted(components.items()))


_HIDDEN: Mapping[Part, Callable[[str], str]] = MappingProxyType(
    {
        Part.NAME: lambda name: name[:1] + "*" * (len(name) - 1),
        Part.NUMBER: lambda number: CertificateNumber.parse(number).masked(),
    }
)
"""What identifies somebody is told with asterisks."""
