"""Projects and their beneficiaries: rows to aggregates and back. What is taken is counted by the database itself."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any
from uuid import UUID

from typing_extensions import override

from app.adapters.postgres.aggregates import Kind, PostgresAggregates, SealedAggregates
from app.adapters.postgres.catalogue import REAL_TIME
from app.adapters.postgres.reach import BEGINNING
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import BeneficiaryRow, ProjectRow
from app.domain.project import Account, Beneficiary, BeneficiaryStage, Project, ProjectStage, Received, ReceivedAs
from app.domain.shared.access import Principal
from app.domain.shared.relations import NO_RELATIONS, Relations
from app.services.ports.project import BeneficiaryCount

PROJECTS = Kind(
    ProjectRow,
    Project,
    lambda project: {
        "stage": project.stage,
        "name": project.terms.name,
        "services": list(project.terms.services),
        "runs_from": project.terms.runs_from,
        "runs_to": project.terms.runs_to,
        "quota": project.terms.quota,
        "amount_fen": project.terms.amount_fen,
        "budget_fen": project.terms.budget_fen,
    },
    fixed=frozenset({"name", "services", "runs_from", "runs_to", "amount_fen"}),
)
BENEFICIARIES = Kind(
    BeneficiaryRow,
    Beneficiary,
    lambda one: {
        "project_id": one.project_id,
        "stage": one.stage,
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "amount_fen": one.amount_fen,
        "spent_fen": one.spent_fen,
        "has_benefited": one.has_benefited,
        "ended_on": one.ended_on,
        "stated_by": one.stated_by,
    },
    fixed=frozenset({"project_id", "valid_from", "valid_to", "amount_fen"}),
)
_AROUND = """
stage = ANY ($4) AND id > $2 AND ((region_path || '/') ^@ ANY ($1::text[])
OR EXISTS (SELECT FROM unnest($1::text[]) own WHERE own ^@ (region_path || '/'))) ORDER BY id LIMIT $3
"""
_WANTED = "stage = ANY ($4) AND ($5::uuid IS NULL OR project_id = $5) AND ($6::uuid IS NULL OR person_id = $6)"
_ACCOUNTS = """
SELECT project_id, places_held, held_fen FROM project_account WHERE project_id = ANY ($1::uuid[]) AND clock_id = $2
"""
_ALONE = "SELECT pg_advisory_xact_lock(hashtextextended('benefits ' || $1::uuid, 0))"
_CLOSE = "SELECT current_setting('yian.actor')::uuid AS caller, close_persons() AS close"
_RECEIVED = "SELECT as_what, id, codes, since, until, project_id, name, excludes FROM benefits_received($1)"
_COUNTS = """
SELECT array_to_string((string_to_array(b.region_path, '/'))[1:$2], '/') AS region, count(*) AS people,
    sum(b.amount_fen)::bigint AS amount_fen
FROM beneficiary b JOIN person p ON p.id = b.person_id
WHERE b.project_id = $1 AND b.stage = 'enrolled' AND p.clock_id IS NOT DISTINCT FROM $3
GROUP BY 1 ORDER BY 1
"""


class PostgresProjects(PostgresAggregates[Project]):
    """Projects in PostgreSQL."""

    def __init__(self, session: Session, *, clock_id: UUID | None) -> None:
        super().__init__(session, PROJECTS)
        self._clock_id = clock_id or REAL_TIME

    async def get_many(self, keys: Collection[UUID]) -> dict[UUID, Project]:
        """Those of them that the caller may know of."""
        return {project.id: project for project in await self.select("id = ANY ($1::uuid[])", list(keys))}

    async def page(
        self, stages: tuple[ProjectStage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[Project]:
        """Some of those in or around the caller's areas."""
        areas = [f"{area}/" for area in whose.areas]
        return await self.select(_AROUND, areas, after or BEGINNING, limit, list(stages))

    async def accounts(self, keys: Collection[UUID]) -> dict[UUID, Account]:
        """What is taken of projects; nothing where nobody was in one yet."""
        rows = await self._session.rows(_ACCOUNTS, list(keys), self._clock_id)
        taken = {row["project_id"]: Account(places_held=row["places_held"], held_fen=row["held_fen"]) for row in rows}
        return {key: taken.get(key, Account()) for key in keys}


class PostgresBeneficiaries(SealedAggregates[Beneficiary]):
    """Lists of beneficiaries in PostgreSQL."""

    def __init__(self, session: Session, *, clock_id: UUID | None) -> None:
        super().__init__(session, BENEFICIARIES)
        self._clock_id = clock_id

    async def page(
        self,
        stages: tuple[BeneficiaryStage, ...],
        *,
        project_id: UUID | None,
        person_id: UUID | None,
        whose: Principal,
        after: UUID | None,
        limit: int,
    ) -> list[Beneficiary]:
        """Some of those that the caller may see."""
        wanted = (list(stages), project_id, person_id)
        found = await self.page_of(_WANTED, *wanted, whose=whose, after=after, limit=limit)
        close, related = await self._close() if found else (frozenset[UUID](), NO_RELATIONS)
        return [replace(one, known=related) if one.person_id in close else one for one in found]

    @override
    async def get(self, key: UUID, *, version: int | None = None) -> Beneficiary:
        """An entry, with what is on record of a relation of the caller to its person."""
        one = await super().get(key, version=version)
        return replace(one, known=await self.relations(one.person_id))

    async def relations(self, person_id: UUID) -> Relations:
        """That the caller is related to a person, or nothing."""
        close, related = await self._close()
        return related if person_id in close else NO_RELATIONS

    async def _close(self) -> tuple[frozenset[UUID], Relations]:
        """Whom the caller is close to, and what that means for each of them."""
        row = await self._session.row(_CLOSE)
        assert row  # a function answers
        return frozenset(row["close"]), Relations(accounts=frozenset({row["caller"]}))

    @override
    def _row(self, aggregate: Beneficiary) -> dict[str, Any]:
        return super()._row(replace(aggregate, known=NO_RELATIONS))

    async def received_alone(self, person_id: UUID) -> list[Received]:
        """The same as `received`; two officers do not put one person on two lists that exclude one another."""
        await self._session.row(_ALONE, person_id)
        return await self.received(person_id)

    async def received(self, person_id: UUID) -> list[Received]:
        """What a person has or had, wherever it was given."""
        return [_to_received(row) for row in await self._session.rows(_RECEIVED, person_id)]

    async def counts(self, project_id: UUID, *, depth: int) -> list[BeneficiaryCount]:
        """How many of a project live where."""
        rows = await self._session.rows(_COUNTS, project_id, depth, self._clock_id)
        return [BeneficiaryCount(**row) for row in rows]


def _to_received(row: Any) -> Received:
    return Received(
        as_what=ReceivedAs(row["as_what"]),
        id=row["id"],
        codes=tuple(row["codes"]),
        since=row["since"],
        until=row["until"],
        project_id=row["project_id"],
        name=row["name"],
        excludes=frozenset(row["excludes"]),
    )
