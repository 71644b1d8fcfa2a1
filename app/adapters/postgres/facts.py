"""The facts of a person in one statement, as rules need them: no name and no number is opened."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from app.adapters.postgres.session import Session
from app.domain.assessment import NeedStage
from app.domain.person import EconomicFact, EconomicStatus, FactSource, Guardianship, Language, Person
from app.domain.shared.errors import NotFound
from app.domain.shared.identity import Category, Grade, Sex
from app.services.ports.facts import HeldCertificate, HeldFacts

_PLACE = """
SELECT region_path, $2::uuid IS NULL OR EXISTS (
    SELECT FROM application a WHERE a.id = $2 AND a.person_id = person.id) AS is_theirs
FROM person WHERE id = $1
"""
_FACTS = """
SELECT p.region_path, p.registration_path, p.birth_date, p.sex, p.preferred_language,
    (SELECT coalesce(array_agg((e.status, e.source, e.valid_from, e.valid_to)), '{}')
     FROM economic_status e WHERE e.person_id = p.id) AS economic_statuses,
    (SELECT coalesce(array_agg((g.guardian_id, g.scope, g.proof, g.valid_from, g.valid_to)), '{}')
     FROM guardianship g WHERE g.person_id = p.id) AS guardians,
    held.certificate_id, held.category, held.grade, held.components,
    (SELECT coalesce(jsonb_object_agg(n.code, n.stage ORDER BY n.id), '{}')
     FROM need n WHERE n.person_id = p.id) AS needs,
    (SELECT coalesce(array_agg(b.code), '{}')
     FROM benefit_case b WHERE b.person_id = p.id AND b.stage = 'granted') AS granted,
    (SELECT coalesce(array_agg((s.code, r.provider_id, r.stage, (r.detail->'deliveries'->-1->>'on')::date)), '{}')
     FROM referral r JOIN service s ON s.id = r.service_id
     WHERE r.person_id = p.id AND r.stage IN ('accepted', 'delivered', 'confirmed')) AS served,
    (SELECT count(DISTINCT other.person_id)
     FROM household_member own
     JOIN household_member other ON other.household_id = own.household_id
     JOIN certificate held ON held.person_id = other.person_id
     JOIN certificate_version v ON v.certificate_id = held.id AND v.is_current
     WHERE own.person_id = p.id AND $2 BETWEEN own.valid_from AND coalesce(own.valid_to, 'infinity')
       AND $2 BETWEEN other.valid_from AND coalesce(other.valid_to, 'infinity')
       AND v.status = 'in_force' AND v.issued_on <= $2 AND v.valid_until >= $2
     HAVING EXISTS (SELECT FROM household_member m WHERE m.person_id = p.id)) AS holders
FROM person p LEFT JOIN LATERAL (
    SELECT v.certificate_id, v.category, v.grade, v.components
    FROM certificate c JOIN certificate_version v ON v.certificate_id = c.id AND v.is_current
    WHERE c.person_id = p.id AND v.status = 'in_force' AND v.issued_on <= $2 AND v.valid_until >= $2
    ORDER BY c.id DESC LIMIT 1
) held ON true
WHERE p.id = $1
"""


_GUARDIANS = """
SELECT guardian_id FROM guardianship
WHERE person_id = $1 AND $2 BETWEEN valid_from AND coalesce(valid_to, 'infinity')
"""


class PostgresFacts:
    """The register as rules see it, in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def place_of(self, person_id: UUID, *, application_id: UUID | None = None) -> str:
        """Where the person lives."""
        row = await self._session.row(_PLACE, person_id, application_id)
        if row is None:
            raise NotFound("There is no such person. Check the id.")
        if not row["is_theirs"]:
            raise NotFound("This person has no such application. Check the id.", pointer="/application_id")
        place: str = row["region_path"]
        return place

    async def guardians_of(self, person_id: UUID, *, on: date) -> tuple[UUID, ...]:
        """Who may act for the person on a day."""
        return tuple(row["guardian_id"] for row in await self._session.rows(_GUARDIANS, person_id, on))

    async def of(self, person_id: UUID, *, on: date) -> HeldFacts:
        """All facts of a person on a day."""
        row = await self._session.row(_FACTS, person_id, on)
        if row is None:
            raise NotFound("There is no such person. Check the id.")
        return HeldFacts(
            person=_to_person(person_id, row),
            on=on,
            certificate=_to_certificate(row),
            needs={code: NeedStage(stage) for code, stage in row["needs"].items()},
            receiving=frozenset(
                (*row["granted"], *(code for code, _, stage, _ in row["served"] if stage != "confirmed"))
            ),
            last_received=_newest(row["served"]),
            providers=frozenset(provider for _, provider, _, _ in row["served"]),
            holders_in_household=row["holders"],
        )


def _newest(served: Iterable[tuple[str, UUID, str, date | None]]) -> dict[str, date]:
    """The last day on which each service was delivered."""
    newest: dict[str, date] = {}
    for code, _, _, on in served:
        if on is not None:
            newest[code] = max(on, newest.get(code, on))
    return newest


def _to_person(person_id: UUID, row: Any) -> Person:
    return Person(
        id=person_id,
        region=row["region_path"],
        registration_region=row["registration_path"],
        birth_date=row["birth_date"],
        sex=Sex(row["sex"]),
        preferred_language=Language(row["preferred_language"]),
        economic_statuses=tuple(
            EconomicFact(status=EconomicStatus(status), source=FactSource(source), valid_from=since, valid_to=until)
            for status, source, since, until in row["economic_statuses"]
        ),
        guardians=tuple(
            Guardianship(guardian_id=who, scope=scope, proof=FactSource(proof), valid_from=since, valid_to=until)
            for who, scope, proof, since, until in row["guardians"]
        ),
    )


def _to_certificate(row: Any) -> HeldCertificate | None:
    if row["certificate_id"] is None:
        return None
    return HeldCertificate(
        certificate_id=row["certificate_id"],
        category=Category(row["category"]),
        grade=Grade(row["grade"]),
        components={Category(int(single)): Grade(found) for single, found in row["components"].items()},
    )
