"""Individual plans: rows to aggregates and back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from typing_extensions import override

from app.adapters.postgres.aggregates import FOLLOWS, Kind, PostgresAggregates
from app.adapters.postgres.entitlement_sql import Expressions
from app.adapters.postgres.reach import BEGINNING, within
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import PlanRow
from app.domain.entitlement import Node
from app.domain.plan import LifeEvent, Part, Plan, PlanStage
from app.domain.shared.access import Principal
from app.domain.shared.errors import NotFound
from app.services.ports.plan import Owed, PlanCoverage

PLANS = Kind(
    PlanRow,
    Plan,
    lambda plan: {
        "revision": plan.revision,
        "stage": plan.stage,
        "review_due_on": plan.review_due_on,
        "called_for": list(plan.called_for),
    },
    says=FOLLOWS,
)
_SELECT = "SELECT detail::text AS detail, review_due_on, called_for, person_id, region_path, version FROM plan"
_LATEST = "SELECT coalesce(max(revision), 0) AS revision FROM plan WHERE person_id = $1"


_OWED = """
SELECT person_id, region_path, known_on FROM person_facts
WHERE {place} AND (clock_id = $2 OR (clock_id IS NULL AND $2::uuid IS NULL)) AND person_id > $3 AND {grounds}
  AND (SELECT true FROM roster r WHERE r.person_id = person_facts.person_id LIMIT 1)
  AND (SELECT true FROM plan p WHERE p.person_id = person_facts.person_id AND p.stage = 'active' LIMIT 1) IS NULL
ORDER BY person_id LIMIT $4
"""
"""Asked row by row in the order of the page, for which the planner must know how many rows are of no test clock."""

_PARTS: Mapping[Part, str] = MappingProxyType(
    {
        Part.NEEDS_ASSESSMENT: "assessment_ids",
        Part.SERVICE_PATH: "path",
        Part.SUPERVISION_MEASURES: "supervision",
        Part.SPECIFIC_SOLUTION: "goals",
    }
)
"""Where what a plan says is kept, by its parts; `PlanContent.parts` says the same of one plan."""
_COVERAGE = """
SELECT array_to_string((string_to_array(f.region_path, '/'))[1:$3], '/') AS area, count(*) AS people,
    count(p.id) AS planned, {parts}
FROM person_facts f LEFT JOIN plan p ON p.person_id = f.person_id AND p.stage = 'active'
WHERE {place} AND (f.clock_id = $2 OR (f.clock_id IS NULL AND $2::uuid IS NULL)) AND f.has_certificate
GROUP BY 1 ORDER BY 1
"""
_HAS_PART = "count(*) FILTER (WHERE jsonb_array_length(p.detail -> 'content' -> '{kept}') > 0) AS {part}"


class PostgresPlans(PostgresAggregates[Plan]):
    """Individual plans in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, PLANS)

    @override
    async def select(self, condition: str, *arguments: Any) -> list[Plan]:
        """Those that meet a condition; what calls for a review stands in columns, which a life event changes alone."""
        rows = await self._session.rows(f"{_SELECT} WHERE {condition}", *arguments)
        return [_to_plan(row) for row in rows]

    async def active_of(self, person_id: UUID) -> Plan | None:
        """The one that is carried out at present; the database holds that there is one at most."""
        found = await self.select("person_id = $1 AND stage = 'active'", person_id)
        return found[0] if found else None

    async def revision_of(self, person_id: UUID, revision: int) -> Plan:
        """A revision by its number."""
        found = await self.select("person_id = $1 AND revision = $2", person_id, revision)
        if not found:
            raise NotFound("The plan has no such revision. Give the number of an earlier one.", pointer="query/since")
        return found[0]

    async def latest_revision(self, person_id: UUID) -> int:
        """The number of the newest revision."""
        row = await self._session.row(_LATEST, person_id)
        assert row is not None  # an aggregate without groups has one row
        revision: int = row["revision"]
        return revision

    async def of_people(self, person_ids: Sequence[UUID]) -> list[Plan]:
        """Those that were in force at some time."""
        return await self.select(
            "person_id = ANY ($1) AND stage IN ('active', 'closed', 'superseded')", list(person_ids)
        )

    async def page(
        self,
        *,
        person_id: UUID | None,
        stages: tuple[PlanStage, ...],
        review_due_by: date | None,
        whose: Principal,
        after: UUID | None,
        limit: int,
    ) -> list[Plan]:
        """Some of those that the caller may see, in the order of their ids."""
        condition = "stage = ANY ($4) AND ($5::uuid IS NULL OR person_id = $5)"
        wanted: list[Any] = [list(stages), person_id]
        if review_due_by is not None:  # said only where it is asked for: an index of what is due serves nothing else
            condition, wanted = f"{condition} AND review_due_on <= $6", [*wanted, review_due_by]
        return await self.page_of(condition, *wanted, whose=whose, after=after, limit=limit)

    async def owed(
        self, grounds: Node, *, region: str, on: date, clock_id: UUID | None, after: UUID | None, limit: int
    ) -> list[Owed]:
        """One statement over the facts of last night: the rule that the domain asks about one person."""
        place, written = within([region]), Expressions(on, first=5)
        sql = _OWED.format(place=place.condition, grounds=written.of(grounds))
        rows = await self._session.rows(sql, place.value, clock_id, after or BEGINNING, limit, *written.values)
        return [Owed(person_id=row["person_id"], region=row["region_path"], known_on=row["known_on"]) for row in rows]

    async def coverage(self, *, region: str, depth: int, clock_id: UUID | None) -> list[PlanCoverage]:
        """One statement over the holders of last night and their plans of today."""
        place = within([region])
        parts = ", ".join(_HAS_PART.format(part=part, kept=kept) for part, kept in _PARTS.items())
        sql = _COVERAGE.format(place=place.condition.replace("region_path", "f.region_path"), parts=parts)
        rows = await self._session.rows(sql, place.value, clock_id, depth)
        return [
            PlanCoverage(
                region=row["area"],
                people=row["people"],
                planned=row["planned"],
                parts={part: row[part] for part in _PARTS},
            )
            for row in rows
        ]


def _to_plan(row: Any) -> Plan:
    called_for = tuple(LifeEvent(code) for code in row["called_for"])
    return replace(PLANS.to_aggregate(row), review_due_on=row["review_due_on"], called_for=called_for)
