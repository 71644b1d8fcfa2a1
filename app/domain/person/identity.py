"""Who somebody is by the citizen identity number, and whether what is said besides agrees with it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.shared.errors import Unprocessable
from app.domain.shared.events import Event
from app.domain.shared.identity import CitizenNumber, Sex

_SAYS_NOTHING = frozenset({Sex.UNKNOWN, Sex.UNSTATED})


class IdentityDisagrees(Unprocessable):
    """Two of the things said about a person cannot both be right."""

    code = "identity_disagrees"
    title = "The identity does not agree with itself"


class BirthDateDisagrees(IdentityDisagrees):
    """The date of birth is not the one in the citizen identity number."""

    code = "birth_date_disagrees"
    title = "The date of birth is not the one in the number"


class SexDisagrees(IdentityDisagrees):
    """The sex is not the one in the citizen identity number."""

    code = "sex_disagrees"
    title = "The sex is not the one in the number"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonIdentified(Event):
    """The identity number of somebody who was registered without one came on record; the number itself stays there."""

    name: ClassVar[str] = "person.identified"

    person_id: UUID
    identified_by: UUID
    identified_on: date


def require_agreement(number: CitizenNumber, *, birth_date: date | None = None, sex: Sex | None = None) -> None:
    """Hold what is said about a person to what the number says. What is not said agrees.

    Source: GB 11643-1999: the number carries the date of birth, and the sex by its seventeenth digit.

    Raises:
        BirthDateDisagrees: another date of birth is given.
        SexDisagrees: the other sex is given.
    """
    if birth_date is not None and birth_date != number.born_on:
        raise BirthDateDisagrees(
            "The date of birth is not the one in the identity number. Compare both with the card.",
            pointer="/birth_date",
        )
    if sex is not None and sex not in _SAYS_NOTHING and sex is not number.sex:
        raise SexDisagrees("The sex is not the one in the identity number. Compare both with the card.", pointer="/sex")


def age_on(birth_date: date, on: date) -> int:
    """Completed years of age (周岁); somebody born on 29 February is a year older on 1 March of a common year.

    Source: 民法典 arts. 17, 18 count years of age in full.

    >>> age_on(date(1904, 2, 29), date(1905, 2, 28))
    0
    """
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))
