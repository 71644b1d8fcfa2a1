"""Who may act for a person: put on record with its proof, for a time, and at an end from the day after its last."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import ClassVar, Self
from uuid import UUID

from app.domain.person.facts import FactSource, Guardianship, in_force
from app.domain.shared.access import Acting, Principal
from app.domain.shared.errors import AlreadyExists, NotFound, Unprocessable
from app.domain.shared.events import Event
from app.domain.shared.rulebook import Ruled, RulesInForce
from app.domain.shared.span import years_after

ADULT_AGE = "guardianship.adult_age"
PROVEN = frozenset({FactSource.AUTHORITY, FactSource.COUNTER})
"""What a guardianship is proved by: what only the guardian says opens nothing."""


class GuardianshipUnproved(Unprocessable):
    """Nobody but the guardian says so, or a copy that nobody has compared."""

    code = "guardianship_unproved"
    title = "The guardianship is not proved"


class GuardianshipImpossible(Unprocessable):
    """Somebody would be their own guardian, or it would begin in the future or end before it begins."""

    code = "guardianship_impossible"
    title = "This guardianship cannot be"


class GuardianshipExists(AlreadyExists):
    """The same person acts for the person already."""

    code = "guardianship_exists"
    title = "This guardianship is on record"


class GuardianshipNotFound(NotFound):
    """Nobody of this id acts for the person today."""

    code = "guardianship_not_found"
    title = "There is no such guardianship today"


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianshipRecorded(Event):
    """Somebody was put on record as acting for the person."""

    name: ClassVar[str] = "person.guardianship_recorded"

    person_id: UUID
    guardian_id: UUID
    acting: Acting
    proof: FactSource
    valid_from: date
    valid_to: date | None
    recorded_by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianshipEnded(Event):
    """From the day after the last one, somebody no longer acts for the person."""

    name: ClassVar[str] = "person.guardianship_ended"

    person_id: UUID
    guardian_id: UUID
    last_day: date
    ended_by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianshipRules:
    """What holds for guardianships in a region on a day."""

    adult_age_years: Ruled[int]
    """At this age a child has come of age, and the guardianship of the parents ends by itself."""

    @classmethod
    def of(cls, rules: RulesInForce) -> Self:
        """Read them from the rules in force.

        Raises:
            NoRuleInForce: one of them is missing for the region and the day.
        """
        return cls(adult_age_years=rules.years(ADULT_AGE))


def required(
    link: Guardianship, *, whose: UUID, born_on: date | None, on: date, rules: GuardianshipRules
) -> Guardianship:
    """The guardianship as it may be put on record; a child's ends on the eve of coming of age.

    Source: 民法典 arts. 17, 18, 27, 28.

    Raises:
        GuardianshipUnproved: neither an authority nor a counter vouches for it.
        GuardianshipImpossible: it is the own person's, begins in the future, or ends before it begins.
    """
    if link.proof not in PROVEN:
        raise GuardianshipUnproved(
            "Look at the proof of the guardianship at the counter, or take it from an authority.", pointer="/proof"
        )
    if link.guardian_id == whose:
        raise GuardianshipImpossible("Nobody is their own guardian. Give another person.", pointer="/guardian_id")
    until = _until(link, born_on, rules)
    if link.valid_from > on or (until is not None and until < link.valid_from):
        raise GuardianshipImpossible("It begins today or before, and ends later than that.", pointer="/valid_from")
    return Guardianship(
        guardian_id=link.guardian_id, acting=link.acting, proof=link.proof, valid_from=link.valid_from, valid_to=until
    )


def guardian_recorded(
    link: Guardianship,
    *,
    held: Iterable[Guardianship],
    whose: UUID,
    born_on: date | None,
    by: Principal,
    on: date,
    rules: GuardianshipRules,
) -> tuple[Guardianship, GuardianshipRecorded]:
    """The guardianship as it may be put on record beside those that are held.

    Raises:
        GuardianshipUnproved, GuardianshipImpossible: see `required`.
        GuardianshipExists: the same person acts for the person already.
    """
    recorded = required(link, whose=whose, born_on=born_on, on=on, rules=rules)
    if any(one.guardian_id == link.guardian_id for one in in_force(held, on)):
        raise GuardianshipExists("This person acts for the other already. End that first, to record it anew.")
    return recorded, GuardianshipRecorded(
        person_id=whose,
        guardian_id=recorded.guardian_id,
        acting=recorded.acting,
        proof=recorded.proof,
        valid_from=recorded.valid_from,
        valid_to=recorded.valid_to,
        recorded_by=by.id,
    )


def guardian_ended(
    guardian_id: UUID, *, held: Iterable[Guardianship], whose: UUID, last_day: date, by: Principal, on: date
) -> tuple[Guardianship, Guardianship, GuardianshipEnded]:
    """The guardianship of today as it was held, and with its last day.

    Raises:
        GuardianshipNotFound: nobody of this id acts for the person today.
        GuardianshipImpossible: the last day lies in the future.
    """
    found = next((one for one in in_force(held, on) if one.guardian_id == guardian_id), None)
    if found is None:
        raise GuardianshipNotFound("Nobody of this id acts for the person today. Look at who does.")
    if last_day > on:
        raise GuardianshipImpossible("Give today, or the day that was the last one.", pointer="/last_day")
    event = GuardianshipEnded(person_id=whose, guardian_id=guardian_id, last_day=last_day, ended_by=by.id)
    return found, replace(found, valid_to=last_day), event


def proven(links: Iterable[Guardianship]) -> tuple[Guardianship, ...]:
    """Those that somebody else than the guardian vouches for."""
    return tuple(link for link in links if link.proof in PROVEN)


def _until(link: Guardianship, born_on: date | None, rules: GuardianshipRules) -> date | None:
    if born_on is None or link.acting is not Acting.GUARDIAN:
        return link.valid_to
    eve = _birthday(born_on, rules.adult_age_years.value) - timedelta(days=1)
    if link.valid_from > eve:
        return link.valid_to  # a guardian of an adult: by a court's finding, for as long as that holds
    return eve if link.valid_to is None else min(link.valid_to, eve)


def born_by(on: date, rules: GuardianshipRules) -> date:
    """The last day of birth of those who are of age on a day.

    Who was born on a 29 February comes of age on 1 March, and not before: the day before that is one of 28.
    """
    return years_after(on, -rules.adult_age_years.value)


def _birthday(born_on: date, age: int) -> date:
    """The day on which somebody completes so many years; for 29 February, 1 March of a common year."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return date(born_on.year + age, 3, 1)
