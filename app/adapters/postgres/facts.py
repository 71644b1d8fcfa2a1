"""The facts of a person in one statement, as rules need them: no name and no number is opened."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from app.adapters.postgres.session import Session
from app.domain.assessment import NeedStage
from app.domain.person import EconomicFact, EconomicStatus, FactSource, Guardianship, Language, Person
from app.domain.shared.access import Acting
from app.domain.shared.errors import NotFound
from app.domain.shared.identity import Category, Grade, Sex
from app.services.ports.facts import HeldCertificate, HeldFacts

_PLACE = """
SELECT region_path, $2::uuid IS NULL OR EXISTS (
    SELECT FROM application a WHERE a.id = $2 AND a.person_id = person.id) AS is_theirs
FROM person WHERE id = $1
"""
_FACTS = """
SELECT p.id, p.region_path, p.registration_path, p.birth_date, p.sex, p.preferred_language,
    (SELECT coalesce(array_agg((e.status, e.source, e.valid_from, e.valid_to)), '{}')
     FROM economic_status e WHERE e.person_id = p.id) AS economic_statuses,
    (SELECT coalesce(array_agg((g.guardian_id, g.scope, g.proof, g.valid_from, g.valid_to)), '{}')
     FROM guardianship g WHERE g.person_id = p.id) AS guardians,
    held.*
FROM person p CROSS JOIN LATERAL held_facts(p.id, $2) held
WHERE p.id = ANY ($1::uuid[])
"""
"""The wall says whether the person may be known; what is true of the person does not depend on who asks."""

_GUARDIANS = """
SELECT guardian_id FROM guardianship
WHERE person_id = $1 AND proof IN ('authority', 'counter') AND $2 BETWEEN valid_from AND coalesce(valid_to, 'infinity')
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
        held = await self.find(person_id, on=on)
        if held is None:
            raise NotFound("There is no such person. Check the id.")
        return held

    async def find(self, person_id: UUID, *, on: date) -> HeldFacts | None:
        """The same, where the wall lets the person be known."""
        found = await self.of_many([person_id], on=on)
        return found[0] if found else None

    async def of_many(self, person_ids: Sequence[UUID], *, on: date) -> list[HeldFacts]:
        """The facts of some people."""
        return [_to_facts(row, on) for row in await self._session.rows(_FACTS, list(person_ids), on)]


def _to_facts(row: Any, on: date) -> HeldFacts:
    return HeldFacts(
        person=_to_person(row["id"], row),
        on=on,
        certificate=_to_certificate(row),
        needs={code: NeedStage(stage) for code, stage in row["needs"].items()},
        receiving=frozenset((*row["granted"], *(code for code, _, stage, _ in row["served"] if stage != "confirmed"))),
        last_received=_newest(row["served"]),
        providers=frozenset(UUID(provider) for _, provider, _, _ in row["served"]),
        holders_in_household=row["holders"],
    )


def _newest(served: Iterable[tuple[str, str, str, str | None]]) -> dict[str, date]:
    """The last day on which each service was delivered."""
    newest: dict[str, date] = {}
    for code, _, _, delivered_on in served:
        if delivered_on is not None:
            on = date.fromisoformat(delivered_on)
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
            Guardianship(
                guardian_id=who, acting=Acting(scope), proof=FactSource(proof), valid_from=since, valid_to=until
            )
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
