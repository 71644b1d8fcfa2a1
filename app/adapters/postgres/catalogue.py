"""The catalogue of services: rows to services and back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from app.adapters.postgres.reach import BEGINNING
from app.adapters.postgres.session import Session
from app.adapters.postgres.shelf import Held
from app.adapters.postgres.statements import columns_of
from app.adapters.postgres.tables import ServiceRow
from app.domain.capacity import CapacityUnit, Places
from app.domain.catalogue import Capacity, Family, ListingStage, Service
from app.domain.matching import UNRATED, Candidate, Outcomes, Ratings
from app.domain.organisation import OrganisationKind
from app.domain.shared.access import Principal
from app.domain.shared.errors import NotFound, StaleVersion
from app.domain.shared.wording import Wording
from app.services.ports.catalogue import Offered

_TYPE = TypeAdapter(Service)
REAL_TIME = UUID(int=0)
"""Stands for no clock in keys."""
SHOWN = f"s.clock_id IN ($1, '{REAL_TIME}')"
"""The catalogue of everybody and, in a sandbox, what its client has brought in."""
_PLACES = "p.held, p.unit, p.maximum, p.elsewhere, p.stated_on, p.stated_at"
_COUNTED = "LEFT JOIN service_place p ON p.service_id = s.id AND p.clock_id = $1"
COLUMNS = f"SELECT s.detail::text AS detail, s.stage, s.modified_at, o.name, o.name_en, o.kind, {_PLACES}"
FROM = f"FROM service s JOIN organisation o ON o.id = s.organisation_id {_COUNTED}"
_GET = f"{COLUMNS} {FROM} WHERE s.id = ANY ($2) AND {SHOWN}"
_OWN = "SELECT id FROM service WHERE id = ANY ($2) AND clock_id = $1"
_NAMES = [column.name for column in columns_of(ServiceRow)]
_ADD_MANY = f"""
INSERT INTO service ({", ".join(_NAMES)}) SELECT {", ".join(_NAMES)} FROM jsonb_populate_recordset(NULL::service, $1)
"""
_CHANGED = ("code", "family", "region_path", "meets", "serves", "status", "stage", "detail", "version", "modified_at")
_CHANGE_MANY = f"""
UPDATE service s SET {", ".join(f"{name} = said.{name}" for name in _CHANGED)}
FROM jsonb_populate_recordset(NULL::service, $2) said
WHERE s.id = said.id AND s.version = said.version - 1 AND s.clock_id = $1 RETURNING s.id
"""
_MEETING = f"""
SELECT s.id, s.version, {_PLACES}, r.count, r.total FROM service s {_COUNTED}
LEFT JOIN service_rating r ON r.service_id = s.id AND r.clock_id = $1
WHERE s.meets @> ARRAY[$2] AND s.status = 'active' AND s.stage = ANY ($3) AND {SHOWN} ORDER BY s.id
"""
_RATE = """
INSERT INTO service_rating AS held (service_id, clock_id, count, total) VALUES ($1, $2, 1, $3)
ON CONFLICT (service_id, clock_id) DO UPDATE SET count = held.count + 1, total = held.total + $3
"""
_OUTCOMES = """
SELECT organisation_id, sum(people)::integer AS people, sum(total)::integer AS total, sum(hard)::integer AS hard,
    sum(hard_total)::integer AS hard_total
FROM provider_outcome WHERE clock_id = $1 AND organisation_id = ANY ($2) GROUP BY organisation_id
"""
_FORGET_OUTCOMES = "DELETE FROM provider_outcome WHERE clock_id = $1 AND region_path = $2"
_KEEP_OUTCOMES = """
INSERT INTO provider_outcome (organisation_id, clock_id, region_path, people, total, hard, hard_total, known_on)
SELECT unnest($4::uuid[]), $1, $2, unnest($5::int[]), unnest($6::int[]), unnest($7::int[]), unnest($8::int[]), $3
"""
_PAGE = f"""
{COLUMNS} {FROM}
WHERE s.status = 'active' AND s.stage = 'confirmed' AND {SHOWN} AND ($2::text IS NULL OR s.family = $2)
    AND ($3::text IS NULL OR s.meets @> ARRAY[$3])
    AND ($4::text IS NULL OR s.serves = '{{}}' OR EXISTS (
        SELECT FROM unnest(s.serves) area WHERE ($4 || '/') ^@ (area || '/')))
    AND ($5::uuid IS NULL OR s.id > $5)
ORDER BY s.id LIMIT $6
"""
_LISTINGS = f"""
{COLUMNS} {FROM}
WHERE s.stage = ANY ($2) AND {SHOWN} AND s.id > $3
    AND (s.organisation_id = ANY ($4) OR (s.region_path || '/') ^@ ANY ($5::text[]))
ORDER BY s.id LIMIT $6
"""


class PostgresServices:
    """The services of the catalogue in PostgreSQL."""

    def __init__(self, session: Session, *, clock_id: UUID | None) -> None:
        self._session = session
        self._clock_id = clock_id or REAL_TIME

    async def get(self, service_id: UUID) -> Offered:
        """One of them."""
        found = await self.get_many({service_id})
        if service_id not in found:
            raise NotFound("There is no such service. Look it up under /v1/services.")
        return found[service_id]

    async def get_many(self, service_ids: set[UUID]) -> dict[UUID, Offered]:
        """Those of them that there are."""
        rows = await self._session.rows(_GET, self._clock_id, list(service_ids))
        return {offered.id: offered for offered in map(to_offered, rows)}

    async def candidates(
        self, need: str, *, stages: tuple[ListingStage, ...] = (ListingStage.CONFIRMED,)
    ) -> list[Candidate]:
        """All that are offered at present and meet a need, with how they are rated.

        A match looks at thousands, and they seldom change: what is at hand in the version on record is not read again.
        """
        rows = await self._session.rows(_MEETING, self._clock_id, need, list(stages))
        shelf = self._session.shelf
        if unknown := {row["id"] for row in rows if shelf.lacks(row["id"], row["version"])}:
            shelf.take_in(one.service for one in (await self.get_many(unknown)).values())
        return [_to_candidate(row, shelf.held(row["id"])) for row in rows]

    async def outcomes(self, organisation_ids: set[UUID]) -> Mapping[UUID, Outcomes]:
        """The figures of all places together."""
        rows = await self._session.rows(_OUTCOMES, self._clock_id, list(organisation_ids))
        return {
            row["organisation_id"]: Outcomes(row["people"], row["total"], row["hard"], row["hard_total"])
            for row in rows
        }

    async def keep_outcomes(self, outcomes: Mapping[UUID, Outcomes], *, region: str, known_on: date) -> None:
        """Two statements, however many providers there are."""
        figures = [list(column) for column in zip(*outcomes.values(), strict=True)] or [[], [], [], []]
        await self._session.rows(_FORGET_OUTCOMES, self._clock_id, region)
        await self._session.rows(_KEEP_OUTCOMES, self._clock_id, region, known_on, list(outcomes), *figures)

    def rate(self, service_id: UUID, satisfaction: int) -> None:
        """Count one rating more when the unit of work commits."""
        self._session.finally_run(_RATE, service_id, self._clock_id, satisfaction)

    async def page(
        self, *, family: Family | None, need: str | None, region: str | None, after: UUID | None, limit: int
    ) -> list[Offered]:
        """Some of those that are offered."""
        rows = await self._session.rows(_PAGE, self._clock_id, family, need, region, after, limit)
        return [to_offered(row) for row in rows]

    async def listings(
        self, stages: tuple[ListingStage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[Offered]:
        """Some of those of the caller's organisations or areas."""
        areas = [f"{area}/" for area in whose.areas]
        asked = (list(stages), after or BEGINNING, list(whose.parties), areas, limit)
        return [to_offered(row) for row in await self._session.rows(_LISTINGS, self._clock_id, *asked)]

    async def own(self, service_ids: set[UUID]) -> frozenset[UUID]:
        """Those of the caller's clock."""
        rows = await self._session.rows(_OWN, self._clock_id, list(service_ids))
        return frozenset(row["id"] for row in rows)

    async def add_many(self, services: Sequence[Service], *, at: datetime) -> None:
        """One statement, however many."""
        if services:
            await self._session.rows(_ADD_MANY, [self._as_json(one, at=at) for one in services])

    async def change_many(self, services: Sequence[Service], *, at: datetime) -> None:
        """One statement, which changes those that are still as they were read."""
        if not services:
            return
        rows = await self._session.rows(_CHANGE_MANY, self._clock_id, [self._as_json(one, at=at) for one in services])
        if len(rows) != len(services):
            raise StaleVersion

    def _as_json(self, service: Service, *, at: datetime) -> dict[str, Any]:
        row = to_row(service, modified_at=at, clock_id=self._clock_id)
        return {**row, **{name: str(row[name]) for name in ("id", "organisation_id", "clock_id", "modified_at")}}


def _to_candidate(row: Any, held: Held) -> Candidate:
    if row["count"] is None and row["held"] is None:  # most have not been rated, and hold nobody yet
        return held.candidate
    places = to_places(row, held.counted)
    return replace(
        held.candidate,
        ratings=UNRATED if row["count"] is None else Ratings(row["count"], row["total"]),
        has_place=places is None or places.available > 0,
    )


def to_offered(row: Any) -> Offered:
    """The service that a row of `COLUMNS` holds, with who offers it."""
    service = replace(to_service(row["detail"]), stage=ListingStage(row["stage"]))
    return Offered(
        service=service,
        places=to_places(row, service.capacity),
        provider=Wording(zh=row["name"], en=row["name_en"]),
        provider_is=OrganisationKind(row["kind"]),
        modified_at=row["modified_at"],
    )


def to_places(row: Any, counted: Capacity | None) -> Places | None:
    """What the provider said last; before it has said anything, what the catalogue counted."""
    held = row["held"] or 0
    if row["maximum"] is not None:
        return Places(
            unit=CapacityUnit(row["unit"]),
            maximum=row["maximum"],
            elsewhere=row["elsewhere"],
            held=held,
            as_of=row["stated_on"],
            updated_at=row["stated_at"],
        )
    if counted is None:
        return None
    return Places(maximum=counted.total, elsewhere=counted.taken, held=held, as_of=counted.as_of)


def to_service(detail: str | dict[str, Any]) -> Service:
    """The service that a row holds."""
    return _TYPE.validate_json(detail) if isinstance(detail, str) else _TYPE.validate_python(detail)


def to_row(service: Service, *, modified_at: datetime, clock_id: UUID = REAL_TIME) -> dict[str, Any]:
    """The row of a service: columns for what is searched, and the whole beside them."""
    return {
        "id": service.id,
        "organisation_id": service.organisation_id,
        "code": service.code,
        "family": service.family,
        "region_path": service.region,
        "meets": sorted(service.meets),
        "serves": list(service.serves),
        "status": service.status,
        "stage": service.stage,
        "detail": _TYPE.dump_python(service, mode="json"),
        "version": service.version,
        "clock_id": clock_id,
        "modified_at": modified_at,
    }
