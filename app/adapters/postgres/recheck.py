"""Rechecks: rows to aggregates and back; what people have said is sealed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from typing_extensions import override

from app.adapters.postgres.aggregates import Kind, SealedAggregates
from app.adapters.postgres.relations import relations_to
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import RecheckRow
from app.domain.recheck import Looked, Recheck, RecheckStage, Trigger
from app.domain.shared.access import Principal
from app.domain.shared.relations import NO_RELATIONS

RECHECKS = Kind(
    RecheckRow,
    Recheck,
    lambda recheck: {
        "case_id": recheck.case_id,
        "trigger": recheck.trigger,
        "stage": recheck.stage,
        "due_on": recheck.due_on,
        "looked_on": recheck.done[-1].on if recheck.done else recheck.opened_on,
    },
)
_OF_CASES = "SELECT case_id, trigger, stage, looked_on FROM recheck WHERE case_id = ANY ($1)"


class PostgresRechecks(SealedAggregates[Recheck]):
    """Rechecks in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, RECHECKS)

    @override
    async def get(self, key: UUID, *, version: int | None = None) -> Recheck:
        """A recheck, with what is on record of a relation of the caller to its person."""
        recheck = await super().get(key, version=version)
        return replace(
            recheck, known=await relations_to(recheck.person_id, region=recheck.region, session=self._session)
        )

    @override
    def _row(self, aggregate: Recheck) -> dict[str, Any]:
        return super()._row(replace(aggregate, known=NO_RELATIONS))

    async def page(
        self,
        stages: tuple[RecheckStage, ...],
        *,
        due_by: date | None,
        whose: Principal,
        after: UUID | None,
        limit: int,
    ) -> list[Recheck]:
        """Some of those in the caller's areas, in the order of their ids."""
        wanted = "stage = ANY ($4) AND ($5::date IS NULL OR due_on <= $5)"
        return await self.page_of(wanted, list(stages), due_by, whose=whose, after=after, limit=limit)

    async def of_cases(self, case_ids: Sequence[UUID]) -> list[Looked]:
        """Every look at these grants, open or decided."""
        rows = await self._session.rows(_OF_CASES, list(case_ids))
        return [
            Looked(row["case_id"], Trigger(row["trigger"]), RecheckStage(row["stage"]), row["looked_on"])
            for row in rows
        ]
