"""The roster of each day in PostgreSQL."""

from datetime import date
from typing import Any
from uuid import UUID

from app.adapters.postgres.reach import BEGINNING, within
from app.adapters.postgres.session import Session
from app.domain.shared.identity import Category
from app.services.ports.past_roster import Stood

_STOOD = "{condition} AND since <= $2 AND (until IS NULL OR until >= $2)"
PAGE = f"""
SELECT person_id, region_path, category, grade, since FROM roster_span
WHERE {_STOOD} AND person_id > $3 ORDER BY person_id LIMIT $4
"""
_COUNT = f"SELECT count(*)::int AS people FROM roster_span WHERE {_STOOD}"
RECONSTRUCTED = """
SELECT id AS person_id, region_path, category, grade, coalesce(issued_on, opened_on) AS since
FROM (SELECT id, region_path FROM person WHERE {condition} AND merged_into IS NULL) p
LEFT JOIN LATERAL (
    SELECT v.category, v.grade, v.issued_on, v.status = 'cancelled' AND v.status_since <= $2 AS is_over
    FROM certificate c JOIN certificate_version v ON v.certificate_id = c.id
    WHERE c.person_id = p.id AND v.issued_on <= $2 ORDER BY v.issued_on DESC, v.version DESC LIMIT 1
) held ON NOT held.is_over
LEFT JOIN LATERAL (
    SELECT e.opened_on FROM uncertified_entry e
    WHERE e.person_id = p.id AND e.opened_on <= $2 AND (e.closed_on IS NULL OR e.closed_on > $2)
    ORDER BY e.opened_on DESC LIMIT 1
) ledger ON true
WHERE (issued_on IS NOT NULL OR opened_on IS NOT NULL) AND id > $3 ORDER BY id LIMIT $4
"""
"""What the registers say today of that day: the place is where people live today, for no other was kept."""


class PostgresPastRosters:
    """The roster of each day, of the caller's areas."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def kept_since(self) -> date:
        """The first day of which it was kept."""
        row = await self._session.row("SELECT since FROM roster_kept LIMIT 1")
        assert row  # the migration that begins it writes it
        since: date = row["since"]
        return since

    async def page(self, area: str, *, on: date, after: UUID | None, limit: int) -> list[Stood]:
        """Some who stood on it, by their ids."""
        return await self._people(PAGE, area, on, after or BEGINNING, limit)

    async def reconstructed(self, area: str, *, on: date, after: UUID | None, limit: int) -> list[Stood]:
        """Some who would have stood on it, by their ids."""
        return await self._people(RECONSTRUCTED, area, on, after or BEGINNING, limit)

    async def count(self, area: str, *, on: date) -> int:
        """How many stood on it."""
        reach = within([area])
        row = await self._session.row(_COUNT.format(condition=reach.condition), reach.value, on)
        return row["people"] if row else 0

    async def _people(self, sql: str, area: str, *arguments: Any) -> list[Stood]:
        reach = within([area])
        rows = await self._session.rows(sql.format(condition=reach.condition), reach.value, *arguments)
        return [
            Stood(
                id=row["person_id"],
                region=row["region_path"],
                category=None if row["category"] is None else Category(row["category"]),
                grade=row["grade"],
                since=row["since"],
            )
            for row in rows
        ]
