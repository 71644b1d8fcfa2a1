"""Whose second word an application needs is found when it is submitted, and asked for in the same transaction."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from app.domain.application import (
    Application,
    Necessity,
    SecondPartyNeed,
    Selection,
    second_parties_of,
)
from app.domain.confirmation import Confirmation, SecondParty, Subject
from app.domain.entitlement import Facts
from app.domain.person import GuardianshipRules, Person, born_by
from app.domain.shared.access import Role
from app.domain.shared.identity import Category
from app.domain.shared.region import NATIONAL
from app.services.ports.work import UnitOfWork

ANSWER_WITHIN = "procedure.confirmation_answer"


async def person_with_household(person_id: UUID, *, uow: UnitOfWork) -> tuple[Person, tuple[UUID, ...]]:
    """A person, and who of age lives with the person, in one statement.

    Raises:
        NotFound: there is no such person that the caller may know of.
    """
    rules = GuardianshipRules.of(uow.rulebook.at(NATIONAL, uow.today))
    return await uow.persons.with_household(person_id, on=uow.today, born_by=born_by(uow.today, rules))


async def household_of_age(person_id: UUID, *, uow: UnitOfWork) -> tuple[UUID, ...]:
    """Who of age lives with a person today, whoever asks."""
    rules = GuardianshipRules.of(uow.rulebook.at(NATIONAL, uow.today))
    return await uow.households.grown_with(person_id, on=uow.today, born_by=born_by(uow.today, rules))


def words_needed(
    selection: Selection,
    answers: Mapping[str, object],
    person: Person,
    *,
    household: Collection[UUID],
    uow: UnitOfWork,
) -> tuple[SecondPartyNeed, ...]:
    """The second words that are needed and not given by the very act: a guardian who applies has said yes by that."""
    facts = Facts(
        named=_named(answers),
        age=person.age_on(uow.today),
        birth_date=person.birth_date,
        on=uow.today,
        registration_region=person.registration_region,
    )
    rules = uow.rulebook.at(person.registration_region, uow.today)
    return tuple(
        need
        for need in second_parties_of(selection, facts, household=household, rules=rules)
        if need.necessity is Necessity.NEEDED and not _is_said(need, person, household=household, uow=uow)
    )


def ask_for_words(
    needs: Iterable[SecondPartyNeed],
    application: Application,
    *,
    person_name: str,
    household: Collection[UUID],
    uow: UnitOfWork,
) -> None:
    """Ask for each word that is needed. Nothing is read here: the rows ride with the submission."""
    rules, calendar = uow.rulebook.at(application.region, uow.today), uow.calendar(application.region)
    for need in needs:
        seconds = tuple(household) if need.whom is SecondParty.HOUSEHOLD_MEMBER else ()
        subject = Subject(
            case_id=application.item(need.item).case_id,
            application_id=application.id,
            item=need.item,
            person_id=application.person_id,
            person_name=person_name,
            region=application.region,
            whom=need.whom,
            seconds=seconds,
            rule=need.reference,
        )
        confirmation, event = Confirmation.ask(
            subject,
            confirmation_id=uow.new_id(),
            on=uow.today,
            answer_within=rules.working_days(ANSWER_WITHIN),
            calendar=calendar,
        )
        uow.confirmations.add(confirmation)
        uow.record(event, about=confirmation)
        for second in seconds:
            uow.admit(second, to=confirmation.id, role=Role.CITIZEN)


def _named(answers: Mapping[str, object]) -> frozenset[Category]:
    """The categories to be evaluated, by answers that the domain checks in full a moment later."""
    named = answers.get("conditions")
    slugs = {str(slug) for slug in named} if isinstance(named, list | tuple) else set[str]()
    return frozenset(category for category in Category if category.slug in slugs)


def _is_said(need: SecondPartyNeed, person: Person, *, household: Collection[UUID], uow: UnitOfWork) -> bool:
    """Say whether the caller is the second person, with a token of their own: to apply is to say yes."""
    if not uow.actor.has(Role.CITIZEN):
        return False
    known = person.legal_guardians_on(uow.today) if need.whom is SecondParty.GUARDIAN else household
    return uow.actor.person_id in known
