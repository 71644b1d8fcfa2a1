"""Certificates and the cases that lead to them: rows to aggregates and back."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from app.adapters.postgres.aggregates import Kind, PostgresAggregates
from app.adapters.postgres.claims import FIND, by_number, facts_of, question_of, row_of
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import CertificateCaseRow, CertificateRow, CertificateVersionRow
from app.domain.certificate import (
    Certificate,
    CertificateCase,
    CertificateStatus,
    CertificateVersion,
    Claims,
    Stage,
)
from app.domain.shared.access import Principal
from app.domain.shared.errors import NotFound
from app.domain.shared.identity import Category, CertificateNumber, CitizenNumber, Grade
from app.services.ports.certificate import Found

CERTIFICATE_CASES = Kind(
    CertificateCaseRow,
    CertificateCase,
    lambda case: {
        "business": case.business,
        "stage": case.stage,
        "rule_versions": list(case.rule_versions),
        "submitted_at": case.submitted_at,
    },
)
_VERSIONS = """
SELECT c.person_id, c.region_path, c.application_id, c.accepting_organisation_id, c.approving_organisation_id,
       c.version AS lineage, v.version, v.number_cipher, v.category, v.components, v.grade, v.status, v.issued_on,
       v.valid_until
FROM certificate c JOIN certificate_version v ON v.certificate_id = c.id
WHERE c.id = $1 ORDER BY v.version
"""
_OF_PERSON = "SELECT id FROM certificate WHERE person_id = $1 ORDER BY id DESC LIMIT 1"


class PostgresCertificateCases(PostgresAggregates[CertificateCase]):
    """Pieces of certificate business in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, CERTIFICATE_CASES)

    async def page(
        self, stages: tuple[Stage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[CertificateCase]:
        """Some of those in the caller's areas, or that the caller is a party to, in the order of their ids."""
        return await self.page_of("stage = ANY ($4)", list(stages), whose=whose, after=after, limit=limit)


class PostgresCertificates:
    """Certificates in PostgreSQL: a lineage and its immutable versions."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def get(self, certificate_id: UUID) -> Certificate:
        """The certificate with all its versions."""
        rows = await self._session.rows(_VERSIONS, certificate_id)
        if not rows:
            raise NotFound("There is no such certificate. Check the id.")
        first = rows[0]
        return Certificate(
            id=certificate_id,
            person_id=first["person_id"],
            region=first["region_path"],
            application_id=first["application_id"],
            accepting_organisation_id=first["accepting_organisation_id"],
            approving_organisation_id=first["approving_organisation_id"],
            versions=tuple(self._to_version(certificate_id, row) for row in rows),
            version=first["lineage"],
        )

    async def of_person(self, person_id: UUID) -> Certificate | None:
        """The person's newest certificate, if there is one that this caller may know of."""
        row = await self._session.row(_OF_PERSON, person_id)
        return await self.get(row["id"]) if row else None

    async def claimed(self, claims: Sequence[Claims]) -> list[Found | None]:
        """For each claim, in order, the certificate that agrees with all of it, in one statement for all of them."""
        questions = [question_of(one, self._session.index) for one in claims]
        rows = await self._session.rows(FIND, list({question.number for question in questions}))
        found = by_number(rows, self._session.beside_the_register)
        return [_found(row_of(question, found)) for question in questions]

    def add(self, certificate: Certificate, *, name: str, citizen_number: CitizenNumber, clock_id: UUID | None) -> None:
        """Put a new certificate on the register, with the digests by which it is verified."""
        self._session.add(
            CertificateRow,
            id=certificate.id,
            person_id=certificate.person_id,
            region_path=certificate.region,
            application_id=certificate.application_id,
            accepting_organisation_id=certificate.accepting_organisation_id,
            approving_organisation_id=certificate.approving_organisation_id,
            version=certificate.version,
        )
        index = self._session.index
        version = certificate.current
        self._session.add(
            CertificateVersionRow,
            certificate_id=certificate.id,
            version=version.version,
            person_id=certificate.person_id,
            number_cipher=self._sealed(certificate.id, version),
            number_index=index.of(CertificateNumber.scheme, version.number.value),
            name_index=index.of("person_name", name),
            identifier_index=index.of(CitizenNumber.scheme, citizen_number.value),
            category=version.category,
            components={str(category.value): grade.value for category, grade in version.components.items()},
            grade=version.grade,
            status=version.status,
            issued_on=version.issued_on,
            valid_until=version.valid_until,
            is_current=True,
            clock_id=clock_id,
        )

    def _sealed(self, certificate_id: UUID, version: CertificateVersion) -> bytes:
        return self._session.cipher.encrypt(
            version.number.value, table="certificate_version", column=f"number/{version.version}", row=certificate_id
        )

    def _to_version(self, certificate_id: UUID, row: Any) -> CertificateVersion:
        number = self._session.cipher.decrypt(
            row["number_cipher"], table="certificate_version", column=f"number/{row['version']}", row=certificate_id
        )
        issued_on: date = row["issued_on"]
        return CertificateVersion(
            version=row["version"],
            number=CertificateNumber.parse(number),
            category=Category(row["category"]),
            components={Category(int(category)): Grade(grade) for category, grade in row["components"].items()},
            grade=Grade(row["grade"]),
            issued_on=issued_on,
            valid_until=row["valid_until"],
            status=CertificateStatus(row["status"]),
        )


def _found(row: Any) -> Found | None:
    facts = facts_of(row)
    return Found(row["person_id"], facts) if facts else None
