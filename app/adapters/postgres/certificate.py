"""Certificates: rows to aggregates and back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from app.adapters.postgres.claims import FIND, by_number, facts_of, numbers_of, question_of, row_of
from app.adapters.postgres.reach import BEGINNING, within
from app.adapters.postgres.session import Session
from app.adapters.postgres.standing import ALONE
from app.adapters.postgres.tables import CertificateRow, CertificateVersionRow
from app.domain.certificate import (
    Certificate,
    CertificateStatus,
    CertificateVersion,
    Claims,
    Holding,
)
from app.domain.shared.access import Principal
from app.domain.shared.errors import NotFound, StaleVersion
from app.domain.shared.identity import Category, CertificateNumber, CitizenNumber, Grade
from app.services.ports.certificate import Found

_VERSIONS = """
SELECT c.person_id, c.region_path, c.application_id, c.accepting_organisation_id, c.approving_organisation_id,
       c.version AS lineage, v.version, v.number_cipher, v.category, v.components, v.grade, v.status, v.issued_on,
       v.valid_until, v.status_since, v.status_reason
FROM certificate c JOIN certificate_version v ON v.certificate_id = c.id
WHERE c.id = $1 ORDER BY v.version
"""
_OUT_OF_ORDER = """
SELECT c.id, c.person_id, c.region_path, v.status, v.valid_until, p.registration_path, p.registration_since,
    CASE WHEN NOT EXISTS (
        SELECT FROM certificate_case k WHERE k.person_id = c.person_id AND k.business = 'cancellation'
        AND k.stage NOT IN ('cancelled', 'refused', 'withdrawn')) THEN d.told_on END AS reported_dead_on
FROM certificate c
LEFT JOIN holders_reported_dead() d ON d.person_id = c.person_id
JOIN certificate_version v ON v.certificate_id = c.id AND v.status IN ('in_force', 'frozen')
JOIN person p ON p.id = c.person_id
WHERE {condition} AND c.id > $2 AND (v.valid_until < $4 OR p.registration_since IS NOT NULL OR d.told_on IS NOT NULL)
ORDER BY c.id LIMIT $3
"""
# Only the last card of a certificate is in force or frozen: those before it are replaced.
_STAND = """
UPDATE certificate_version SET status = $3, status_since = $4, status_reason = $5
WHERE certificate_id = $1 AND version = $2
"""
_YIELD = "UPDATE certificate_version SET is_current = false WHERE number_index = $1 AND person_id = $2 AND is_current"
_ANSWER_AGAIN = "UPDATE certificate_version SET is_current = true WHERE certificate_id = $1 AND version = $2"
_OF_PERSON = "SELECT id FROM certificate WHERE person_id = $1 ORDER BY id DESC LIMIT 1"


class PostgresCertificates:
    """Certificates in PostgreSQL: a lineage and its immutable versions."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def get(self, certificate_id: UUID, *, version: int | None = None) -> Certificate:
        """The certificate with all its versions; with `version`, only if it still is the one that was read.

        Raises:
            NotFound: there is none that this caller may know of.
            StaleVersion: somebody changed it since.
        """
        rows = await self._session.rows(_VERSIONS, certificate_id)
        if not rows:
            raise NotFound("There is no such certificate. Check the id.")
        if version is not None and rows[0]["lineage"] != version:
            raise StaleVersion
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
        rows = await self._session.rows(FIND, numbers_of(questions))
        found = by_number(rows, self._session.beside_the_register)
        return [_found(row_of(question, found)) for question in questions]

    async def add(
        self, certificate: Certificate, *, name: str, citizen_number: CitizenNumber, clock_id: UUID | None
    ) -> None:
        """Put a new certificate on the register; a cancelled one of the same number does not answer for it any more."""
        self._add_lineage(certificate)
        await self._put(certificate, name=name, citizen_number=citizen_number, clock_id=clock_id)

    def add_unheld(
        self, certificate: Certificate, *, name: str, citizen_number: CitizenNumber, clock_id: UUID | None
    ) -> None:
        """Put one on the register of somebody who has never held any, so that nothing else answers for its number."""
        self._add_lineage(certificate)
        self._add_card(certificate, name=name, citizen_number=citizen_number, clock_id=clock_id)

    def _add_lineage(self, certificate: Certificate) -> None:
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

    async def reissue(
        self, certificate: Certificate, *, name: str, citizen_number: CitizenNumber, clock_id: UUID | None
    ) -> Certificate:
        """Write the card before the current one as replaced, and the current one as new."""
        saved = await self._saved(certificate)
        await self._stand(certificate.id, certificate.versions[-2])
        await self._put(certificate, name=name, citizen_number=citizen_number, clock_id=clock_id)
        return saved

    async def migrate(self, certificate: Certificate, *, case_id: UUID) -> None:
        """Carry a certificate to the place of a migration that was approved there.

        Raises:
            NotFound: there is no such migration in the caller's areas.
        """
        row = await self._session.row(
            "SELECT migrate_certificate($1, $2, $3, $4) AS is_done",
            certificate.id,
            case_id,
            certificate.accepting_organisation_id,
            certificate.approving_organisation_id,
        )
        if row is None or not row["is_done"]:
            raise NotFound("No migration of this certificate was approved here.")

    async def out_of_order(self, whose: Principal, *, on: date, after: UUID | None, limit: int) -> list[Holding]:
        """Some of those in the caller's areas that have expired or whose holder has moved or is reported dead."""
        reach = within(whose.areas)
        sql = _OUT_OF_ORDER.format(condition=reach.condition.replace("region_path", "c.region_path"))
        rows = await self._session.rows(sql, reach.value, after or BEGINNING, limit, on)
        return [
            Holding(
                certificate_id=row["id"],
                person_id=row["person_id"],
                region=row["region_path"],
                status=CertificateStatus(row["status"]),
                valid_until=row["valid_until"],
                registration_region=row["registration_path"],
                registered_since=row["registration_since"],
                reported_dead_on=row["reported_dead_on"],
            )
            for row in rows
        ]

    async def restore(self, certificate: Certificate) -> Certificate:
        """Write that it stands as before: it answers for its number again, also where one in its place has ended."""
        saved = await self._saved(certificate)
        number = self._session.index.of(CertificateNumber.scheme, certificate.current.number.value)
        await self._session.row(_YIELD, number, certificate.person_id)
        await self._stand(certificate.id, certificate.current)
        await self._session.row(_ANSWER_AGAIN, certificate.id, certificate.current.version)
        return saved

    async def save(self, certificate: Certificate) -> Certificate:
        """Write how the current card stands over the version that was read.

        Raises:
            StaleVersion: somebody else was quicker.
        """
        saved = await self._saved(certificate)
        await self._stand(certificate.id, certificate.current)
        return saved

    async def _saved(self, certificate: Certificate) -> Certificate:
        """Change a certificate alone: who gives a receipt of how it stands waits, or is waited for (see `standing`)."""
        await self._session.row(ALONE, certificate.id)
        version = await self._session.save(CertificateRow, certificate.id, certificate.version)
        return replace(certificate, version=version)

    async def _stand(self, certificate_id: UUID, version: CertificateVersion) -> None:
        await self._session.row(
            _STAND, certificate_id, version.version, version.status, version.status_since, version.status_reason
        )

    async def _put(
        self, certificate: Certificate, *, name: str, citizen_number: CitizenNumber, clock_id: UUID | None
    ) -> None:
        """The current card, with the digests by which it is verified: from now on it answers for its number."""
        number_index = self._session.index.of(CertificateNumber.scheme, certificate.current.number.value)
        await self._session.row(_YIELD, number_index, certificate.person_id)
        self._add_card(certificate, name=name, citizen_number=citizen_number, clock_id=clock_id)

    def _add_card(
        self, certificate: Certificate, *, name: str, citizen_number: CitizenNumber, clock_id: UUID | None
    ) -> None:
        index, version = self._session.index, certificate.current
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
            status_since=version.status_since,
            status_reason=version.status_reason,
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
            status_since=row["status_since"],
            status_reason=row["status_reason"],
        )


def _found(row: Any) -> Found | None:
    facts = facts_of(row)
    return Found(row["person_id"], facts) if facts else None
