"""The roster in PostgreSQL: set-based, for a county has a hundred thousand people on it."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from app.adapters.postgres.queries.gap import GAP_COUNTS, GAPS, HELD_BY, PLANNED_ANEW, SERVING
from app.adapters.postgres.reach import BEGINNING, within
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import PersonGroupRow
from app.domain.roster import Bearer, Cell, Charge, GroupKind, Placement, VisitPlan
from app.domain.shared.access import Principal
from app.domain.shared.identity import Category
from app.domain.shared.reason import Reason
from app.services.ports.roster import Gap, GapCount, Group, RosterEntry, RosterStanding, ToPlan, WantedEntries

_ENTRY = """
SELECT r.*, c.name AS commissioner_name, d.name AS deputy_name
FROM ({rows}) r LEFT JOIN account c ON c.id = r.commissioner_id LEFT JOIN account d ON d.id = r.deputy_id
"""
_COLUMNS = """
person_id, region_path, category, grade, listed_on, commissioner_id, reason, placed_on, absent_until, deputy_id, flags,
weight, every_days, visited_on, due_on, rule_versions, reported_dead_on
"""
_ONE = _ENTRY.format(rows=f"SELECT {_COLUMNS} FROM roster WHERE person_id = $1")
_SOME = _ENTRY.format(rows=f"SELECT {_COLUMNS} FROM roster WHERE person_id = ANY ($1)")
_PAGE_ROWS = f"""
SELECT {_COLUMNS} FROM roster
WHERE {{condition}} AND ($2::uuid IS NULL OR {HELD_BY.format(on="$3")} = $2) AND person_id > $4
  AND {{standing}}
ORDER BY person_id LIMIT $5
"""
PAGE = _ENTRY.format(rows=_PAGE_ROWS) + " ORDER BY r.person_id"
_STANDING = {
    None: "true",
    RosterStanding.EXPECTED: "reported_dead_on IS NULL",
    RosterStanding.REPORTED_DEAD: "reported_dead_on IS NOT NULL",
}
_URGENCY = "due_on >= $2, weight DESC, due_on, person_id"
_QUEUE_ROWS = f"""
SELECT {_COLUMNS} FROM roster
WHERE ((commissioner_id = $1 AND (absent_until IS NULL OR absent_until < $2))
       OR (deputy_id = $1 AND absent_until >= $2)) AND due_on <= $3 AND reported_dead_on IS NULL
ORDER BY {_URGENCY} LIMIT $4
"""
QUEUE = _ENTRY.format(rows=_QUEUE_ROWS) + f" ORDER BY {_URGENCY}"
_CHARGES = """
SELECT person_id, region_path, weight, commissioner_id FROM roster
WHERE {condition} AND (absent_until IS NULL OR absent_until < $2) AND reported_dead_on IS NULL
"""
_CHARGES_OF = "SELECT person_id, region_path, weight FROM roster WHERE commissioner_id = $1"
_BEARERS = f"""
WITH serving AS ({SERVING}),
absent AS (SELECT DISTINCT commissioner_id FROM roster WHERE absent_until >= $3),
here AS (
    SELECT account_id, array_agg(rtrim(area, '/')) AS regions FROM serving
    WHERE (area ^@ ($2 || '/') OR ($2 || '/') ^@ area)
      AND account_id NOT IN (SELECT commissioner_id FROM absent WHERE commissioner_id IS NOT NULL)
    GROUP BY account_id)
SELECT account_id, regions, (
    SELECT coalesce(sum(weight), 0) FROM roster
    WHERE commissioner_id = here.account_id AND reported_dead_on IS NULL AND NOT {{condition}}) AS load
FROM here
"""
_PLACE = """
UPDATE roster r SET commissioner_id = p.commissioner_id, reason = p.reason::jsonb, placed_by = $4, placed_on = $5,
    absent_until = NULL, deputy_id = NULL, version = version + 1
FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS p (person_id, commissioner_id, reason)
WHERE r.person_id = p.person_id
"""
_DEPUTE = """
UPDATE roster r SET absent_until = $4, deputy_id = p.deputy_id, version = r.version + 1
FROM roster held LEFT JOIN unnest($1::uuid[], $2::uuid[]) AS p (person_id, deputy_id) ON p.person_id = held.person_id
WHERE held.commissioner_id = $3 AND r.person_id = held.person_id
"""
_NAMES = "SELECT id, name FROM account WHERE id = ANY ($1)"
_CELLS = """
SELECT region_path, category, sum(people)::int AS people FROM roster_cell
WHERE {condition} AND people > 0 GROUP BY region_path, category
"""
_GROUPS = """
SELECT id, kind, region_path, category, adopted_by, adopted_on FROM person_group
WHERE (region_path || '/') ^@ ($1 || '/') OR ($1 || '/') ^@ (region_path || '/')
ORDER BY region_path, kind, category LIMIT 1000
"""
_DROP_GROUPS = "DELETE FROM person_group WHERE (region_path || '/') ^@ ($1 || '/')"
_TO_PLAN = """
SELECT person_id, listed_on, visited_on FROM roster
WHERE {condition} AND (planned_on IS NULL OR planned_on < $2) AND reported_dead_on IS NULL ORDER BY person_id LIMIT $3
"""
_PLAN = """
UPDATE roster r SET flags = ARRAY(SELECT jsonb_array_elements_text(p.flags::jsonb)), weight = p.weight,
    every_days = p.every_days, due_on = p.due_on, planned_on = $7, version = version + 1,
    rule_versions = ARRAY(SELECT jsonb_array_elements_text(p.versions::jsonb))
FROM unnest($1::uuid[], $2::text[], $3::int[], $4::int[], $5::date[], $6::text[])
    AS p (person_id, flags, weight, every_days, due_on, versions)
WHERE r.person_id = p.person_id
"""
_VISITED = """
UPDATE roster SET visited_on = $2, due_on = $2 + coalesce(every_days, 0), version = version + 1
WHERE person_id = $1 AND (visited_on IS NULL OR visited_on < $2)
"""


class PostgresRoster:
    """The roster of the caller's areas."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def find(self, person_id: UUID) -> RosterEntry | None:
        """The person's entry."""
        row = await self._session.row(_ONE, person_id)
        return _to_entry(row) if row else None

    async def find_many(self, person_ids: Collection[UUID]) -> Mapping[UUID, RosterEntry]:
        """The entries of some people."""
        rows = await self._session.rows(_SOME, list(person_ids))
        return {row["person_id"]: _to_entry(row) for row in rows}

    async def page(
        self, wanted: WantedEntries, *, whose: Principal, on: date, after: UUID | None, limit: int
    ) -> list[RosterEntry]:
        """Some of the caller's areas."""
        sql = PAGE.format(condition=within(whose.areas).condition, standing=_STANDING[wanted.standing])
        asked = (within(whose.areas).value, wanted.commissioner_id, on, after or BEGINNING, limit)
        return [_to_entry(row) for row in await self._session.rows(sql, *asked)]

    async def queue(self, commissioner_id: UUID, *, on: date, until: date, limit: int) -> list[RosterEntry]:
        """Whom a commissioner, or a deputy for another one, visits next."""
        return [_to_entry(row) for row in await self._session.rows(QUEUE, commissioner_id, on, until, limit)]

    async def charges(self, area: str, *, on: date) -> list[Charge]:
        """All of an area whose commissioner is not absent."""
        rows = await self._within(_CHARGES, area, on)
        return [_to_charge(row, held_by=row["commissioner_id"]) for row in rows]

    async def charges_of(self, commissioner_id: UUID) -> list[Charge]:
        """All for whom a commissioner answers; a deputy is found anew for each."""
        return [_to_charge(row, held_by=None) for row in await self._session.rows(_CHARGES_OF, commissioner_id)]

    async def bearers(self, area: str, *, on: date) -> list[Bearer]:
        """The commissioners who serve there, or above, or in a part of it."""
        rows = await self._within(_BEARERS, area, area, on)
        return [Bearer(account_id=row["account_id"], regions=tuple(row["regions"]), load=row["load"]) for row in rows]

    async def place(self, placements: Sequence[Placement], *, by: UUID, on: date) -> None:
        """Write all of them in one statement."""
        reasons = [
            json.dumps({"code": one.reason.code, "parameters": dict(one.reason.parameters)}) for one in placements
        ]
        people = [one.person_id for one in placements]
        await self._session.rows(_PLACE, people, [one.commissioner_id for one in placements], reasons, by, on)

    async def depute(self, placements: Mapping[UUID, UUID], *, absent: UUID, until: date) -> None:
        """Write all of them in one statement, and the absence for those who are left."""
        await self._session.rows(_DEPUTE, list(placements), list(placements.values()), absent, until)

    async def names_of(self, account_ids: Iterable[UUID]) -> Mapping[UUID, str]:
        """What colleagues call the accounts."""
        return {row["id"]: row["name"] for row in await self._session.rows(_NAMES, list(account_ids))}

    async def cells(self, area: str) -> list[Cell]:
        """How many there are of each place and category."""
        rows = await self._within(_CELLS, area)
        return [Cell(region=row["region_path"], category=_category(row), people=row["people"]) for row in rows]

    async def groups(self, area: str) -> list[Group]:
        """The groups that lie in an area or cover it."""
        return [_to_group(row) for row in await self._session.rows(_GROUPS, area)]

    async def adopt(self, groups: Iterable[Group], *, area: str) -> None:
        """Delete those that the area has, then add; groups of the areas above stay."""
        await self._session.rows(_DROP_GROUPS, area)
        for group in groups:
            self._session.add(
                PersonGroupRow,
                id=group.id,
                kind=group.kind,
                region_path=group.region,
                category=group.category,
                adopted_by=group.adopted_by,
                adopted_on=group.adopted_on,
            )

    async def gap_counts(self, area: str, *, on: date) -> list[GapCount]:
        """How many lack something, place by place, in one statement."""
        await self._session.row(PLANNED_ANEW)
        return [
            GapCount(
                region=row["region_path"],
                people=row["people"],
                lack_commissioner=row["lack_commissioner"],
                lack_group=row["lack_group"],
                lack_head=row["lack_head"],
                reported_dead=row["reported_dead"],
            )
            for row in await self._within(GAP_COUNTS, area, on)
        ]

    async def gaps(self, *, whose: Principal, on: date, after: UUID | None, limit: int) -> list[Gap]:
        """Some of those who lack something."""
        await self._session.row(PLANNED_ANEW)
        reach = within(whose.areas)
        rows = await self._session.rows(
            GAPS.format(condition=reach.condition), reach.value, on, after or BEGINNING, limit
        )
        return [
            Gap(
                id=row["person_id"],
                region=row["region_path"],
                lacks_commissioner=row["lacks_commissioner"],
                lacks_group=row["lacks_group"],
                lacks_head=row["lacks_head"],
            )
            for row in rows
        ]

    async def to_plan(self, area: str, *, on: date, limit: int) -> list[ToPlan]:
        """Some whose plan was not derived today."""
        rows = await self._within(_TO_PLAN, area, on, limit)
        return [ToPlan(id=row["person_id"], listed_on=row["listed_on"], visited_on=row["visited_on"]) for row in rows]

    async def plan(self, plans: Mapping[UUID, VisitPlan], *, on: date) -> None:
        """Write all of them in one statement."""
        known = list(plans.values())
        await self._session.rows(
            _PLAN,
            list(plans),
            [json.dumps(plan.flags) for plan in known],
            [plan.weight for plan in known],
            [plan.every_days for plan in known],
            [plan.due_on for plan in known],
            [json.dumps(plan.rule_versions) for plan in known],
            on,
        )

    async def visited(self, person_id: UUID, *, on: date) -> None:
        """Count from a day on which the person was seen; an earlier one changes nothing."""
        await self._session.rows(_VISITED, person_id, on)

    async def _within(self, sql: str, area: str, *arguments: Any) -> list[Any]:
        reach = within([area])
        return await self._session.rows(sql.format(condition=reach.condition), reach.value, *arguments)


def _to_entry(row: Any) -> RosterEntry:
    return RosterEntry(
        id=row["person_id"],
        region=row["region_path"],
        category=_category(row),
        grade=row["grade"],
        listed_on=row["listed_on"],
        commissioner_id=row["commissioner_id"],
        commissioner_name=row["commissioner_name"],
        reason=Reason(**row["reason"]) if row["reason"] else None,
        placed_on=row["placed_on"],
        absent_until=row["absent_until"],
        deputy_id=row["deputy_id"],
        deputy_name=row["deputy_name"],
        flags=tuple(row["flags"]),
        weight=row["weight"],
        every_days=row["every_days"],
        visited_on=row["visited_on"],
        due_on=row["due_on"],
        rule_versions=tuple(row["rule_versions"]),
        reported_dead_on=row["reported_dead_on"],
    )


def _to_charge(row: Any, *, held_by: UUID | None) -> Charge:
    return Charge(person_id=row["person_id"], region=row["region_path"], weight=row["weight"], held_by=held_by)


def _to_group(row: Any) -> Group:
    return Group(
        id=row["id"],
        kind=GroupKind(row["kind"]),
        region=row["region_path"],
        category=_category(row),
        adopted_by=row["adopted_by"],
        adopted_on=row["adopted_on"],
    )


def _category(row: Any) -> Category | None:
    return None if row["category"] is None else Category(row["category"])
