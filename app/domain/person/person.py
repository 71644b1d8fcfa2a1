"""The person as an aggregate: the dated facts that others ask for, and how they change."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Self
from uuid import UUID

from app.domain.person.bank_account import BankAccount, BankAccountRecorded
from app.domain.person.facts import (
    Contact,
    ContactKind,
    EconomicFact,
    EconomicStatus,
    EconomicStatusRecorded,
    FactSource,
    Guardianship,
    HeldIdentifier,
    HeldName,
    Language,
    PreferredFormat,
    in_force,
)
from app.domain.person.guardianship import (
    GuardianshipEnded,
    GuardianshipRecorded,
    GuardianshipRules,
    guardian_ended,
    guardian_recorded,
    proven,
)
from app.domain.person.identity import PersonIdentified, age_on, require_agreement
from app.domain.person.moving import (
    PersonIsDead,
    RegistrationMoved,
    ResidenceMove,
    ResidenceMoved,
    require_home,
    require_possible_move,
)
from app.domain.person.preferences import Preferences, PreferencesSet
from app.domain.person.registration import NameMissing, PersonRegistered, Registration
from app.domain.shared.access import Acting, Principal, Role, has_function
from app.domain.shared.identity import CitizenNumber, Sex
from app.domain.shared.transitions import OwnCase


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody, under an id of ours. Numbers and names are dated facts: they change, and a person may have none."""

    id: UUID
    region: str
    """Path of the place where the person lives."""
    registration_region: str
    """Path of the place of household registration (户籍)."""
    registration_since: date | None = None
    """Since when the person is registered there; None where no move is on record."""
    residence_since: date | None = None
    """Since when the person lives in `region`; None where no move is on record."""
    birth_date: date | None = None
    sex: Sex = Sex.UNKNOWN
    names: tuple[HeldName, ...] = ()
    identifiers: tuple[HeldIdentifier, ...] = ()
    contacts: tuple[Contact, ...] = ()
    economic_statuses: tuple[EconomicFact, ...] = ()
    guardians: tuple[Guardianship, ...] = ()
    preferred_format: PreferredFormat = PreferredFormat.STANDARD
    preferred_language: Language = Language.CHINESE
    merged_into: UUID | None = None
    clock_id: UUID | None = None
    version: int = 1

    @classmethod
    def register(
        cls, registration: Registration, *, person_id: UUID, on: date, clock_id: UUID | None = None
    ) -> tuple[Self, PersonRegistered]:
        """Take somebody into the register; what the identity number says need not be said again.

        Raises:
            NameMissing: there is no name.
            BirthDateDisagrees: the date of birth is not the one in the number, or lies in the future.
            SexDisagrees: the sex is not the one in the number.
        """
        if not registration.name.strip():
            raise NameMissing("Give the name as it stands on the identity card.", pointer="/name")
        number = registration.citizen_number
        person = cls(
            id=person_id,
            region=registration.region,
            registration_region=registration.registration_region,
            birth_date=registration.born_on(on=on),
            sex=registration.known_sex(),
            names=(HeldName(value=registration.name.strip(), valid_from=on),),
            identifiers=(HeldIdentifier(number=number, valid_from=on),) if number is not None else (),
            contacts=registration.contacts,
            economic_statuses=registration.economic_statuses,
            preferred_format=registration.preferred_format,
            preferred_language=registration.preferred_language,
            clock_id=clock_id,
        )
        return person, PersonRegistered(person_id=person_id, registered_on=on)

    @property
    def person_id(self) -> UUID:
        """The person itself: what happens to a person is about that person."""
        return self.id

    @property
    def places(self) -> tuple[str, str]:
        """The places that the person belongs to: of residence and of registration (居住地、户口所在地).

        Their offices, and nobody else by area, may know of the person; the walls and the look-ups say the same in SQL.
        """
        return self.region, self.registration_region

    @property
    def application_id(self) -> None:
        """A person belongs to no application."""

    def rename(self, name: str, *, on: date) -> Self:
        """Bear another name from a day on, which an officer has found to be right; those before keep their days."""
        ended = tuple(
            replace(held, valid_to=on - timedelta(days=1)) if held.valid_to is None else held for held in self.names
        )
        return replace(self, names=(*ended, HeldName(value=name, valid_from=on)))

    def move_registration(
        self, region: str, *, moved_on: date, by: Principal, on: date
    ) -> tuple[Self, RegistrationMoved]:
        """Put on record that the household registration has moved (户口迁移), as the register of households has it.

        Raises:
            OwnCase: the officer would be concerned.
            MoveImpossible: it is there already, or the day cannot be.
        """
        _require_unconcerned(by, self.id)
        before, since = self.registration_region, self.registration_since
        require_possible_move(before=before, after=region, since=since, moved_on=moved_on, on=on)
        moved = replace(self, registration_region=region, registration_since=moved_on)
        return moved, RegistrationMoved(person_id=self.id, moved_on=moved_on, recorded_by=by.id)

    def move_residence(
        self,
        region: str,
        *,
        moved_on: date,
        source: FactSource,
        by: Principal,
        on: date,
        is_dead: bool,
        named_at: str | None = None,
    ) -> tuple[Self, ResidenceMove, ResidenceMoved]:
        """Put on record that the person has moved house (居住地变更), and how that is known.

        `named_at` points to where the person is named as moving along with another.

        Source: R03 of the operational requirements: whoever answers for somebody follows moves.

        Raises:
            OwnCase: the officer would be concerned.
            PersonIsDead: it is on record that the person has died.
            MoveImpossible: the person lives there already, it is larger than a county, or the day cannot be.
        """
        _require_unconcerned(by, self.id)
        require_home(region)
        if is_dead:
            raise PersonIsDead(
                "It is on record or reported that the person has died. If that is wrong, have it put right first.",
                pointer=named_at,
            )
        before, since = self.region, self.residence_since
        require_possible_move(before=before, after=region, since=since, moved_on=moved_on, on=on, named_at=named_at)
        move = ResidenceMove(
            person_id=self.id,
            left=self.region,
            region=region,
            moved_on=moved_on,
            source=source,
            recorded_by=by.id,
            recorded_on=on,
        )
        event = ResidenceMoved(person_id=self.id, moved_on=moved_on, source=source, recorded_by=by.id)
        return replace(self, region=region, residence_since=moved_on), move, event

    def identify(self, number: CitizenNumber, *, by: Principal, on: date) -> tuple[Self, PersonIdentified]:
        """Put the identity number of somebody on record who had none there; what is known besides must agree with it.

        Raises:
            BirthDateDisagrees, SexDisagrees: what is on record is not what the number says.
        """
        require_agreement(number, birth_date=self.birth_date, sex=self.sex)
        held = HeldIdentifier(number=number, valid_from=on)
        known = replace(self, birth_date=number.born_on, sex=number.sex, identifiers=(*self.identifiers, held))
        return known, PersonIdentified(person_id=self.id, identified_by=by.id, identified_on=on)

    def record_economic_status(
        self, status: EconomicStatus, *, since: date, by: Principal
    ) -> tuple[Self, EconomicFact, EconomicStatusRecorded]:
        """Add how the household stands since a day: civil affairs tells of its own lists, others what they were shown.

        It stands beside what was said before; of what one source has said, the last word holds.

        Raises:
            OwnCase: the officer would be concerned.
        """
        _require_unconcerned(by, self.id)
        is_theirs = any(has_function(by, frozenset({Role.CIVIL_AFFAIRS}), region=place) for place in self.places)
        source = FactSource.AUTHORITY if is_theirs else FactSource.COUNTER
        fact = EconomicFact(status=status, source=source, valid_from=since, recorded_by=by.id)
        known = replace(self, economic_statuses=(*self.economic_statuses, fact))
        event = EconomicStatusRecorded(person_id=self.id, source=source, valid_from=since, recorded_by=by.id)
        return known, fact, event

    @property
    def preferences(self) -> Preferences:
        """How the person wants to be told things."""
        return Preferences(format=self.preferred_format, language=self.preferred_language)

    def prefer(self, preferences: Preferences, *, by: Principal, on: date) -> tuple[Self, PreferencesSet]:
        """Take down how the person wants to be told things from now on."""
        known = replace(self, preferred_format=preferences.format, preferred_language=preferences.language)
        return known, PreferencesSet(person_id=self.id, set_by=by.id, set_on=on)

    def record_bank_account(
        self, account: BankAccount, *, by: Principal, on: date
    ) -> tuple[Self, Contact, BankAccountRecorded]:
        """Take down into which account the person is paid, beside those before: whoever shared one of them did so.

        Raises:
            OwnCase: the officer would be concerned.
        """
        _require_unconcerned(by, self.id)
        contact = Contact(kind=ContactKind.BANK_ACCOUNT, value=account.masked, valid_from=on)
        known = replace(self, contacts=(*self.contacts, contact))
        return known, contact, BankAccountRecorded(person_id=self.id, recorded_by=by.id, recorded_on=on)

    def name_on(self, on: date) -> str | None:
        """The name borne on a day."""
        return next((held.value for held in in_force(self.names, on)), None)

    def citizen_number_on(self, on: date) -> CitizenNumber | None:
        """The citizen identity number borne on a day."""
        numbers = (held.number for held in in_force(self.identifiers, on))
        return next((number for number in numbers if isinstance(number, CitizenNumber)), None)

    def contacts_on(self, on: date) -> tuple[Contact, ...]:
        """How the person may be reached on a day, the latest first."""
        return tuple(one for one in in_force(self.contacts, on) if one.kind is not ContactKind.BANK_ACCOUNT)

    def bank_accounts_on(self, on: date) -> tuple[str, ...]:
        """Into which accounts the person is paid, by their last four digits, the latest first."""
        return tuple(one.value for one in in_force(self.contacts, on) if one.kind is ContactKind.BANK_ACCOUNT)

    def economic_status_on(self, on: date) -> EconomicStatus | None:
        """How the household stood on a day by the surest source and its last word; None where nobody has said so."""
        surest_first = tuple(FactSource)
        facts = sorted(in_force(reversed(self.economic_statuses), on), key=lambda fact: surest_first.index(fact.source))
        return facts[0].status if facts else None

    def guardians_on(self, on: date) -> tuple[UUID, ...]:
        """Who may act for the person on a day, by a proof that is not their own word."""
        return tuple(link.guardian_id for link in proven(in_force(self.guardians, on)))

    def legal_guardians_on(self, on: date) -> tuple[UUID, ...]:
        """Who is guardian of the person on a day, and not an agent alone, by the same proof."""
        links = proven(in_force(self.guardians, on))
        return tuple(link.guardian_id for link in links if link.acting is Acting.GUARDIAN)

    def record_guardianship(
        self, link: Guardianship, *, by: Principal, on: date, rules: GuardianshipRules
    ) -> tuple[Self, GuardianshipRecorded]:
        """Put on record who acts for the person, by a proof that was seen (监护关系登记).

        Raises:
            OwnCase: the officer would be concerned.
            GuardianshipUnproved, GuardianshipImpossible: see `required`.
            GuardianshipExists: the same person acts for the person already.
        """
        _require_unconcerned(by, self.id, link.guardian_id)
        recorded, event = guardian_recorded(
            link, held=self.guardians, whose=self.id, born_on=self.birth_date, by=by, on=on, rules=rules
        )
        return replace(self, guardians=(*self.guardians, recorded)), event

    def end_guardianship(
        self, guardian_id: UUID, *, last_day: date, by: Principal, on: date
    ) -> tuple[Self, Guardianship, GuardianshipEnded]:
        """Let somebody act for the person until a day that is today or has passed, and no longer.

        Raises:
            OwnCase: the officer is concerned.
            GuardianshipNotFound: nobody of this id acts for the person today.
            GuardianshipImpossible: the last day lies in the future.
        """
        _require_unconcerned(by, self.id, guardian_id)
        held, ended, event = guardian_ended(
            guardian_id, held=self.guardians, whose=self.id, last_day=last_day, by=by, on=on
        )
        others = tuple(one for one in self.guardians if one is not held)
        return replace(self, guardians=(*others, ended)), ended, event

    def age_on(self, on: date) -> int | None:
        """Completed years of age on a day; None where the date of birth is not known."""
        return None if self.birth_date is None else age_on(self.birth_date, on)


def _require_unconcerned(by: Principal, *person_ids: UUID) -> None:
    if any(by.is_concerned(person_id) for person_id in person_ids):
        raise OwnCase("Nobody records what concerns themselves or their own ward. Another officer must.")
