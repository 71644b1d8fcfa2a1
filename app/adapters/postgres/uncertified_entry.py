"""The ledger of disabled people without a certificate: rows to aggregates and back, and its figures."""

from typing import Any
from uuid import UUID

from app.adapters.postgres.aggregates import FOLLOWS, Kind, SealedAggregates
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import UncertifiedEntryRow
from app.domain.shared.access import Principal
from app.domain.uncertified_entry import UncertifiedEntry
from app.services.ports.uncertified_entry import ConversionCount, EntryCount, Span, Wanted

UNCERTIFIED_ENTRIES = Kind(
    UncertifiedEntryRow,
    UncertifiedEntry,
    lambda entry: {
        "owner_id": entry.owner_id,
        "reason": entry.reason,
        "stage": entry.stage,
        "opened_on": entry.opened_on,
        "next_contact_on": entry.next_contact_on,
        "closed_on": entry.closed_on,
    },
    fixed=frozenset({"opened_on"}),
    says={**FOLLOWS, "owner_id": "owner_id"},
)
_WANTED = """
stage = ANY ($4) AND ($5::uuid IS NULL OR person_id = $5) AND ($6::uuid IS NULL OR owner_id = $6)
AND ($7::text IS NULL OR reason = $7) AND ($8::date IS NULL OR next_contact_on <= $8)
"""
_ERASE = "DELETE FROM uncertified_entry WHERE id = $1::uuid"
_PLACED = """
(SELECT array_to_string((string_to_array(region_path, '/'))[1:$5], '/') AS region, reason, stage, opened_on, closed_on
 FROM uncertified_entry
 WHERE (region_path || '/') ^@ ANY ($1::text[]) AND (region_path || '/') ^@ ANY ($2::text[])) placed
"""
# Two conditions of place: what the caller may see, and what of it was asked for.
_COUNTS = f"""
SELECT region, reason, count(*) FILTER (WHERE stage = 'open') AS standing,
       count(*) FILTER (WHERE opened_on BETWEEN $3 AND $4) AS opened
FROM {_PLACED} GROUP BY region, reason ORDER BY region, reason
"""
_CONVERSIONS = f"""
SELECT region, date_trunc('month', closed_on)::date AS month, count(*) AS converted
FROM {_PLACED} WHERE stage = 'converted' AND closed_on BETWEEN $3 AND $4
GROUP BY region, month ORDER BY region, month
"""


class PostgresUncertifiedEntries(SealedAggregates[UncertifiedEntry]):
    """The ledger in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, UNCERTIFIED_ENTRIES)

    async def open_of(self, person_id: UUID) -> UncertifiedEntry | None:
        """The person's open entry; the database holds that there is one at most."""
        found = await self.select("person_id = $1 AND stage = 'open'", person_id)
        return found[0] if found else None

    async def of_person(self, person_id: UUID) -> list[UncertifiedEntry]:
        """All of the person's entries that the caller may see."""
        return await self.select("person_id = $1 ORDER BY id", person_id)

    async def page(self, wanted: Wanted, *, whose: Principal, after: UUID | None, limit: int) -> list[UncertifiedEntry]:
        """Some of those that the caller may see."""
        asked = (list(wanted.stages), wanted.person_id, wanted.owner_id, wanted.reason, wanted.contact_by)
        return await self.page_of(_WANTED, *asked, whose=whose, after=after, limit=limit)

    def erase(self, entry: UncertifiedEntry) -> None:
        """Delete the row, in one statement with the event that says so."""
        self._session.finally_run(_ERASE, entry.id)

    async def counts(self, span: Span, *, whose: Principal) -> list[EntryCount]:
        """How many stand on the ledger and came onto it, in one statement."""
        return [EntryCount(**row) for row in await self._figures(_COUNTS, span, whose=whose)]

    async def conversions(self, span: Span, *, whose: Principal) -> list[ConversionCount]:
        """How many entries have led to an application, in one statement."""
        return [ConversionCount(**row) for row in await self._figures(_CONVERSIONS, span, whose=whose)]

    async def _figures(self, sql: str, span: Span, *, whose: Principal) -> list[Any]:
        own, asked = [f"{area}/" for area in whose.areas], [f"{area}/" for area in span.areas]
        return await self._session.rows(sql, own, asked, span.first, span.last, span.depth)
