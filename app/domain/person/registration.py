"""How somebody comes into the register: what is said, and what the identity number says of it."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.person.facts import Contact, EconomicFact, Language, PreferredFormat
from app.domain.person.identity import BirthDateDisagrees, require_agreement
from app.domain.shared.errors import Unprocessable
from app.domain.shared.events import Event
from app.domain.shared.identity import CitizenNumber, Sex


class NameMissing(Unprocessable):
    """A person is registered without a name."""

    code = "name_missing"
    title = "The name is missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRegistered(Event):
    """Somebody came into the register."""

    name: ClassVar[str] = "person.registered"

    person_id: UUID
    registered_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What is said about somebody who is not in the register yet. Name and numbers do not show themselves in logs."""

    name: str = field(repr=False)
    region: str
    registration_region: str
    citizen_number: CitizenNumber | None = None
    birth_date: date | None = None
    sex: Sex | None = None
    contacts: tuple[Contact, ...] = ()
    economic_statuses: tuple[EconomicFact, ...] = ()
    preferred_format: PreferredFormat = PreferredFormat.STANDARD
    preferred_language: Language = Language.CHINESE

    def born_on(self, *, on: date) -> date | None:
        """The date of birth, which the number says where there is one.

        Raises:
            BirthDateDisagrees: it is not the one in the number, or lies after the day of the registration.
            SexDisagrees: the sex is not the one in the number.
        """
        number = self.citizen_number
        if number is not None:
            require_agreement(number, birth_date=self.birth_date, sex=self.sex)
        born_on = number.born_on if number is not None else self.birth_date
        if born_on is not None and born_on > on:
            raise BirthDateDisagrees(
                "The date of birth lies in the future. Compare it with the card.", pointer="/birth_date"
            )
        return born_on

    def known_sex(self) -> Sex:
        """The sex, which the number says where there is one."""
        if self.citizen_number is not None:
            return self.citizen_number.sex
        return self.sex if self.sex is not None else Sex.UNKNOWN
