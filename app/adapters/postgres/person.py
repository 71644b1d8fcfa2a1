"""Persons: rows to the aggregate and back. What identifies somebody is sealed on the way in, opened on the way out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from app.adapters.postgres.places import PERSON_HERE
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
    Contact,
    ContactKind,
    EconomicFact,
    EconomicStatus,
    FactSource,
    Guardianship,
    HeldIdentifier,
    HeldName,
    Language,
    Person,
    PreferredFormat,
)
from app.domain.shared.access import Acting, Principal
from app.domain.shared.errors import NotFound, StaleVersion
from app.domain.shared.identity import IDENTIFIERS, CitizenNumber, Sex
from app.services.ports.person import HouseholdMember

_PERSONS = """
SELECT id, region_path, registration_path, registration_since, birth_date, sex, preferred_format, preferred_language,
    merged_into, clock_id, version,
    (SELECT coalesce(array_agg((n.id, n.name_cipher, n.valid_from, n.valid_to)), '{{}}')
     FROM person_name n WHERE n.person_id = person.id) AS names,
    (SELECT coalesce(array_agg((i.id, i.scheme, i.value_cipher, i.valid_from, i.valid_to)), '{{}}')
     FROM person_identifier i WHERE i.person_id = person.id) AS identifiers,
    (SELECT coalesce(array_agg((c.id, c.kind, c.value_cipher, c.valid_from, c.valid_to)), '{{}}')
     FROM person_contact c WHERE c.person_id = person.id) AS contacts,
    (SELECT coalesce(array_agg((e.status, e.source, e.valid_from, e.valid_to)), '{{}}')
     FROM economic_status e WHERE e.person_id = person.id) AS economic_statuses,
    (SELECT coalesce(array_agg((g.guardian_id, g.scope, g.proof, g.valid_from, g.valid_to)), '{{}}')
     FROM guardianship g WHERE g.person_id = person.id) AS guardians{more}
FROM person WHERE {condition}
"""
_MOVE = "SELECT move_registration($1, $2, $3, $4) AS version"
_MANY = _PERSONS.format(condition="id = ANY ($1)", more="")
_WITH_HOUSEHOLD = _PERSONS.format(condition="id = $1", more=", grown_in_household(id, $2, $3) AS grown")
_GROWN = "SELECT grown_in_household($1, $2, $3) AS grown"
_IN_AREA = f"{PERSON_HERE.format(areas='$1')} ORDER BY id LIMIT $2"
_BEARING_NUMBER = _PERSONS.format(
    more="",
    condition="id IN (SELECT person_id FROM person_identifier "
    f"WHERE scheme = $3 AND value_index = $4 AND valid_to IS NULL) AND {_IN_AREA}",
)
_BEARING_NAME = _PERSONS.format(
    more="",
    condition=f"id IN (SELECT person_id FROM person_name WHERE name_index = $3 AND valid_to IS NULL) AND {_IN_AREA}",
)
_HOUSEHOLD = """
SELECT other.person_id, other.relation
FROM household_member own JOIN household_member other ON other.household_id = own.household_id
WHERE own.person_id = $1 AND other.person_id <> $1
  AND own.valid_from <= $2 AND (own.valid_to IS NULL OR $2 <= own.valid_to)
  AND other.valid_from <= $2 AND (other.valid_to IS NULL OR $2 <= other.valid_to)
ORDER BY other.person_id LIMIT 50
"""
_END_GUARDIANSHIP = """
UPDATE guardianship SET valid_to = $4 WHERE person_id = $1 AND guardian_id = $2 AND valid_from = $3
"""
_END_NAMES = "UPDATE person_name SET valid_to = $2::date - 1 WHERE person_id = $1 AND valid_to IS NULL"
_BY_IDENTIFIER = "SELECT person_id FROM person_identifier WHERE scheme = $1 AND value_index = $2 AND valid_to IS NULL"
_BY_NAME = (
    "SELECT DISTINCT person_id FROM person_name WHERE name_index = $1 AND valid_to IS NULL ORDER BY person_id LIMIT $2"
)


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
        if version is not None and found[person_id].version != version:
            raise StaleVersion("It was changed since you read it. Read it again, then decide again.")
        return found[person_id]

    async def with_household(self, person_id: UUID, *, on: date, born_by: date) -> tuple[Person, tuple[UUID, ...]]:
        """The person, and who of age lives with the person on a day, whoever asks; in one statement."""
        row = await self._session.row(_WITH_HOUSEHOLD, person_id, on, born_by)
        if row is None:
            raise NotFound("There is no such person. Check the id.")
        return self._to_person(row), tuple(row["grown"])

    async def grown_in_household(self, person_id: UUID, *, on: date, born_by: date) -> tuple[UUID, ...]:
        """Who of age lives with the person on a day, whoever asks."""
        row = await self._session.row(_GROWN, person_id, on, born_by)
        return tuple(row["grown"]) if row else ()

    async def get_many(self, person_ids: list[UUID]) -> dict[UUID, Person]:
        """Those whom the caller may know of, in one statement."""
        rows = await self._session.rows(_MANY, person_ids)
        return {row["id"]: self._to_person(row) for row in rows}

    async def find_by_citizen_number(self, number: CitizenNumber) -> UUID | None:
        """Who bears the number at present, by its keyed digest."""
        digest = self._session.index.of(CitizenNumber.scheme, number.value)
        self._looked_up(digest)
        row = await self._session.row(_BY_IDENTIFIER, CitizenNumber.scheme, digest)
        return row["person_id"] if row else None

    async def find_by_name(self, name: str, *, limit: int) -> list[UUID]:
        """Who bears just this name, by its keyed digest."""
        digest = self._session.index.of("person_name", name)
        self._looked_up(digest)
        rows = await self._session.rows(_BY_NAME, digest, limit)
        return [row["person_id"] for row in rows]

    async def bearing_number(self, number: CitizenNumber, *, whose: Principal, limit: int) -> list[Person]:
        """Who in the caller's areas bears the number."""
        digest = self._session.index.of(CitizenNumber.scheme, number.value)
        return await self._bearing(_BEARING_NUMBER, whose, limit, CitizenNumber.scheme, digest)

    async def bearing_name(self, name: str, *, whose: Principal, limit: int) -> list[Person]:
        """Who in the caller's areas bears just this name."""
        return await self._bearing(_BEARING_NAME, whose, limit, self._session.index.of("person_name", name))

    async def household_of(self, person_id: UUID, *, on: date) -> tuple[HouseholdMember, ...]:
        """Who lives with the person on a day, as far as the caller may know of them."""
        rows = await self._session.rows(_HOUSEHOLD, person_id, on)
        return tuple(HouseholdMember(person_id=row["person_id"], relation=row["relation"]) for row in rows)

    async def _bearing(self, sql: str, whose: Principal, limit: int, *sought: Any) -> list[Person]:
        areas = [f"{area}/" for area in whose.areas]
        self._looked_up(sought[-1])
        return [self._to_person(row) for row in await self._session.rows(sql, areas, limit, *sought)]

    def add(self, person: Person) -> None:
        """Add the person and every dated fact."""
        self._session.add(
            PersonRow,
            id=person.id,
            region_path=person.region,
            registration_path=person.registration_region,
            registration_since=person.registration_since,
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
            self._add_sealed(
                PersonContactRow,
                person,
                contact,
                column="value",
                value=contact.value,
                purpose=contact.kind,
                kind=contact.kind,
            )
        for fact in person.economic_statuses:
            self.add_economic_status(person.id, fact)

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
            PersonRow, person.id, person.version, birth_date=person.birth_date, sex=person.sex
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

    async def touch(self, person: Person) -> Person:
        """Count the version up, where only what belongs to the person changes."""
        version = await self._session.save(
            PersonRow, person.id, person.version, preferred_format=person.preferred_format
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
            raise StaleVersion("It was changed since you read it. Read it again, then decide again.")
        return replace(person, version=row["version"])

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
        self, model: Any, person: Person, dated: Any, *, column: str, value: str, purpose: str, **more: Any
    ) -> None:
        row = self._new_id()
        sealed = self._session.cipher.encrypt(value, table=model.__tablename__, column=column, row=row)
        self._session.add(
            model,
            id=row,
            person_id=person.id,
            valid_from=dated.valid_from,
            valid_to=dated.valid_to,
            **{f"{column}_cipher": sealed, f"{column}_index": self._session.index.of(purpose, value)},
            **more,
        )

    def _to_person(self, row: Any) -> Person:
        def opened(sealed: bytes, key: UUID, table: str) -> str:
            column = "name" if table == "person_name" else "value"
            return self._session.cipher.decrypt(sealed, table=table, column=column, row=key)

        return Person(
            id=row["id"],
            region=row["region_path"],
            registration_region=row["registration_path"],
            registration_since=row["registration_since"],
            birth_date=row["birth_date"],
            sex=Sex(row["sex"]),
            names=tuple(
                HeldName(value=opened(sealed, key, "person_name"), valid_from=since, valid_to=until)
                for key, sealed, since, until in row["names"]
            ),
            identifiers=tuple(
                HeldIdentifier(
                    number=IDENTIFIERS[scheme].parse(opened(sealed, key, "person_identifier")),
                    valid_from=since,
                    valid_to=until,
                )
                for key, scheme, sealed, since, until in row["identifiers"]
            ),
            contacts=tuple(
                Contact(
                    kind=ContactKind(kind),
                    value=opened(sealed, key, "person_contact"),
                    valid_from=since,
                    valid_to=until,
                )
                for key, kind, sealed, since, until in row["contacts"]
            ),
            economic_statuses=tuple(
                EconomicFact(status=EconomicStatus(status), source=FactSource(source), valid_from=since, valid_to=until)
                for status, source, since, until in row["economic_statuses"]
            ),
            guardians=tuple(
                Guardianship(
                    guardian_id=who, acting=Acting(scope), proof=FactSource(proof), valid_from=since, valid_to=until
                )
                for who, scope, proof, since, until in row["guardians"]
            ),
            preferred_format=PreferredFormat(row["preferred_format"]),
            preferred_language=Language(row["preferred_language"]),
            merged_into=row["merged_into"],
            clock_id=row["clock_id"],
            version=row["version"],
        )
