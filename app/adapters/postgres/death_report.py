"""Reported deaths: what is told of people, and what was taken back."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from app.adapters.postgres.aggregates import Kind, SealedAggregates
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import DeathTakenBackRow
from app.domain.death_report import Told, ToldBy, WordsTakenBack
from app.domain.shared.access import Role

_WORDS = "SELECT person_id, told_by, record_id, told_on, is_dead, took_back FROM words_of_death($1)"
_OFFICERS = "SELECT certificate_id, account_id, name FROM officers_apart($1, $2)"
TAKEN_BACK = Kind(
    DeathTakenBackRow,
    WordsTakenBack,
    lambda one: {"records": list(one.records), "taken_back_on": one.on},
    fixed=frozenset({"records", "taken_back_on"}),
)


class PostgresDeathReports(SealedAggregates[WordsTakenBack]):
    """What is told of deaths, in PostgreSQL; triggers keep on the roster since when."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, TAKEN_BACK)

    async def told_of(self, person_ids: Collection[UUID]) -> Mapping[UUID, list[Told]]:
        """All on record that says of people that they have died, or that they live, in one statement."""
        await self._session.flush()
        found: dict[UUID, list[Told]] = defaultdict(list)
        for row in await self._session.rows(_WORDS, list(person_ids)):
            found[row["person_id"]].append(_to_told(row))
        return found

    async def officers(self, certificate_ids: Collection[UUID], *, role: Role) -> Mapping[UUID, Mapping[UUID, str]]:
        """Who serves the places of certificates in a role and stands apart from their holders, with names."""
        found: dict[UUID, dict[UUID, str]] = defaultdict(dict)
        for row in await self._session.rows(_OFFICERS, list(certificate_ids), role.value):
            found[row["certificate_id"]][row["account_id"]] = row["name"]
        return found


def _to_told(row: Any) -> Told:
    return Told(
        by=ToldBy(row["told_by"]),
        record_id=row["record_id"],
        on=row["told_on"],
        is_dead=row["is_dead"],
        took_back=frozenset(row["took_back"]),
    )
