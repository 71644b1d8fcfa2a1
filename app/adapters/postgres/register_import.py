"""Imports of registers that wait for a second person, how their jobs go on or end, and who stands in their tables."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from typing_extensions import override

from app.adapters.postgres.aggregates import Kind, PostgresAggregates
from app.adapters.postgres.parties import TODAY
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import RegisterImportRow
from app.domain.register import NOBODY_NAMED, ImportStage, Named, RegisterImport
from app.domain.shared.access import Principal
from app.domain.shared.identity import CitizenNumber
from app.services.ports.caller import TryAgain

REGISTER_IMPORTS = Kind(
    RegisterImportRow,
    RegisterImport,
    lambda one: {
        "stage": one.stage,
        "asked_by": one.asked_by,
        "approved_by": one.approved_by,
        "refused_by": one.refused_by,
    },
    fixed=frozenset({"asked_by"}),
)
_RELEASE = "SELECT release_register_import($1) AS is_done"
_GIVE_UP = "SELECT give_up_register_import($1) AS is_done"
_NOTE = f"SELECT note_named($1, $2, {TODAY})"
_CARRY = "SELECT carry_named($1, $2)"
_ACTOR = "(SELECT current_setting('yian.actor')::uuid)"
_NAMED = f"""
SELECT all_of_them, named_in_register($1, all_of_them || $2::uuid[] || {_ACTOR}) AS named
FROM colleagues_of({_ACTOR}, $3) AS _ (all_of_them)
"""


class PostgresRegisterImports(PostgresAggregates[RegisterImport]):
    """Imports of registers in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, REGISTER_IMPORTS)

    @override
    async def get(self, key: UUID, *, version: int | None = None) -> RegisterImport:
        """An import, with whether the caller or whoever has asked stands in its table."""
        found = await super().get(key, version=version)
        return replace(found, known=await self._named(found.id, [found.asked_by], region=found.region))

    async def page(
        self, stages: tuple[ImportStage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[RegisterImport]:
        """Some of those in the caller's areas, in the order of their ids."""
        return await self.page_of("stage = ANY ($4)", list(stages), whose=whose, after=after, limit=limit)

    async def release(self, import_id: UUID) -> None:
        """Let the job of one that the caller has just approved go on: the job itself is its owner's alone."""
        await self._moved(_RELEASE, import_id)

    async def give_up(self, import_id: UUID) -> None:
        """End the job of one that the caller has just refused."""
        await self._moved(_GIVE_UP, import_id)

    async def note_named(self, job_id: UUID, numbers: Sequence[str]) -> None:
        """Put down which accounts stand in some rows of the caller's own dry run."""
        index = self._session.index
        await self._session.row(_NOTE, job_id, [index.of(CitizenNumber.scheme, number) for number in numbers])

    async def carry_named(self, dry_run_id: UUID, job_id: UUID, *, region: str) -> Named:
        """Keep that for the import, and say whether the caller is among them."""
        await self._session.row(_CARRY, dry_run_id, job_id)
        return await self._named(job_id, [], region=region)

    async def _named(self, job_id: UUID, others: list[UUID], *, region: str) -> Named:
        row = await self._session.row(_NAMED, job_id, others, region)
        assert row  # a function answers
        named = frozenset(row["named"])
        return Named(accounts=named, colleagues=tuple(sorted(set(row["all_of_them"]) - named)))

    async def _moved(self, sql: str, import_id: UUID) -> None:
        row = await self._session.row(sql, import_id)
        if row is None or not row["is_done"]:
            raise TryAgain("The job was given up at this very moment. Read the import again.")

    @override
    def _row(self, aggregate: RegisterImport) -> dict[str, Any]:
        return super()._row(replace(aggregate, known=NOBODY_NAMED))
