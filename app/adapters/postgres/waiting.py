"""Waiting lists: rows to aggregates and back. A referral moves a row by itself: its column says where it stands."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from typing_extensions import override

from app.adapters.postgres.aggregates import FOLLOWS, Kind, SealedAggregates
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import WaitingEntryRow
from app.domain.referral.stages import UNDER_WAY as STAGES_UNDER_WAY
from app.domain.shared.access import Principal
from app.domain.waiting import Queue, WaitingEntry, WaitingStage

WAITING = Kind(
    WaitingEntryRow,
    WaitingEntry,
    lambda entry: {
        "need_id": entry.need_id,
        "service_id": entry.service_id,
        "clock_id": entry.clock_id,
        "since": entry.since,
        "counts_from": entry.counts_from,
        "stage": entry.stage,
        "left_on": entry.left_on,
    },
    fixed=frozenset({"need_id", "service_id", "clock_id"}),
    says=FOLLOWS,
)
UNDER_WAY = f"({', '.join(repr(stage.value) for stage in STAGES_UNDER_WAY)})"
MOST_LISTS = 100
"""Of one need: it stands on each list once at most."""
_STANDING = "SELECT service_id, ahead, placed FROM waiting_standing($1, $2, $3, $4, $5)"
_FIRST_OF = f"""
id IN (
    SELECT DISTINCT ON (w.need_id) w.id FROM waiting_entry w JOIN need n ON n.id = w.need_id AND n.code = $1
    WHERE w.stage = 'waiting' AND w.clock_id IS NOT DISTINCT FROM $4 AND (w.region_path || '/') ^@ ($2 || '/')
      AND NOT EXISTS (SELECT FROM referral r WHERE r.need_id = w.need_id AND r.stage IN {UNDER_WAY})
    ORDER BY w.need_id, w.counts_from, w.id)
ORDER BY counts_from, id LIMIT $3
"""
SINCE = """
SELECT least(
    (SELECT min(since) FROM waiting_entry WHERE need_id = $1 AND stage = 'waiting'),
    (SELECT min((r.offered_at AT TIME ZONE 'Asia/Shanghai')::date) FROM referral r
     WHERE r.need_id = $1 AND r.stage = 'declined' AND r.detail->>'decline_reason' = 'no_capacity')) AS since
"""


class PostgresWaitingEntries(SealedAggregates[WaitingEntry]):
    """Waiting lists in PostgreSQL."""

    def __init__(self, session: Session, *, clock_id: UUID | None) -> None:
        super().__init__(session, WAITING)
        self._clock_id = clock_id

    @override
    async def select(self, condition: str, *arguments: Any) -> list[WaitingEntry]:
        columns = f"id, detail_cipher, stage, left_on, {self._kind.read}"
        rows = await self._session.rows(f"SELECT {columns} FROM waiting_entry WHERE {condition}", *arguments)
        return [self._entry(row) for row in rows]

    def _entry(self, row: Any) -> WaitingEntry:
        read = self._kind.to_aggregate({**row, "detail": self._opened(row)})
        return replace(read, stage=WaitingStage(row["stage"]), left_on=row["left_on"])

    async def open_for(self, need_id: UUID, service_id: UUID) -> WaitingEntry | None:
        """The need's entry on the list of a service, if it waits there."""
        found = await self.select("need_id = $1 AND service_id = $2 AND stage = 'waiting'", need_id, service_id)
        return found[0] if found else None

    async def of_need(self, need_id: UUID) -> list[WaitingEntry]:
        """All entries of a need that waits."""
        return await self.select("need_id = $1 AND stage = 'waiting' ORDER BY id LIMIT $2", need_id, MOST_LISTS)

    async def first_of(self, need: str, *, area: str, limit: int) -> list[WaitingEntry]:
        """The first who wait for a need in an area, each need once, without those to whom a place is offered."""
        return await self.select(_FIRST_OF, need, area, limit, self._clock_id)

    async def since_of(self, need_id: UUID) -> date | None:
        """The day since which a need waits anywhere, or was first declined for want of a place."""
        row = await self._session.row(SINCE, need_id)
        return row["since"] if row else None

    async def standing(
        self, service_ids: Collection[UUID], *, counts_from: date, key: UUID, placed_after: date
    ) -> dict[UUID, Queue]:
        """How one who counts from a day would stand on lists; how many places are free is not known here."""
        rows = await self._session.rows(_STANDING, list(service_ids), self._clock_id, counts_from, key, placed_after)
        return {
            row["service_id"]: Queue(service_id=row["service_id"], ahead=row["ahead"], placed=row["placed"])
            for row in rows
        }

    async def page(
        self,
        *,
        service_id: UUID | None,
        person_id: UUID | None,
        stages: tuple[WaitingStage, ...],
        whose: Principal,
        after: UUID | None,
        limit: int,
    ) -> list[WaitingEntry]:
        """Some of those that the caller may see."""
        condition = (
            "stage = ANY ($4) AND ($5::uuid IS NULL OR service_id = $5) AND ($6::uuid IS NULL OR person_id = $6)"
        )
        return await self.page_of(condition, list(stages), service_id, person_id, whose=whose, after=after, limit=limit)
