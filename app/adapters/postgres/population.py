"""The facts of many people in PostgreSQL: one row a person, and all criteria over all rows in one statement."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from app.adapters.postgres.entitlement_sql import Expressions, bits_of
from app.adapters.postgres.reach import BEGINNING, within
from app.adapters.postgres.session import Session
from app.adapters.postgres.statements import columns_of
from app.adapters.postgres.tables import PersonFactsRow
from app.domain.entitlement import Entitlement
from app.services.ports.population import FoundInArea, FoundOfAll, KnownPerson, Unserved

_PEOPLE = """
SELECT id FROM person
WHERE (region_path = $1 OR region_path ^@ ($1 || '/') OR registration_path = $1 OR registration_path ^@ ($1 || '/'))
  AND clock_id IS NOT DISTINCT FROM $2 AND id > $3
ORDER BY id LIMIT $4
"""
_NAMES = [column.name for column in columns_of(PersonFactsRow)]
_KEEP = f"""
INSERT INTO person_facts ({", ".join(_NAMES)})
SELECT {", ".join(_NAMES)} FROM jsonb_populate_recordset(NULL::person_facts, $1)
ON CONFLICT (person_id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _NAMES[1:])}
"""
_BEARING = "SELECT person_id FROM person_facts WHERE person_id = ANY ($1) AND flags && $2::text[]"
_OF_PLACE = """
FROM person_facts
WHERE (region_path IN (SELECT path FROM region WHERE $1 IN ('', path) OR path ^@ ($1 || '/'))) IS TRUE
  AND (clock_id = $2 OR $2::uuid IS NULL AND clock_id IS NULL)
"""
# Of IS NOT DISTINCT FROM the planner expects one row, and then does not share the counting among processes.

_UNSERVED = """
SELECT person_id, region_path, known_on FROM person_facts
WHERE {place} AND (clock_id = $2 OR (clock_id IS NULL AND $2::uuid IS NULL)) AND person_id > $3
  AND {criteria} AND NOT receiving && {received}
ORDER BY person_id LIMIT $4
"""


class PostgresPopulation:
    """Facts side by side in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def people(self, region: str, *, clock_id: UUID | None, after: UUID | None, limit: int) -> list[UUID]:
        """Some of those who live in a place."""
        rows = await self._session.rows(_PEOPLE, region, clock_id, after or BEGINNING, limit)
        return [row["id"] for row in rows]

    async def keep(self, people: Sequence[KnownPerson], *, clock_id: UUID | None) -> None:
        """One statement for all of them."""
        rows = [row_of(known, clock_id=clock_id) for known in people]
        await self._session.rows(_KEEP, rows)

    async def bearing(self, flags: Collection[str], *, among: Sequence[UUID]) -> frozenset[UUID]:
        """One statement over the facts of last night."""
        rows = await self._session.rows(_BEARING, list(among), list(flags))
        return frozenset(row["person_id"] for row in rows)

    async def found(
        self, entitlements: Collection[Entitlement], *, region: str, on: date, clock_id: UUID | None
    ) -> Mapping[str, FoundOfAll]:
        """All rules over all rows of a place."""
        sql, values = counting(entitlements, on=on)
        # Whoever asks for the first row alone bounds the rows, and what is bounded is not shared among processes.
        (row,) = await self._session.rows(sql, region, clock_id, *values)
        return {one.code: _found(row, number) for number, one in enumerate(entitlements)}

    async def found_by_area(
        self, entitlements: Collection[Entitlement], *, region: str, depth: int, on: date, clock_id: UUID | None
    ) -> list[FoundInArea]:
        """All rules over all rows of a place, area by area."""
        sql, values = counting(entitlements, on=on, depth=depth)
        rows = await self._session.rows(sql, region, clock_id, *values)
        return [
            FoundInArea(region=row["area"], code=one.code, found=_found(row, number))
            for row in rows
            for number, one in enumerate(entitlements)
        ]

    async def unserved(
        self, entitlement: Entitlement, *, region: str, on: date, clock_id: UUID | None, after: UUID | None, limit: int
    ) -> list[Unserved]:
        """The same rule, asked row by row in the order of the page."""
        place, written = within([region]), Expressions(on, first=5)
        criteria = written.of(entitlement.criteria.root)
        received = written.bind(list(entitlement.received_as), "text[]")
        sql = _UNSERVED.format(place=place.condition, criteria=criteria, received=received)
        rows = await self._session.rows(sql, place.value, clock_id, after or BEGINNING, limit, *written.values)
        return [
            Unserved(person_id=row["person_id"], region=row["region_path"], known_on=row["known_on"]) for row in rows
        ]


def counting(entitlements: Collection[Entitlement], *, on: date, depth: int | None = None) -> tuple[str, list[Any]]:
    """The statement that counts what rules say of a place; its first two parameters are the place and the clock.

    With `depth` by the areas of so many levels.
    """
    written = Expressions(on, first=3)
    findings = [f"{written.of(one.criteria.root)} AS f{number}" for number, one in enumerate(entitlements)]
    received = [written.bind(list(one.received_as), "text[]") for one in entitlements]
    counts = [
        f"count(*) FILTER (WHERE f{number}) AS met{number}, count(f{number}) AS known{number}, "
        f"count(*) FILTER (WHERE f{number} AND receiving && {codes}) AS receiving{number}"
        for number, codes in enumerate(received)
    ]
    # The inner query is fenced: an expression is evaluated once a row, and not once for each figure made of it. Quoted,
    # the zero is a constant before anything is planned; else each row would be handed to one process that counts alone.
    of_all = f"SELECT region_path, receiving, {', '.join(findings)} {_OF_PLACE} OFFSET '0'"
    figures = f"count(*) AS people, {', '.join(counts)} FROM ({of_all}) of_all"
    if depth is None:
        return f"SELECT {figures}", written.values
    area = f"array_to_string((string_to_array(region_path, '/'))[1:{depth}], '/')"
    return f"SELECT {area} AS area, {figures} GROUP BY 1 ORDER BY 1", written.values


def row_of(known: KnownPerson, *, clock_id: UUID | None = None) -> dict[str, Any]:
    """What is known of somebody, as the table keeps it. Nobody without a day or a residence is kept."""
    facts = known.facts
    return {
        "person_id": str(known.person_id),
        "region_path": facts.residence_region,
        "registration_path": facts.registration_region,
        "clock_id": str(clock_id) if clock_id else None,
        "known_on": str(facts.on),
        "birth_date": str(facts.birth_date) if facts.birth_date else None,
        "has_certificate": facts.has_certificate,
        "categories": bits_of(facts.components),
        "grade": facts.heaviest,
        "economic_status": facts.economic_status,
        "diagnosed": bits_of(category for category, is_so in facts.diagnoses.items() if is_so),
        "not_diagnosed": bits_of(category for category, is_so in facts.diagnoses.items() if not is_so),
        **_two_lists("needs", facts.needs),
        **_two_lists("receiving", facts.receiving),
        **_two_lists("flags", facts.flags),
        **_two_lists("places", facts.places),
        "last_received": {code: str(on) if on else None for code, on in facts.last_received.items()},
    }


def _two_lists(name: str, known: Mapping[str, bool]) -> dict[str, list[str]]:
    return {name: _sorted(known, is_so=True), f"no_{name}": _sorted(known, is_so=False)}


def _sorted(known: Mapping[str, bool], *, is_so: bool) -> list[str]:
    return sorted(code for code, said in known.items() if said is is_so)


def _found(row: Any, number: int) -> FoundOfAll:
    met, known = row[f"met{number}"], row[f"known{number}"]
    return FoundOfAll(met=met, not_met=known - met, unknown=row["people"] - known, receiving=row[f"receiving{number}"])
