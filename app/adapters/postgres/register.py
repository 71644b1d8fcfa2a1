"""Another register that is taken over: who is held already, and what goes in, a chunk of rows at a time."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from app.adapters.postgres.aggregates import Kind, SealedAggregates
from app.adapters.postgres.certificate import PostgresCertificates
from app.adapters.postgres.person import PostgresPersons
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import RegisterDiscrepancyRow
from app.domain.certificate import Certificate
from app.domain.person import Person
from app.domain.register import DiscrepancyStage, HeldCard, HeldPerson, RegisterDiscrepancy, RegisterEntry
from app.domain.shared.access import Principal
from app.domain.shared.identity import Category, CertificateNumber, CitizenNumber, Grade

DISCREPANCIES = Kind(
    RegisterDiscrepancyRow,
    RegisterDiscrepancy,
    lambda one: {"job_id": one.job_id, "stage": one.stage},
    fixed=frozenset({"job_id", "entry_index"}),
)
_HELD = """
SELECT i.value_index, p.id, p.region_path, p.registration_path, n.id AS name_id, n.name_cipher, c.id AS certificate_id,
    c.region_path AS certificate_path, c.version AS lineage, v.version, v.number_cipher, v.category, v.grade,
    v.components, v.issued_on, v.status
FROM person_identifier i JOIN person p ON p.id = i.person_id
JOIN LATERAL (SELECT id, name_cipher FROM person_name WHERE person_id = p.id AND valid_to IS NULL
    ORDER BY valid_from DESC LIMIT 1) n ON true
LEFT JOIN LATERAL (SELECT id, region_path, version FROM certificate WHERE person_id = p.id
    ORDER BY id DESC LIMIT 1) c ON true
LEFT JOIN LATERAL (SELECT version, number_cipher, category, grade, components, issued_on, status
    FROM certificate_version WHERE certificate_id = c.id ORDER BY version DESC LIMIT 1) v ON true
WHERE i.scheme = $1 AND i.value_index = ANY ($2) AND i.valid_to IS NULL
"""
_PUT_DOWN = """
INSERT INTO register_discrepancy (id, person_id, region_path, job_id, stage, entry_index, detail_cipher, version)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::bytea[], $7::bytea[], $8::int[])
ON CONFLICT (person_id, entry_index) DO NOTHING RETURNING id
"""
_COLUMNS = ("id", "person_id", "region_path", "job_id", "stage", "entry_index", "detail_cipher", "version")


class PostgresRegisterDiscrepancies(SealedAggregates[RegisterDiscrepancy]):
    """What another register says otherwise, in PostgreSQL."""

    def __init__(self, session: Session, new_id: Callable[[], UUID]) -> None:
        super().__init__(session, DISCREPANCIES)
        self._persons = PostgresPersons(session, new_id)
        self._certificates = PostgresCertificates(session)

    async def page(
        self, stages: tuple[DiscrepancyStage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[RegisterDiscrepancy]:
        """Some of those in the caller's areas, in the order of their ids."""
        return await self.page_of("stage = ANY ($4)", list(stages), whose=whose, after=after, limit=limit)

    async def held(self, entries: Sequence[RegisterEntry]) -> Mapping[str, HeldPerson]:
        """Who bears the identity numbers, by the number; at intake the walls show everybody."""
        index = self._session.index
        numbers = {index.of(CitizenNumber.scheme, entry.citizen_number): entry.citizen_number for entry in entries}
        rows = await self._session.rows(_HELD, CitizenNumber.scheme, list(numbers))
        return {numbers[row["value_index"]]: self._to_held(row) for row in rows}

    async def take_in(self, persons: Sequence[Person]) -> None:
        """Put people on record while the reach is that of intake: afterwards nobody is brought in any more."""
        for person in persons:
            self._persons.add(person)
        await self._session.flush()

    def take_over(self, certificate: Certificate, entry: RegisterEntry, *, clock_id: UUID | None) -> None:
        """Put a certificate on the register whose number nobody has."""
        self._certificates.add_unheld(
            certificate, name=entry.name, citizen_number=entry.holder_number, clock_id=clock_id
        )

    async def put_down(self, discrepancies: Sequence[RegisterDiscrepancy]) -> frozenset[UUID]:
        """Put these on record; what was asked about before stays as it was settled."""
        rows = [self._row(one) | {"entry_index": self._entry_index(one)} for one in discrepancies]
        if not rows:
            return frozenset()
        added = await self._session.rows(_PUT_DOWN, *([row[name] for row in rows] for name in _COLUMNS))
        return frozenset(row["id"] for row in added)

    def _entry_index(self, one: RegisterDiscrepancy) -> bytes:
        """The same row beside the same card gives the same digest."""
        told = [(each.part, each.held, each.given) for each in one.differing]
        return self._session.index.of("register_discrepancy", json.dumps(told, ensure_ascii=False))

    def _to_held(self, row: Any) -> HeldPerson:
        cipher = self._session.cipher
        return HeldPerson(
            person_id=row["id"],
            places=(row["region_path"], row["registration_path"]),
            name=cipher.decrypt(row["name_cipher"], table="person_name", column="name", row=row["name_id"]),
            card=self._to_card(row) if row["certificate_id"] else None,
        )

    def _to_card(self, row: Any) -> HeldCard:
        number = self._session.cipher.decrypt(
            row["number_cipher"],
            table="certificate_version",
            column=f"number/{row['version']}",
            row=row["certificate_id"],
        )
        return HeldCard(
            certificate_id=row["certificate_id"],
            region=row["certificate_path"],
            version=row["lineage"],
            number=CertificateNumber.parse(number),
            category=Category(row["category"]),
            grade=Grade(row["grade"]),
            components={Category(int(one)): Grade(grade) for one, grade in row["components"].items()},
            issued_on=row["issued_on"],
            standing=row["status"],
        )
