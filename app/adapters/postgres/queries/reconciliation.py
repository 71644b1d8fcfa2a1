"""Applications by the names that platforms have for them, and a day of one source as it is here."""

from typing import Any
from uuid import UUID

from app.adapters.postgres.application import LINE, to_digest, to_line
from app.adapters.postgres.reach import reach_of
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables.application import SUBMITTED_ON
from app.domain.application import DayPart, Kept, PublicStatus
from app.domain.shared.access import Principal
from app.domain.shared.identity import MatterCode
from app.services.ports.application import ApplicationLine

_NEWEST = "ORDER BY id DESC LIMIT $2"
_BEARING = """
id IN (SELECT id FROM application WHERE source_number = $3
       UNION SELECT application_id FROM application_item WHERE source_number = $3)
"""
_OF_MATTER = "id IN (SELECT application_id FROM application_item WHERE matter_code = $3)"
_KEPT = f"""
(SELECT id, person_id, source_number, {SUBMITTED_ON} AS submitted_on, status, digest_cipher
 FROM application
 WHERE source_id = $1 AND {SUBMITTED_ON} = $2 AND ($3::text IS NULL OR source_number > $3)
   AND ($4::text IS NULL OR source_number <= $4)
 ORDER BY source_number LIMIT $5)
UNION ALL
SELECT id, person_id, source_number, {SUBMITTED_ON}, status, digest_cipher
FROM application WHERE source_id = $1 AND source_number = ANY ($6) AND {SUBMITTED_ON} <> $2
"""
# The part of the day goes by ix_application_day, the numbers by uq_application_source: no row is in both.


class PostgresReconciliations:
    """Finding again in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def bearing_number(self, source_number: str, *, whose: Principal, limit: int) -> list[ApplicationLine]:
        """Those that bear the number, or of which an item does."""
        return await self._found(_BEARING, source_number, whose=whose, limit=limit)

    async def of_matter(self, matter: MatterCode, *, whose: Principal, limit: int) -> list[ApplicationLine]:
        """The newest of those in which an item is of the matter."""
        return await self._found(_OF_MATTER, matter.value, whose=whose, limit=limit)

    async def kept(self, numbers: list[str], *, source_id: UUID, part: DayPart, limit: int) -> list[Kept]:
        """What a source has sent in the part of the day, and under these numbers on any day, in one statement."""
        rows = await self._session.rows(_KEPT, source_id, part.on, part.after, part.until, limit, numbers)
        return [self._to_kept(row) for row in rows]

    async def _found(self, condition: str, sought: str, *, whose: Principal, limit: int) -> list[ApplicationLine]:
        reach = reach_of(whose)
        sql = f"{LINE} WHERE {reach.condition} AND {condition} {_NEWEST}"
        rows = await self._session.rows(sql, reach.value, limit, sought)
        return [to_line(row, whose=whose, session=self._session) for row in rows]

    def _to_kept(self, row: Any) -> Kept:
        return Kept(
            id=row["id"],
            person_id=row["person_id"],
            source_number=row["source_number"],
            submitted_on=row["submitted_on"],
            status=PublicStatus(row["status"]),
            digest=to_digest(row, self._session),
        )
