"""Persons, as they travel: numbers masked, and no more than the caller's roles are shown."""

from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from app.api.v1.schemas.consent import PurposeCode
from app.api.v1.schemas.types import (
    CitizenNumberText,
    Input,
    LegalDate,
    Output,
    PersonName,
    RegionCode,
    ShortText,
)
from app.domain.person import BankAccount, ContactKind, EconomicStatus, Language, Person, Preferences, PreferredFormat
from app.domain.shared.authz import PersonField
from app.domain.shared.identity import CitizenNumber, Sex
from app.domain.shared.region import code_of
from app.services.person import MOST_FOUND, Found, Newcomer, PersonView

MOST_ACCOUNTS = 20
PhoneText = Annotated[str, Field(min_length=5, max_length=20, pattern=r"^\+?[0-9][0-9 -]*$")]


class PersonCreate(Input):
    """Somebody to be registered. What the identity number says need not be said again."""

    name: PersonName
    citizen_number: Annotated[CitizenNumberText | None, Field(description="Leave it out for who has none.")] = None
    birth_date: Annotated[LegalDate | None, Field(description="Compared with the identity number.")] = None
    sex: Annotated[Sex | None, Field(description="GB/T 2261.1; compared with the identity number.")] = None
    region_code: Annotated[RegionCode, Field(description="Where the person lives.")]
    registration_region_code: Annotated[
        RegionCode | None, Field(description="Place of household registration; where the person lives, if not given.")
    ] = None
    phone: PhoneText | None = None
    address: ShortText | None = None
    preferred_format: PreferredFormat = PreferredFormat.STANDARD
    preferred_language: Language = Language.CHINESE

    def to_newcomer(self) -> Newcomer:
        """The person in the domain's words."""
        contacts = ((ContactKind.PHONE, self.phone), (ContactKind.ADDRESS, self.address))
        return Newcomer(
            name=self.name,
            citizen_number=CitizenNumber.parse(self.citizen_number, pointer="/citizen_number")
            if self.citizen_number
            else None,
            birth_date=self.birth_date,
            sex=self.sex,
            region_code=self.region_code,
            registration_region_code=self.registration_region_code or self.region_code,
            contacts=tuple((kind, value) for kind, value in contacts if value is not None),
            preferred_format=self.preferred_format,
            preferred_language=self.preferred_language,
        )


class PreferencesCreate(Input):
    """How the person wants to be told things."""

    preferred_format: PreferredFormat
    preferred_language: Language = Language.CHINESE

    def to_preferences(self) -> Preferences:
        """The wish in the domain's words."""
        return Preferences(format=self.preferred_format, language=self.preferred_language)


class EconomicStatusCreate(Input):
    """How the household stands by the lists of civil affairs."""

    status: Annotated[EconomicStatus, Field(description="`ordinary` where it is on none of the lists any more.")]
    since: Annotated[LegalDate, Field(description="The first day on which it stands so.")]


class BankAccountCreate(Input):
    """An account of the person, as the card or the passbook shows it."""

    number: Annotated[
        str,
        StringConstraints(min_length=8, max_length=40, pattern=r"^[0-9 ]+$"),
        Field(description="The digits of the account; spaces between them are left out.", examples=["9900 0000 1234"]),
    ]

    def to_account(self) -> BankAccount:
        """The account in the domain's words."""
        return BankAccount.parse(self.number)


class PersonSearchRequest(Input):
    """What is known of a person: the identity number, or else the exact name."""

    citizen_number: CitizenNumberText | None = None
    name: PersonName | None = None
    purpose: Annotated[
        PurposeCode | None,
        Field(description="What for; one of GET /v1/sharing-purposes. Whoever is found can read it."),
    ] = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.citizen_number is None) == (self.name is None):
            raise ValueError("Give either the identity number or the name.")
        return self

    def to_sought(self) -> CitizenNumber | str:
        """What is sought, in the domain's words."""
        return (
            CitizenNumber.parse(self.citizen_number, pointer="/citizen_number")
            if self.citizen_number
            else (self.name or "")
        )


class ContactRead(Output):
    """How the person may be reached."""

    kind: Annotated[
        Literal[ContactKind.PHONE, ContactKind.ADDRESS], Field(description="By telephone or at an address.")
    ]
    value: Annotated[str, Field(max_length=200, description="The number or the address.")]

    @classmethod
    def all_of(cls, person: Person, on: date) -> list[Self]:
        """How somebody may be reached on a day."""
        return [cls.model_validate(contact, from_attributes=True) for contact in person.contacts_on(on)]


class HouseholdMemberRead(Output):
    """Somebody who lives with the person."""

    person_id: UUID
    relation: Annotated[str, Field(max_length=64)]


class PersonFound(Output):
    """Somebody whom a search has found."""

    id: UUID
    name: Annotated[str | None, Field(max_length=100)]
    citizen_number: Annotated[str | None, Field(max_length=18, description="Masked.")]
    birth_date: date | None
    sex: Sex
    region_code: Annotated[str, Field(max_length=12, description="Where the person lives.")]

    @classmethod
    def of(cls, view: PersonView) -> Self:
        """The person as a line."""
        person = view.of
        number = person.citizen_number_on(view.on)
        return cls(
            id=person.id,
            name=person.name_on(view.on),
            citizen_number=number.masked() if number else None,
            birth_date=person.birth_date,
            sex=person.sex,
            region_code=code_of(person.region),
        )


class PersonSearchRead(Output):
    """Who was found in the caller's areas."""

    persons: Annotated[list[PersonFound], Field(max_length=MOST_FOUND)]
    is_complete: Annotated[bool, Field(description="False where more bear the name: ask with the identity number.")]

    @classmethod
    def of(cls, found: Found) -> Self:
        """The findings as they travel."""
        return cls(persons=[PersonFound.of(view) for view in found.persons], is_complete=found.is_complete)


class PersonRead(Output):
    """A person. A field is null where its group is not in `disclosed`, or where nothing is on record."""

    id: UUID
    version: Annotated[int, Field(ge=1, le=2**31 - 1, description="Counts up with every change; the ETag.")]
    disclosed: Annotated[list[PersonField], Field(max_length=20, description="The groups that this caller is shown.")]
    name: Annotated[str | None, Field(max_length=100, description="Group `name`.")]
    citizen_number: Annotated[str | None, Field(max_length=18, description="Masked. Group `identifiers`.")]
    birth_date: Annotated[date | None, Field(description="Group `demographics`.")]
    sex: Annotated[Sex | None, Field(description="GB/T 2261.1. Group `demographics`.")]
    region_code: Annotated[str | None, Field(max_length=12, description="Where the person lives. Group `residence`.")]
    registration_region_code: Annotated[
        str | None, Field(max_length=12, description="Place of household registration. Group `residence`.")
    ]
    contacts: Annotated[list[ContactRead] | None, Field(max_length=20, description="Group `contacts`.")]
    bank_accounts: Annotated[
        list[Annotated[str, Field(max_length=30)]] | None,
        Field(max_length=MOST_ACCOUNTS, description="Last digits of the accounts. Group `bank_accounts`."),
    ]
    preferred_format: Annotated[PreferredFormat | None, Field(description="Group `preferences`.")]
    preferred_language: Annotated[Language | None, Field(description="Group `preferences`.")]
    economic_status: Annotated[
        EconomicStatus | None, Field(description="By the surest source. Group `economic_status`.")
    ]
    guardians: Annotated[list[UUID] | None, Field(max_length=20, description="Who may act. Group `household`.")]
    household: Annotated[list[HouseholdMemberRead] | None, Field(max_length=50, description="Group `household`.")]

    @classmethod
    def of_view(cls, view: PersonView) -> Self:
        """The person as one caller sees one."""
        whole = cls._whole(view)
        hidden = {name for group, names in _MEMBERS.items() if group not in view.fields for name in names}
        return cls(**vars(whole) | dict.fromkeys(hidden))

    @classmethod
    def _whole(cls, view: PersonView) -> Self:
        person, number = view.of, view.of.citizen_number_on(view.on)
        return cls(
            id=person.id,
            version=person.version,
            disclosed=[group for group in PersonField if group in view.fields],
            name=person.name_on(view.on),
            citizen_number=number.masked() if number else None,
            birth_date=person.birth_date,
            sex=person.sex,
            region_code=code_of(person.region),
            registration_region_code=code_of(person.registration_region),
            contacts=ContactRead.all_of(person, view.on),
            bank_accounts=list(person.bank_accounts_on(view.on)[:MOST_ACCOUNTS]),
            preferred_format=person.preferred_format,
            preferred_language=person.preferred_language,
            economic_status=person.economic_status_on(view.on),
            guardians=list(person.guardians_on(view.on)),
            household=[HouseholdMemberRead(person_id=one.person_id, relation=one.relation) for one in view.household],
        )


_MEMBERS = {
    PersonField.NAME: ("name",),
    PersonField.IDENTIFIERS: ("citizen_number",),
    PersonField.DEMOGRAPHICS: ("birth_date", "sex"),
    PersonField.RESIDENCE: ("region_code", "registration_region_code"),
    PersonField.CONTACTS: ("contacts",),
    PersonField.BANK_ACCOUNTS: ("bank_accounts",),
    PersonField.PREFERENCES: ("preferred_format", "preferred_language"),
    PersonField.ECONOMIC_STATUS: ("economic_status",),
    PersonField.HOUSEHOLD: ("guardians", "household"),
}
"""Which fields belong to which group."""
