"""Moves of homes in PostgreSQL: a function carries along what follows a person, to where the caller sees nothing."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from app.adapters.postgres.session import Session
from app.domain.person import FactSource, Person, ResidenceMove
from app.domain.roster import Serving
from app.domain.shared.errors import StaleVersion
from app.services.ports.residence import Relocation

_SERVING = "SELECT account_id, load, is_absent, holds, stands_in FROM commissioners_at($1, $2, $3)"
_IS_DEAD = "SELECT is_known_dead($1) AS is_dead"
_MOVE = "SELECT move_residence($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) AS version"
_OF_PERSON = """
SELECT person_id, left_path, region_path, moved_on, source, recorded_by, recorded_on FROM residence_move
WHERE person_id = $1 ORDER BY id DESC LIMIT $2
"""


class PostgresResidences:
    """Where people have lived."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def serving(self, place: str, *, person_id: UUID, on: date) -> list[Serving]:
        """The commissioners who serve a place at present."""
        return [Serving(**dict(row)) for row in await self._session.rows(_SERVING, place, person_id, on)]

    async def is_known_dead(self, person_id: UUID) -> bool:
        """Say whether it is on record that somebody has died."""
        row = await self._session.row(_IS_DEAD, person_id)
        return row is not None and row["is_dead"] is True

    async def move(self, person: Person, relocation: Relocation) -> Person:
        """Write where the person lives now, and what follows."""
        move, handed_on = relocation.move, relocation.handed_on
        why = handed_on.reason
        reason = {"code": why.code, "parameters": dict(why.parameters)} if why else None
        row = await self._session.row(
            _MOVE,
            person.id,
            person.version,
            move.region,
            move.moved_on,
            move.source.value,
            relocation.id,
            move.recorded_on,
            handed_on.commissioner_id,
            handed_on.deputy_id,
            reason,
        )
        if row is None or row["version"] is None:
            raise StaleVersion
        return replace(person, version=row["version"])

    async def of_person(self, person_id: UUID, *, limit: int) -> list[ResidenceMove]:
        """The person's moves, the latest first."""
        return [
            ResidenceMove(
                person_id=row["person_id"],
                left=row["left_path"],
                region=row["region_path"],
                moved_on=row["moved_on"],
                source=FactSource(row["source"]),
                recorded_by=row["recorded_by"],
                recorded_on=row["recorded_on"],
            )
            for row in await self._session.rows(_OF_PERSON, person_id, limit)
        ]
