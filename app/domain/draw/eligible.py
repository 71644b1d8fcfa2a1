"""Who may be drawn for an evaluation, and who may not: a list that follows from the registers and dated rules alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from app.domain.shared.errors import Conflict
from app.domain.shared.identity import MINIMUM_DOCTORS, Category
from app.domain.shared.region import Level, contains
from app.domain.shared.rulebook import Ruled, RulesInForce

AREA = "certificate.evaluation_area"
_DEPTHS = {level: depth for depth, level in enumerate(Level, 1)}


class NobodyEligible(Conflict):
    """No institution that may evaluate here is left to draw from."""

    code = "nobody_eligible"
    title = "There is no institution to draw from"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doctor:
    """Somebody who serves at an institution as an evaluator, and who that is, where the house knows."""

    account_id: UUID
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """A designated institution with its doctors, as the registers have it.

    Source: 残疾人证管理办法 (2017), art. 6.
    """

    id: UUID
    region: str
    categories: frozenset[Category]
    visits_homes: bool
    doctors: tuple[Doctor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One line of the list: an institution, and those of its doctors who may be drawn."""

    institution_id: UUID
    doctors: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the evaluation of one person asks for."""

    region: str
    categories: frozenset[Category]
    """Those that the person names; where none is named, an institution must be designated for all."""
    at_home: bool = False
    concerned: frozenset[UUID] = frozenset()
    """The person and the person's guardians: an institution at which one of them serves is in conflict."""
    barred: frozenset[UUID] = frozenset()
    """Doctors who take no part: they have concluded on the case before or declined it, or are related to the person."""
    declined: frozenset[UUID] = frozenset()
    """Institutions that have declined the case."""

    @property
    def needed(self) -> frozenset[Category]:
        """The categories for which an institution must be designated."""
        return (self.categories or frozenset(Category)) - {Category.MULTIPLE}


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawRules:
    """What the place says of the list, as dated data."""

    area: Ruled[Level]
    """How far around the person institutions are drawn from: the county, the prefecture or the province."""
    minimum_doctors: Ruled[int]

    @classmethod
    def of(cls, rules: RulesInForce) -> Self:
        """Read them from the rules in force.

        Raises:
            NoRuleInForce: one of them is missing for the region and the day.
        """
        return cls(area=rules.choice(AREA, Level), minimum_doctors=rules.count(MINIMUM_DOCTORS))

    @property
    def references(self) -> tuple[str, ...]:
        """What a decision stores to name the rules."""
        return self.area.reference, self.minimum_doctors.reference


def eligible(institutions: Iterable[Institution], wanted: Wanted, rules: DrawRules) -> tuple[Candidate, ...]:
    """The list to draw from, in the order of the ids; it may be empty."""
    around = "/".join(wanted.region.split("/")[: _DEPTHS[rules.area.value]])
    free = (
        Candidate(institution_id=one.id, doctors=_free(one, wanted))
        for one in sorted(institutions, key=lambda one: one.id)
        if contains(around, one.region)
        and wanted.needed <= one.categories
        and (one.visits_homes or not wanted.at_home)
        and one.id not in wanted.declined
        and not is_concerned(one, wanted)
    )
    return tuple(one for one in free if len(one.doctors) >= rules.minimum_doctors.value)


def stand_ins(
    institutions: Iterable[Institution], wanted: Wanted, *, institution_id: UUID, doctors: int
) -> tuple[Candidate, ...]:
    """The list of one institution, from which doctors are drawn for those of it who have declined.

    It is empty where the institution has not so many left: then an institution is drawn anew.
    """
    free = (
        Candidate(institution_id=one.id, doctors=_free(one, wanted))
        for one in institutions
        if one.id == institution_id and not is_concerned(one, wanted)
    )
    return tuple(one for one in free if len(one.doctors) >= doctors)


def is_concerned(institution: Institution, wanted: Wanted) -> bool:
    """Say whether the person or a guardian serves at the institution, whose doctors are then their colleagues."""
    return any(doctor.person_id in wanted.concerned for doctor in institution.doctors)


def _free(institution: Institution, wanted: Wanted) -> tuple[UUID, ...]:
    return tuple(sorted({doctor.account_id for doctor in institution.doctors} - wanted.barred))
