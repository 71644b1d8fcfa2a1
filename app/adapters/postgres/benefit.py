"""Cases of benefits: rows to aggregates and back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from typing_extensions import override

from app.adapters.postgres.aggregates import Kind, PostgresAggregates
from app.adapters.postgres.relations import relations_to
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import BenefitCaseRow
from app.domain.benefit import BenefitCase, Stage
from app.domain.shared.access import Principal
from app.domain.shared.relations import NO_RELATIONS
from app.services.ports.application import InstantCount

BENEFIT_CASES = Kind(
    BenefitCaseRow,
    BenefitCase,
    lambda case: {
        "code": case.item,
        "stage": case.stage,
        "rule_versions": list(case.rule_versions),
        "submitted_at": case.submitted_at,
    },
)


_INSTANT = """
SELECT region, item, count(*) AS cases, count(seconds) AS at_once, max(seconds) AS longest_seconds,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS median_seconds
FROM (
    SELECT array_to_string((string_to_array(region_path, '/'))[1:$5], '/') AS region, code AS item,
           (SELECT extract(epoch FROM d.decided_at - benefit_case.submitted_at)::float8 FROM decision d
            WHERE d.case_id = benefit_case.id AND d.decided_by IS NULL AND d.outcome = 'granted'
            ORDER BY d.id LIMIT 1) AS seconds
    FROM benefit_case
    WHERE (region_path || '/') ^@ ANY ($1::text[]) AND (region_path || '/') ^@ ANY ($2::text[])
      AND (submitted_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN $3 AND $4
) counted
GROUP BY region, item ORDER BY region, item
"""
# Two conditions of place: what the caller may see, and what of it was asked for. What nobody has decided and is granted
# was granted at once; what follows from a day that passed has an outcome of its own.


class PostgresBenefitCases(PostgresAggregates[BenefitCase]):
    """Cases of benefits in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, BENEFIT_CASES)

    @override
    async def get(self, key: UUID, *, version: int | None = None) -> BenefitCase:
        """A case, with what is on record of a relation of the caller to its person."""
        case = await super().get(key, version=version)
        return replace(case, known=await relations_to(case.person_id, region=case.region, session=self._session))

    @override
    def _row(self, aggregate: BenefitCase) -> dict[str, Any]:
        return super()._row(replace(aggregate, known=NO_RELATIONS))

    async def page(
        self, stages: tuple[Stage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[BenefitCase]:
        """Some of those that the caller may see, in the order of their ids."""
        return await self.page_of("stage = ANY ($4)", list(stages), whose=whose, after=after, limit=limit)

    async def instant_counts(
        self, *, areas: Sequence[str], depth: int, first: date, last: date, whose: Principal
    ) -> list[InstantCount]:
        """How much was granted at once in a time, by the region at a depth of the path and by item."""
        own, asked = [f"{area}/" for area in whose.areas], [f"{area}/" for area in areas]
        rows = await self._session.rows(_INSTANT, own, asked, first, last, depth)
        return [InstantCount(**row) for row in rows]
