"""What is known of a person on a day, as far as the conditions of rules ask for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Self

from app.domain.person import EconomicStatus, age_on
from app.domain.shared.identity import Category, Grade
from app.domain.shared.region import code_of, path_of
from app.domain.shared.stated import Stated, StatedValue


class DeclaredFlag(StrEnum):
    """Flags that the person declares; all others are derived from household, certificate and registers."""

    WILLING_TO_WORK = "willing_to_work"
    EARNS_INCOME = "earns_income"
    NO_FIXED_INCOME = "no_fixed_income"
    OWNS_MOTOR_WHEELCHAIR = "owns_motor_wheelchair"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a person on a day. None, or a missing key, means that it is not known."""

    on: date | None = None
    """The day in question; without it nothing is known that depends on one."""
    has_certificate: bool | None = None
    """Whether a certificate is in force."""
    components: Mapping[Category, Grade] = field(default_factory=dict)
    """What the certificate says: the grade of each category. Multiple stands for components that are not known."""
    grade: Grade | None = None
    """The grade, where the components are not known."""
    named: frozenset[Category] = frozenset()
    """Categories that somebody without a certificate wants to be evaluated in: for documents, never for a benefit."""
    birth_date: date | None = None
    age: int | None = None
    """Completed years on the day in question, where the date of birth is not known."""
    economic_status: EconomicStatus | None = None
    registration_region: str | None = None
    """Path of the place of household registration (户籍)."""
    residence_region: str | None = None
    diagnoses: Mapping[Category, bool] = field(default_factory=dict)
    """Of which categories a designated doctor has, or has not, made a diagnosis."""
    needs: Mapping[str, bool] = field(default_factory=dict)
    """Which needs of the catalogue are confirmed, and which are known not to be there."""
    receiving: Mapping[str, bool] = field(default_factory=dict)
    """Which services and benefits are being received, and which are known not to be."""
    last_received: Mapping[str, date | None] = field(default_factory=dict)
    """When each service or benefit was last received; None for never."""
    flags: Mapping[str, bool] = field(default_factory=dict)
    places: Mapping[str, bool] = field(default_factory=dict)
    """For which services a project that is open where the person lives has a place left, and for which it has none."""

    @property
    def heaviest(self) -> Grade | None:
        """The grade that counts. Source: 残疾人证管理办法 (2017), art. 13: that of the heaviest component."""
        return min(self.components.values(), default=self.grade)

    @property
    def knows_components(self) -> bool:
        """Say whether every category that the person has is known."""
        return bool(self.components) and Category.MULTIPLE not in self.components

    def ages_on(self, reference_day: tuple[int, int] | None) -> tuple[int, ...]:
        """The ages that the person can have on the day in question, or on a month and day of its year.

        Whoever says the age alone may be a year older or younger on another day.
        """
        if self.birth_date is not None and self.on is not None:
            return (age_on(self.birth_date, date(self.on.year, *reference_day) if reference_day else self.on),)
        if self.age is None:
            return ()
        return (self.age - 1, self.age, self.age + 1) if reference_day else (self.age,)

    @property
    def stated(self) -> Stated:
        """All of it as plain values, for the decision that was made upon it."""
        return {
            "has_certificate": self.has_certificate,
            "grade": self.heaviest,
            "age": next(iter(self.ages_on(None)), None),
            "economic_status": self.economic_status,
            "registration_region": code_of(self.registration_region) if self.registration_region else None,
            **{f"components.{category.slug}": grade for category, grade in self.components.items()},
            **{f"needs.{code}": is_there for code, is_there in self.needs.items()},
            **{f"receiving.{code}": is_received for code, is_received in self.receiving.items()},
            **{f"flags.{code}": is_set for code, is_set in self.flags.items()},
        }

    @classmethod
    def restated(cls, stated: Stated, *, on: date) -> Self:
        """The facts that a decision was made upon, out of what it says of them.

        An age is told, and no date of birth: what depends on another day of the year may be less certain than it was.
        """
        components = _under("components.", stated)
        grade, place = stated.get("grade"), stated.get("registration_region")
        status = stated.get("economic_status")
        return cls(
            on=on,
            has_certificate=_flag(stated.get("has_certificate")),
            components={Category.from_slug(slug): Grade(int(str(found))) for slug, found in components.items()},
            grade=None if grade is None else Grade(int(str(grade))),
            age=None if stated.get("age") is None else int(str(stated["age"])),
            economic_status=None if status is None else EconomicStatus(str(status)),
            registration_region=None if place is None else path_of(str(place)),
            needs=_flags("needs.", stated),
            receiving=_flags("receiving.", stated),
            flags=_flags("flags.", stated),
        )


def _under(prefix: str, stated: Stated) -> Stated:
    return {code.removeprefix(prefix): value for code, value in stated.items() if code.startswith(prefix)}


def _flags(prefix: str, stated: Stated) -> dict[str, bool]:
    return {code: value for code, value in _under(prefix, stated).items() if isinstance(value, bool)}


def _flag(value: StatedValue) -> bool | None:
    return value if isinstance(value, bool) else None
