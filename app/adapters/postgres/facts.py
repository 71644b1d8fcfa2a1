"""The facts of a person in one statement, as rules need them: no name and no number is opened."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, TypeAlias
from uuid import UUID

from app.adapters.postgres.person_row import economic_statuses_of, guardians_of
from app.adapters.postgres.session import Session
from app.domain.assessment import NeedStage
from app.domain.flag import Home, Housemate
from app.domain.person import Language, Person, Relation
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
    (SELECT coalesce(array_agg((e.status, e.source, e.valid_from, e.valid_to, e.recorded_by) ORDER BY e.id), '{}')
     FROM economic_status e WHERE e.person_id = p.id) AS economic_statuses,
    (SELECT coalesce(array_agg((g.guardian_id, g.scope, g.proof, g.valid_from, g.valid_to)), '{}')
     FROM guardianship g WHERE g.person_id = p.id) AS guardians,
    held.*, projects.*
FROM person p CROSS JOIN LATERAL known_facts(p.id, $2) held
CROSS JOIN LATERAL project_facts(p.id, p.region_path, p.clock_id, $2) projects
WHERE p.id = ANY ($1::uuid[])
"""
"""The wall says whether the person may be known; what is true of the person does not depend on who asks."""

_GUARDIANS = """
SELECT guardian_id FROM guardianship
WHERE person_id = $1 AND proof IN ('authority', 'counter') AND $2 BETWEEN valid_from AND coalesce(valid_to, 'infinity')
"""

_OfProject: TypeAlias = "tuple[list[str], str, str | None]"
"""Which services a project pays for, from when, and until when if that is known."""
_UNDER_WAY = frozenset({"accepted", "delivered", "paused"})


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
        receiving=frozenset(
            (
                *row["granted"],
                *(code for code, _, stage, _ in row["served"] if stage in _UNDER_WAY),
                *_running(row["projects"], on),
            )
        ),
        last_received=_newest((*_served(row["served"]), *_had(row["projects"], on))),
        places=dict(row["places"]),
        providers=frozenset(UUID(provider) for _, provider, _, _ in row["served"]),
        home=_to_home(row["id"], row["household"]),
    )


def _to_home(person_id: UUID, household: Sequence[Sequence[Any]]) -> Home | None:
    relations = {UUID(who): relation for who, relation, _, _ in household}
    if person_id not in relations:
        return None
    others = (member for member in household if UUID(member[0]) != person_id)
    return Home(
        own=Relation(relations[person_id]),
        others=tuple(
            Housemate(
                relation=Relation(relation), born_on=date.fromisoformat(born_on) if born_on else None, holds=holds
            )
            for _, relation, born_on, holds in others
        ),
    )


def _newest(received: Iterable[tuple[str, date]]) -> dict[str, date]:
    """The last day on which each service was received."""
    newest: dict[str, date] = {}
    for code, on in received:
        newest[code] = max(on, newest.get(code, on))
    return newest


def _served(referrals: Iterable[tuple[str, str, str, str | None]]) -> Iterator[tuple[str, date]]:
    return ((code, date.fromisoformat(on)) for code, _, _, on in referrals if on is not None)


def _had(projects: Iterable[_OfProject], on: date) -> Iterator[tuple[str, date]]:
    """What projects have paid for, each until its last day; of what runs, until today."""
    for codes, _, until in projects:
        last = min(on, date.fromisoformat(until)) if until else on
        yield from ((code, last) for code in codes)


def _running(projects: Iterable[_OfProject], on: date) -> Iterator[str]:
    """Services that projects pay for today."""
    for codes, _, until in projects:
        if until is None or date.fromisoformat(until) >= on:
            yield from codes


def _to_person(person_id: UUID, row: Any) -> Person:
    return Person(
        id=person_id,
        region=row["region_path"],
        registration_region=row["registration_path"],
        birth_date=row["birth_date"],
        sex=Sex(row["sex"]),
        preferred_language=Language(row["preferred_language"]),
        economic_statuses=economic_statuses_of(row),
        guardians=guardians_of(row),
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
