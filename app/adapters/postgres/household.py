"""Households: who lives with whom, in rows that have a first and a last day."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from app.adapters.postgres.session import Session
from app.domain.person import Joined, Living, Relation

_HOUSEHOLD = """
SELECT other.person_id, other.household_id, other.relation, other.valid_from, other.valid_to
FROM household_member own JOIN household_member other ON other.household_id = own.household_id
WHERE own.person_id = $1
  AND own.valid_from <= $2 AND (own.valid_to IS NULL OR $2 <= own.valid_to)
  AND other.valid_from <= $2 AND (other.valid_to IS NULL OR $2 <= other.valid_to)
ORDER BY other.valid_from, other.person_id LIMIT 50
"""
_LIVING = """
SELECT person_id, household_id, relation, valid_from, valid_to FROM household_member
WHERE person_id = $1 AND valid_from <= $2 AND (valid_to IS NULL OR $2 <= valid_to)
ORDER BY valid_from DESC LIMIT 1
"""
_END_LIVING = """
UPDATE household_member SET valid_to = $4 WHERE person_id = $1 AND household_id = $2 AND valid_from = $3
"""
_LIVE = "INSERT INTO household_member (person_id, household_id, valid_from, relation) VALUES ($1, $2, $3, $4)"
_GROWN = "SELECT grown_in_household($1, $2, $3) AS grown"
_HAS_OTHERS = "SELECT lives_with_others($1, $2, $3) AS has_others"


class PostgresHouseholds:
    """Who lives with whom, in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def of(self, person_id: UUID, *, on: date) -> tuple[Living, ...]:
        """All of the person's household on a day, the person among them, as far as the caller may know of them."""
        return tuple(_to_living(row) for row in await self._session.rows(_HOUSEHOLD, person_id, on))

    async def living_of(self, person_id: UUID, *, on: date) -> Living | None:
        """In which household the person lives on a day, and as whom."""
        row = await self._session.row(_LIVING, person_id, on)
        return _to_living(row) if row else None

    async def has_others(self, person_id: UUID, *, besides: Collection[UUID], on: date) -> bool:
        """Say whether anybody lives with the person on a day, besides these, whoever asks."""
        row = await self._session.row(_HAS_OTHERS, person_id, besides, on)
        return row is not None and row["has_others"] is True

    async def settle(self, joined: Joined) -> None:
        """End where the person lived before, and only then write where the person lives: nobody lives in two."""
        living, ended = joined.living, joined.ended
        if ended is not None:
            place = (ended.person_id, ended.household_id, ended.valid_from)
            await self._session.rows(_END_LIVING, *place, ended.valid_to)
        await self._session.rows(_LIVE, living.person_id, living.household_id, living.valid_from, living.relation)

    async def grown_with(self, person_id: UUID, *, on: date, born_by: date) -> tuple[UUID, ...]:
        """Who of age lives with the person on a day, whoever asks."""
        row = await self._session.row(_GROWN, person_id, on, born_by)
        return tuple(row["grown"]) if row else ()


def _to_living(row: Any) -> Living:
    return Living(
        person_id=row["person_id"],
        household_id=row["household_id"],
        relation=Relation(row["relation"]),
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
    )
