"""Persons: rows to the aggregate and back. What identifies somebody is sealed on the way in, opened on the way out."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from app.adapters.postgres.person_row import PERSONS, person_of
from app.adapters.postgres.places import PERSON_HERE
from app.adapters.postgres.relations import relations_to
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import (
    EconomicStatusRow,
    GuardianshipRow,
    PersonContactRow,
    PersonIdentifierRow,
    PersonNameRow,
    PersonRow,
)
from app.domain.person import (
    BankAccount,
    Contact,
    EconomicFact,
    Guardianship,
    HeldIdentifier,
    Person,
)
from app.domain.shared.access import Principal
from app.domain.shared.errors import NotFound, StaleVersion
from app.domain.shared.identity import CitizenNumber
from app.domain.shared.relations import Relations

_FORGET = "SELECT forget_person($1)"
_MOVE = "SELECT move_registration($1, $2, $3, $4) AS version"
_MANY = PERSONS.format(condition="id = ANY ($1)", more="")
_WITH_HOUSEHOLD = PERSONS.format(condition="id = $1", more=", grown_in_household(id, $2, $3) AS grown")
_IN_AREA = f"{PERSON_HERE.format(areas='$1')} ORDER BY id LIMIT $2"
_BEARING_NUMBER = PERSONS.format(
    more="",
    condition="id IN (SELECT coalesce(b.merged_into, b.id) "
    "FROM person_identifier i JOIN person b ON b.id = i.person_id "
    f"WHERE i.scheme = $3 AND i.value_index = $4 AND i.valid_to IS NULL) AND {_IN_AREA}",
)
_BEARING_NAME = PERSONS.format(
    more="",
    condition="id IN (SELECT coalesce(b.merged_into, b.id) FROM person_name n JOIN person b ON b.id = n.person_id "
    f"WHERE n.name_index = $3 AND n.valid_to IS NULL) AND {_IN_AREA}",
)
_END_GUARDIANSHIP = """
UPDATE guardianship SET valid_to = $4 WHERE person_id = $1 AND guardian_id = $2 AND valid_from = $3
"""
_END_NAMES = "UPDATE person_name SET valid_to = $2::date - 1 WHERE person_id = $1 AND valid_to IS NULL"
# Who was merged is found under all numbers, and leads to the record that was kept.
_BY_IDENTIFIER = """
SELECT coalesce(p.merged_into, p.id) AS person_id FROM person_identifier i JOIN person p ON p.id = i.person_id
WHERE i.scheme = $1 AND i.value_index = $2 AND i.valid_to IS NULL
"""
_BY_IDENTIFIERS = """
SELECT i.value_index, coalesce(p.merged_into, p.id) AS person_id
FROM person_identifier i JOIN person p ON p.id = i.person_id
WHERE i.scheme = $1 AND i.value_index = ANY ($2) AND i.valid_to IS NULL
"""


class PostgresPersons:
    """The register of persons in PostgreSQL."""

    def __init__(
        self, session: Session, new_id: Callable[[], UUID], *, looked_up: Callable[[bytes], None] = lambda _: None
    ) -> None:
        self._session = session
        self._new_id = new_id
        self._looked_up = looked_up
        """Told of each digest that somebody is looked up by, before it is."""

    async def get(self, person_id: UUID, *, version: int | None = None) -> Person:
        """The person with all dated facts."""
        found = await self.get_many([person_id])
        if person_id not in found:
            raise NotFound("There is no such person. Check the id.")
        if (kept := found[person_id].merged_into) is not None:
            raise NotFound(f"This record was merged into that of the person {kept}. Use that id.")
        if version is not None and found[person_id].version != version:
            raise StaleVersion
        return found[person_id]

    async def with_household(self, person_id: UUID, *, on: date, born_by: date) -> tuple[Person, tuple[UUID, ...]]:
        """The person, and who of age lives with the person on a day, whoever asks; in one statement."""
        row = await self._session.row(_WITH_HOUSEHOLD, person_id, on, born_by)
        if row is None:
            raise NotFound("There is no such person. Check the id.")
        return person_of(row, self._session.cipher), tuple(row["grown"])

    async def get_many(self, person_ids: list[UUID]) -> dict[UUID, Person]:
        """Those whom the caller may know of, in one statement."""
        rows = await self._session.rows(_MANY, person_ids)
        return {row["id"]: person_of(row, self._session.cipher) for row in rows}

    async def find_by_citizen_number(self, number: CitizenNumber) -> UUID | None:
        """Who bears the number at present, by its keyed digest."""
        digest = self._session.index.of(CitizenNumber.scheme, number.value)
        self._looked_up(digest)
        row = await self._session.row(_BY_IDENTIFIER, CitizenNumber.scheme, digest)
        return row["person_id"] if row else None

    async def find_by_citizen_numbers(self, numbers: Collection[CitizenNumber]) -> dict[CitizenNumber, UUID]:
        """Who bears the numbers at present, by their keyed digests and in one statement."""
        sought = {self._session.index.of(CitizenNumber.scheme, number.value): number for number in numbers}
        for digest in sought:
            self._looked_up(digest)  # a number that is asked for twice here is looked up once
        rows = await self._session.rows(_BY_IDENTIFIERS, CitizenNumber.scheme, list(sought))
        return {sought[row["value_index"]]: row["person_id"] for row in rows}

    async def bearing_number(self, number: CitizenNumber, *, whose: Principal, limit: int) -> list[Person]:
        """Who in the caller's areas bears the number."""
        digest = self._session.index.of(CitizenNumber.scheme, number.value)
        return await self._bearing(_BEARING_NUMBER, whose, limit, CitizenNumber.scheme, digest)

    async def bearing_name(self, name: str, *, whose: Principal, limit: int) -> list[Person]:
        """Who in the caller's areas bears just this name."""
        return await self._bearing(_BEARING_NAME, whose, limit, self._session.index.of("person_name", name))

    async def _bearing(self, sql: str, whose: Principal, limit: int, *sought: Any) -> list[Person]:
        areas = [f"{area}/" for area in whose.areas]
        self._looked_up(sought[-1])
        return [person_of(row, self._session.cipher) for row in await self._session.rows(sql, areas, limit, *sought)]

    def forget(self, person_id: UUID) -> None:
        """Delete a person whom nothing on record names any more; the database says whether that is so."""
        self._session.afterwards(_FORGET, person_id)

    def add(self, person: Person) -> None:
        """Add the person and every dated fact."""
        self._session.add(
            PersonRow,
            id=person.id,
            region_path=person.region,
            registration_path=person.registration_region,
            registration_since=person.registration_since,
            residence_since=person.residence_since,
            birth_date=person.birth_date,
            sex=person.sex,
            preferred_format=person.preferred_format,
            preferred_language=person.preferred_language,
            merged_into=person.merged_into,
            clock_id=person.clock_id,
            version=person.version,
        )
        for name in person.names:
            self._add_sealed(PersonNameRow, person, name, column="name", value=name.value, purpose="person_name")
        for held in person.identifiers:
            self._add_identifier(person, held)
        for contact in person.contacts:
            self._add_contact(person, contact, form=contact.form)
        for fact in person.economic_statuses:
            self.add_economic_status(person.id, fact)

    def add_bank_account(self, person: Person, contact: Contact, account: BankAccount) -> None:
        """Add the end of the number, and the digest of the whole: only whoever knows the number can find it."""
        self._add_contact(person, contact, form=account.number)

    def add_economic_status(self, person_id: UUID, fact: EconomicFact) -> None:
        """Add what a source says, beside what others say."""
        self._session.add(
            EconomicStatusRow,
            id=self._new_id(),
            person_id=person_id,
            status=fact.status,
            source=fact.source,
            valid_from=fact.valid_from,
            valid_to=fact.valid_to,
            recorded_by=fact.recorded_by,
        )

    def add_guardianship(self, person_id: UUID, link: Guardianship) -> None:
        """Add who acts for the person."""
        self._session.add(
            GuardianshipRow,
            person_id=person_id,
            guardian_id=link.guardian_id,
            valid_from=link.valid_from,
            scope=link.acting,
            proof=link.proof,
            valid_to=link.valid_to,
        )

    async def end_guardianship(self, person_id: UUID, link: Guardianship) -> None:
        """Give it its last day."""
        await self._session.rows(_END_GUARDIANSHIP, person_id, link.guardian_id, link.valid_from, link.valid_to)

    async def identify(self, person: Person) -> Person:
        """Write the newest number, and what it says."""
        self._add_identifier(person, person.identifiers[-1])
        version = await self._session.save(
            PersonRow, person.id, person.version, birth_date=person.birth_date, sex=person.sex, is_compared=False
        )
        return replace(person, version=version)

    async def rename(self, person: Person) -> None:
        """Let the person bear the last of the names, over the version that was read; those before it end.

        Raises:
            StaleVersion: somebody else was quicker.
        """
        await self.touch(person)
        name = person.names[-1]
        await self._session.rows(_END_NAMES, person.id, name.valid_from)
        self._add_sealed(PersonNameRow, person, name, column="name", value=name.value, purpose="person_name")

    async def relations(self, person_id: UUID, *, region: str) -> Relations:
        """Whether the caller is related to a person by what is on record, and which colleagues are not."""
        return await relations_to(person_id, region=region, session=self._session)

    async def touch(self, person: Person) -> Person:
        """Count the version up, where only what belongs to the person changes."""
        version = await self._session.save(
            PersonRow,
            person.id,
            person.version,
            preferred_format=person.preferred_format,
            preferred_language=person.preferred_language,
            is_compared=False,
        )
        return replace(person, version=version)

    async def move_registration(self, person: Person) -> Person:
        """Write where the person is registered now, over the version that was read.

        Raises:
            StaleVersion: somebody else was quicker, or the place that it leaves is not the caller's.
        """
        row = await self._session.row(
            _MOVE, person.id, person.version, person.registration_region, person.registration_since
        )
        if row is None or row["version"] is None:
            raise StaleVersion
        return replace(person, version=row["version"])

    def _add_contact(self, person: Person, contact: Contact, *, form: str) -> None:
        self._add_sealed(
            PersonContactRow,
            person,
            contact,
            column="value",
            value=contact.value,
            purpose=contact.kind,
            form=form,
            kind=contact.kind,
        )

    def _add_identifier(self, person: Person, held: HeldIdentifier) -> None:
        self._add_sealed(
            PersonIdentifierRow,
            person,
            held,
            column="value",
            value=held.number.value,
            purpose=held.scheme,
            scheme=held.scheme,
        )

    def _add_sealed(
        self,
        model: Any,
        person: Person,
        dated: Any,
        *,
        column: str,
        value: str,
        purpose: str,
        form: str | None = None,
        **more: Any,
    ) -> None:
        """Add a value that is unreadable at rest; `form` is what is compared of it, unless that is the value itself."""
        row = self._new_id()
        sealed = self._session.cipher.encrypt(value, table=model.__tablename__, column=column, row=row)
        self._session.add(
            model,
            id=row,
            person_id=person.id,
            valid_from=dated.valid_from,
            valid_to=dated.valid_to,
            **{f"{column}_cipher": sealed, f"{column}_index": self._session.index.of(purpose, form or value)},
            **more,
        )
