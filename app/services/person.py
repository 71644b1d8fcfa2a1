"""Use cases of persons: reading one, looking one up by what is in one's hands, and registering one."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from app.domain.consent import Reliance, holding, known_purpose, required, shared_by
from app.domain.person import (
    BankAccount,
    Contact,
    ContactKind,
    EconomicStatus,
    Language,
    Living,
    Person,
    Preferences,
    PreferredFormat,
    Registration,
)
from app.domain.shared.access import Role
from app.domain.shared.authz import PersonField, person_fields
from app.domain.shared.errors import AlreadyExists, NotFound
from app.domain.shared.identity import CitizenNumber, Sex
from app.domain.shared.region import NATIONAL, contains
from app.services.application import OutsideYourArea
from app.services.ports.work import UnitOfWork
from app.services.relation import require_unrelated

MOST_FOUND = 20
"""How many persons a search shows; who finds more asks more exactly."""
FOUND_FIELDS = (PersonField.NAME, PersonField.IDENTIFIERS, PersonField.DEMOGRAPHICS, PersonField.RESIDENCE)
"""What a search shows of each, so that the right one can be told."""


class AlreadyRegistered(AlreadyExists):
    """The identity number is on record, whether or not the caller may see whose it is."""

    code = "already_registered"
    title = "The identity number is on record"


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Somebody to be registered. Name, number and contacts do not show themselves in logs."""

    name: str = field(repr=False)
    region_code: str
    registration_region_code: str
    citizen_number: CitizenNumber | None = None
    birth_date: date | None = None
    sex: Sex | None = None
    contacts: tuple[tuple[ContactKind, str], ...] = field(default=(), repr=False)
    preferred_format: PreferredFormat = PreferredFormat.STANDARD
    preferred_language: Language = Language.CHINESE


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """A person as one caller sees one: only the groups of fields that are named may be shown."""

    of: Person
    on: date
    fields: frozenset[PersonField]
    household: tuple[Living, ...] = ()

    @property
    def id(self) -> UUID:
        """The person's id."""
        return self.of.id

    @property
    def version(self) -> int:
        """The person's version, which is the ETag."""
        return self.of.version


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a search has found, and whether that is all."""

    persons: tuple[PersonView, ...]
    is_complete: bool


async def get_person(person_id: UUID, *, purpose: str | None = None, uow: UnitOfWork) -> PersonView:
    """What the caller's roles are shown of a person; which of it was shown, and what for, is written down.

    Raises:
        NotFound: there is no such person that this caller may know of.
        PurposeUnknown: the rules know no such purpose.
        ConsentNotInForce: the caller was shown the person by a consent that no longer holds, or is for something else.
    """
    async with uow:
        if purpose is not None:
            known_purpose(purpose, uow.rulebook.at(NATIONAL, uow.today))
        reliances = await _reliances(person_id, purpose=purpose, uow=uow)
        person = await uow.persons.get(person_id)
        shared = shared_by(reliances)
        fields = person_fields(uow.actor, person_id=person.id, places=person.places, shared=shared)
        if not fields:
            raise NotFound("There is no such person. Check the id.")
        is_shown = PersonField.HOUSEHOLD in fields
        household = await uow.households.of(person.id, on=uow.today) if is_shown else ()
        others = sorted((one for one in household if one.person_id != person.id), key=lambda one: one.person_id)
        relied = min((one.purpose for one in reliances if one.purpose is not None), default=None)
        uow.accessed(person.id, disclosed=_named(fields), purpose=purpose or relied)
        return await uow.commit(PersonView(of=person, on=uow.today, fields=fields, household=tuple(others)))


async def search_persons(sought: CitizenNumber | str, *, purpose: str | None = None, uow: UnitOfWork) -> Found:
    """Who in the caller's areas bears a number, or just this name; whoever was found is written down.

    Raises:
        PurposeUnknown: the rules know no such purpose.
    """
    async with uow:
        if purpose is not None:
            known_purpose(purpose, uow.rulebook.at(NATIONAL, uow.today))
        limit = MOST_FOUND + 1
        if isinstance(sought, CitizenNumber):
            persons = await uow.persons.bearing_number(sought, whose=uow.actor, limit=limit)
        else:
            persons = await uow.persons.bearing_name(sought, whose=uow.actor, limit=limit)
        views = tuple(
            PersonView(of=person, on=uow.today, fields=frozenset(FOUND_FIELDS)) for person in persons[:MOST_FOUND]
        )
        uow.accessed(*(view.id for view in views), disclosed=FOUND_FIELDS, purpose=purpose)
        return await uow.commit(Found(views, is_complete=len(persons) <= MOST_FOUND))


async def register_person(newcomer: Newcomer, *, uow: UnitOfWork) -> PersonView:
    """Take somebody into the register.

    Raises:
        RegionNotFound: one of the places is not known here.
        OutsideYourArea: the person lives elsewhere.
        AlreadyRegistered: the identity number is on record; it is not said whose it is, to nobody.
        NameMissing, BirthDateDisagrees, SexDisagrees: see the domain.
    """
    async with uow:
        registration = _registration(newcomer, uow)
        if not any(contains(area, registration.region) for area in uow.actor.areas):
            raise OutsideYourArea("The person lives elsewhere. The office of that place registers the person.")
        person, event = Person.register(registration, person_id=uow.new_id(), on=uow.today, clock_id=uow.clock_id)
        number = newcomer.citizen_number
        if number is not None and await uow.persons.find_by_citizen_number(number) is not None:
            raise AlreadyRegistered(
                "This identity number is on record. Search for the person, or ask the office of the place.",
                pointer="/citizen_number",
            )
        uow.persons.add(person)
        uow.record(event, about=person)
        fields = person_fields(uow.actor, person_id=person.id, places=person.places)
        uow.accessed(person.id, disclosed=_named(fields))
        return await uow.commit(PersonView(of=person, on=uow.today, fields=fields))


async def record_economic_status(
    person_id: UUID, status: EconomicStatus, *, since: date, version: int, uow: UnitOfWork
) -> PersonView:
    """Take down how the household stands since a day; whoever has a plan is looked at again.

    Raises:
        OwnCase, RelationOnRecord: the officer is concerned, or related to the person.
    """
    async with uow:
        person = await uow.persons.get(person_id, version=version)
        known, fact, event = person.record_economic_status(status, since=since, by=uow.actor)
        await require_unrelated(person, uow=uow)
        saved = await uow.persons.touch(known)
        uow.persons.add_economic_status(saved.id, fact)
        uow.record(event, about=saved)
        uow.accessed(person.id, disclosed=(PersonField.ECONOMIC_STATUS,))
        return await uow.commit(PersonView(of=saved, on=uow.today, fields=frozenset({PersonField.ECONOMIC_STATUS})))


async def record_bank_account(person_id: UUID, account: BankAccount, *, version: int, uow: UnitOfWork) -> PersonView:
    """Take down into which account the person is paid, as a digest and its last four digits.

    Whoever of the staff shares it keeps out of the person's cases, as with a telephone.

    Raises:
        OwnCase, RelationOnRecord: the officer is concerned, or related to the person.
    """
    async with uow:
        person = await uow.persons.get(person_id, version=version)
        known, contact, event = person.record_bank_account(account, by=uow.actor, on=uow.today)
        await require_unrelated(person, uow=uow)
        saved = await uow.persons.touch(known)
        uow.persons.add_bank_account(saved, contact, account)
        uow.record(event, about=saved)
        uow.accessed(person.id, disclosed=(PersonField.BANK_ACCOUNTS,))
        return await uow.commit(PersonView(of=saved, on=uow.today, fields=frozenset({PersonField.BANK_ACCOUNTS})))


async def set_preferences(person_id: UUID, preferences: Preferences, *, version: int, uow: UnitOfWork) -> PersonView:
    """Take down in which format and language the person wants to be told things; letters follow it at once."""
    async with uow:
        person = await uow.persons.get(person_id, version=version)
        known, event = person.prefer(preferences, by=uow.actor, on=uow.today)
        saved = await uow.persons.touch(known)
        uow.record(event, about=saved)
        uow.accessed(person.id, disclosed=(PersonField.PREFERENCES,))
        return await uow.commit(PersonView(of=saved, on=uow.today, fields=frozenset({PersonField.PREFERENCES})))


async def _reliances(person_id: UUID, *, purpose: str | None, uow: UnitOfWork) -> tuple[Reliance, ...]:
    """By what a provider is shown the person; none for all others, of whom no consent is asked."""
    if not uow.actor.has(Role.PROVIDER):
        return ()
    reliances = await uow.consents.relied_on(person_id, by=uow.actor)
    is_provider_only = uow.actor.roles == {Role.PROVIDER}
    return required(reliances, purpose=purpose) if reliances and is_provider_only else holding(reliances)


def _registration(newcomer: Newcomer, uow: UnitOfWork) -> Registration:
    return Registration(
        name=newcomer.name,
        region=uow.regions.by_code(newcomer.region_code, on=uow.today).path,
        registration_region=uow.regions.by_code(newcomer.registration_region_code).path,
        citizen_number=newcomer.citizen_number,
        birth_date=newcomer.birth_date,
        sex=newcomer.sex,
        contacts=tuple(Contact(kind=kind, value=value, valid_from=uow.today) for kind, value in newcomer.contacts),
        preferred_format=newcomer.preferred_format,
        preferred_language=newcomer.preferred_language,
    )


def _named(fields: frozenset[PersonField]) -> tuple[str, ...]:
    return tuple(one for one in PersonField if one in fields)
