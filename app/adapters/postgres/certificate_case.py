"""Certificate cases: rows to aggregates and back, and who of those at work is related to the person."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from typing_extensions import override

from app.adapters.postgres.aggregates import Kind, PostgresAggregates
from app.adapters.postgres.reach import BEGINNING, within
from app.adapters.postgres.relations import relations_to
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import CertificateCaseRow
from app.domain.certificate import CertificateCase, Stage
from app.domain.shared.access import Principal
from app.domain.shared.relations import NO_RELATIONS

CERTIFICATE_CASES = Kind(
    CertificateCaseRow,
    CertificateCase,
    lambda case: {
        "accepting_path": case.accepting_region,
        "business": case.business,
        "stage": case.stage,
        "rule_versions": list(case.rule_versions),
        "submitted_at": case.submitted_at,
    },
)


class PostgresCertificateCases(PostgresAggregates[CertificateCase]):
    """Pieces of certificate business in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, CERTIFICATE_CASES)

    async def page(
        self, stages: tuple[Stage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[CertificateCase]:
        """Some of those in the caller's areas, or that the caller is a party to, in the order of their ids."""
        return await self.page_of("stage = ANY ($4)", list(stages), whose=whose, after=after, limit=limit)

    async def page_at_residence(
        self, stages: tuple[Stage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[CertificateCase]:
        """Some of those that are accepted in the caller's areas and approved elsewhere, in the order of their ids."""
        reach = within(whose.areas)
        here = reach.condition.replace("region_path", "accepting_path")
        condition = f"stage = ANY ($4) AND {here} AND id > $2 ORDER BY id LIMIT $3"
        return await self.select(condition, reach.value, after or BEGINNING, limit, list(stages))

    @override
    async def get(self, key: UUID, *, version: int | None = None) -> CertificateCase:
        """A case, with what is on record of a relation of the caller and the drawn doctors to its person."""
        case = await super().get(key, version=version)
        return await self.knowing(case, case.choice.doctors if case.choice else ())

    async def knowing(self, case: CertificateCase, accounts: Sequence[UUID]) -> CertificateCase:
        """A case, with what is on record of a relation of the caller and of some accounts to its person."""
        region = case.accepting_region or case.region
        known = await relations_to(case.person_id, region=region, accounts=accounts, session=self._session)
        return replace(case, known=known)

    async def related(self, case: CertificateCase, accounts: Sequence[UUID]) -> frozenset[UUID]:
        """Those of some accounts that are related to the person of a case."""
        return (await self.knowing(case, accounts)).known.accounts & set(accounts)

    @override
    def _row(self, aggregate: CertificateCase) -> dict[str, Any]:
        return super()._row(replace(aggregate, known=NO_RELATIONS))

    async def join(self, case_id: UUID) -> None:
        """Act in the place of a case that is accepted in the caller's areas, to the end of the transaction."""
        await self._session.row("SELECT join_case($1)", case_id)
