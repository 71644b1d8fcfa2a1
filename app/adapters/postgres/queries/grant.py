"""Grants with everything that rules may ask of their people, many in one statement; no name and no number is opened."""

import json
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from app.adapters.postgres.person_row import economic_statuses_of
from app.adapters.postgres.session import Session
from app.domain.benefit import Grant
from app.domain.person import Person
from app.domain.shared.identity import Category, Grade, Sex
from app.services.ports.application import Form
from app.services.ports.grant import CertificateHeld, GrantedCase

_GRANTED = "b.detail -> 'granted' <> 'null'::jsonb"
"""Also of a case that is being decided anew: what was granted stays due until it is decided otherwise."""
_DECIDED_ON = """
coalesce((SELECT max(step ->> 'on') FROM jsonb_array_elements(b.detail -> 'done') step
          WHERE step ->> 'action' IN ('grant', 'grant_anew')), b.detail ->> 'applied_on')::date
"""
_SELECT = f"""
WITH b AS (
    SELECT b.id, b.person_id, b.region_path, b.application_id, b.code, b.detail, {_DECIDED_ON} AS granted_on
    FROM benefit_case b WHERE {{condition}}
)
SELECT b.id, b.person_id, b.region_path, b.application_id, b.code, b.detail -> 'granted' AS granted, b.granted_on,
    p.region_path AS residence_path, p.registration_path, p.birth_date, p.sex,
    (SELECT coalesce(array_agg((e.status, e.source, e.valid_from, e.valid_to, e.recorded_by) ORDER BY e.id), '{{{{}}}}')
     FROM economic_status e WHERE e.person_id = b.person_id) AS economic_statuses,
    EXISTS (SELECT FROM benefit_case o WHERE o.person_id = b.person_id AND o.code = b.code AND o.id <> b.id
            AND o.detail -> 'granted' <> 'null'::jsonb AND o.detail -> 'granted' ->> 'last_month' IS NULL) AS has_twin,
    v.status, v.issued_on, v.valid_until, v.grade, v.components,
    EXISTS (SELECT FROM certificate_version earlier WHERE earlier.certificate_id = v.certificate_id
            AND v.issued_on > b.granted_on
            AND (earlier.grade, earlier.components) IS DISTINCT FROM (v.grade, v.components)
            AND earlier.version = (SELECT max(version) FROM certificate_version old
                                WHERE old.certificate_id = v.certificate_id AND old.issued_on <= b.granted_on)
    ) AS has_changed,
    a.form_cipher
FROM b
LEFT JOIN person p ON p.id = b.person_id
LEFT JOIN application a ON a.id = b.application_id
LEFT JOIN LATERAL (
    SELECT v.certificate_id, v.status, v.issued_on, v.valid_until, v.grade, v.components
    FROM certificate c JOIN certificate_version v ON v.certificate_id = c.id AND v.is_current
    WHERE c.person_id = b.person_id ORDER BY c.id DESC, v.version DESC LIMIT 1
) v ON true
ORDER BY b.id
"""
_PLACE = f"{_GRANTED} AND ($1::text IS NULL OR b.code = $1) AND starts_with(b.region_path || '/', $2 || '/')"
_PAGE = _SELECT.format(condition=f"{_PLACE} AND ($3::uuid IS NULL OR b.id > $3) ORDER BY b.id LIMIT $4")
_OF = _SELECT.format(condition=f"{_GRANTED} AND b.id = $1")
_COUNT = f"SELECT count(*) AS number FROM benefit_case b WHERE {_PLACE}"
_OTHERS = f"""
SELECT b.detail -> 'granted' AS granted FROM benefit_case b
WHERE b.person_id = $1 AND b.code = $2 AND b.id <> $3 AND {_GRANTED}
"""
_GRANT = TypeAdapter(Grant)


class PostgresGrants:
    """Grants in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def page(self, benefit: str | None, region: str, *, after: UUID | None, limit: int) -> list[GrantedCase]:
        """Some grants in a place, of one benefit or of all, in the order of their ids."""
        rows = await self._session.rows(_PAGE, benefit, region, after, limit)
        return [self._to_case(row) for row in rows]

    async def count(self, benefit: str | None, region: str) -> int:
        """How many there are."""
        row = await self._session.row(_COUNT, benefit, region)
        number: int = row["number"] if row else 0
        return number

    async def of(self, case_id: UUID) -> GrantedCase | None:
        """The grant of a case."""
        row = await self._session.row(_OF, case_id)
        return self._to_case(row) if row else None

    async def others(self, person_id: UUID, item: str, *, than: UUID) -> tuple[Grant, ...]:
        """What the person was granted of the same benefit by other cases."""
        rows = await self._session.rows(_OTHERS, person_id, item, than)
        return tuple(_GRANT.validate_python(row["granted"]) for row in rows)

    def _to_case(self, row: Any) -> GrantedCase:
        return GrantedCase(
            case_id=row["id"],
            person_id=row["person_id"],
            region=row["region_path"],
            application_id=row["application_id"],
            item=row["code"],
            grant=_GRANT.validate_python(row["granted"]),
            granted_on=row["granted_on"],
            person=_to_person(row),
            is_known_here=row["residence_path"] is not None,
            has_twin=row["has_twin"],
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
        economic_statuses=economic_statuses_of(row),
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
        has_changed=row["has_changed"],
    )
