"""All grants of a benefit in a place with everything that rules may ask of their people, many in one statement."""

import json
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from app.adapters.postgres.session import Session
from app.domain.benefit import Grant
from app.domain.person import EconomicFact, EconomicStatus, FactSource, Person
from app.domain.shared.identity import Category, Grade, Sex
from app.services.ports.application import Form
from app.services.ports.payment import CertificateHeld, GrantedCase

_SCOPE = "b.stage = 'granted' AND b.code = $1 AND starts_with(b.region_path || '/', $2 || '/')"
_PAGE = f"""
SELECT b.id, b.person_id, b.region_path, b.application_id, b.detail -> 'granted' AS granted,
    (SELECT max((step ->> 'on')::date) FROM jsonb_array_elements(b.detail -> 'done') step
     WHERE step ->> 'action' IN ('grant', 'grant_anew')) AS granted_on,
    p.region_path AS residence_path, p.registration_path, p.birth_date, p.sex,
    (SELECT coalesce(array_agg((e.status, e.source, e.valid_from, e.valid_to)), '{{}}')
     FROM economic_status e WHERE e.person_id = b.person_id) AS economic_statuses,
    v.status, v.issued_on, v.valid_until, v.grade, v.components, a.form_cipher
FROM benefit_case b
LEFT JOIN person p ON p.id = b.person_id
LEFT JOIN application a ON a.id = b.application_id
LEFT JOIN LATERAL (
    SELECT v.status, v.issued_on, v.valid_until, v.grade, v.components
    FROM certificate c JOIN certificate_version v ON v.certificate_id = c.id AND v.is_current
    WHERE c.person_id = b.person_id ORDER BY c.id DESC LIMIT 1
) v ON true
WHERE {_SCOPE} AND ($3::uuid IS NULL OR b.id > $3)
ORDER BY b.id LIMIT $4
"""
_COUNT = f"SELECT count(*) AS number FROM benefit_case b WHERE {_SCOPE}"
_GRANT = TypeAdapter(Grant)


class PostgresGrantedCases:
    """Grants in PostgreSQL; no name and no number is opened."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def page(self, benefit: str, region: str, *, after: UUID | None, limit: int) -> list[GrantedCase]:
        """Some of them, in the order of their ids."""
        rows = await self._session.rows(_PAGE, benefit, region, after, limit)
        return [self._to_case(row) for row in rows]

    async def count(self, benefit: str, region: str) -> int:
        """How many there are."""
        row = await self._session.row(_COUNT, benefit, region)
        number: int = row["number"] if row else 0
        return number

    def _to_case(self, row: Any) -> GrantedCase:
        granted_on: date = row["granted_on"]
        return GrantedCase(
            case_id=row["id"],
            person_id=row["person_id"],
            region=row["region_path"],
            application_id=row["application_id"],
            grant=_GRANT.validate_python(row["granted"]),
            granted_on=granted_on,
            person=_to_person(row),
            certificate=_to_certificate(row),
            form=self._to_form(row),
        )

    def _to_form(self, row: Any) -> Form:
        if row["form_cipher"] is None:
            return Form({}, {})
        opened = self._session.cipher.decrypt(
            row["form_cipher"], table="application", column="form_cipher", row=row["application_id"]
        )
        return Form({}, json.loads(opened)["answers"])


def _to_person(row: Any) -> Person:
    """The person; one who has left the caller's area is not known any more, and neither are that person's facts."""
    if row["residence_path"] is None:
        return Person(id=row["person_id"], region=row["region_path"], registration_region="")
    return Person(
        id=row["person_id"],
        region=row["residence_path"],
        registration_region=row["registration_path"],
        birth_date=row["birth_date"],
        sex=Sex(row["sex"]),
        economic_statuses=tuple(
            EconomicFact(status=EconomicStatus(status), source=FactSource(source), valid_from=since, valid_to=until)
            for status, source, since, until in row["economic_statuses"]
        ),
    )


def _to_certificate(row: Any) -> CertificateHeld | None:
    if row["status"] is None:
        return None
    return CertificateHeld(
        is_valid=row["status"] == "in_force",
        issued_on=row["issued_on"],
        valid_until=row["valid_until"],
        grade=Grade(row["grade"]),
        components={Category(int(single)): Grade(found) for single, found in row["components"].items()},
    )
