"""Alarms of integrity: rows to aggregates and back, and the lists that a month's lot is drawn from."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from app.adapters.postgres.aggregates import Kind, SealedAggregates
from app.adapters.postgres.queries.integrity import PostgresTallies
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import IntegrityAlarmRow, IntegrityLookRow
from app.domain.integrity import Alarm, AlarmKind, AlarmStage, Count, Period, Share, Signal
from app.domain.recheck import RunningGrant
from app.domain.shared.access import Principal
from app.services.ports.integrity import CasesBehind, Extent

_COLUMNS = ("kind", "subject_kind", "subject_key", "compared_within", "period_first", "period_last", "named")
ALARMS = Kind(
    IntegrityAlarmRow,
    Alarm,
    lambda alarm: {
        "kind": alarm.kind,
        "subject_kind": alarm.signal.subject.kind,
        "subject_key": alarm.signal.subject.key,
        "compared_within": alarm.signal.of,
        "period_first": alarm.period.first,
        "period_last": alarm.period.last,
        "named": sorted(alarm.named),
        "stage": alarm.stage,
    },
    fixed=frozenset(_COLUMNS),
)
_TURN = "SELECT pg_try_advisory_xact_lock(hashtextextended('integrity ' || $1, 0)) AS is_ours"
_LOOKED_AT = "SELECT FROM integrity_look WHERE region_path = $1 AND period_first = $2"
_SAMPLED = "SELECT FROM integrity_alarm WHERE region_path = $1 AND kind = $2 AND period_first = $3"
_NAMED = "SELECT id, person_id FROM account WHERE id = ANY ($1)"
_HERE = "({0}.region_path || '/') ^@ ($1 || '/')"
_CONCLUDED = f"""
SELECT c.id FROM certificate_case c LEFT JOIN person p ON p.id = c.person_id
WHERE {_HERE.format("c")} AND p.clock_id IS NULL AND jsonb_typeof(c.detail -> 'conclusion') = 'object'
  AND (c.detail -> 'conclusion' ->> 'concluded_on')::date BETWEEN $2 AND $3
"""
_GRANTS = f"""
SELECT b.id, b.person_id, b.region_path, b.application_id, b.code
FROM benefit_case b JOIN person p ON p.id = b.person_id AND p.clock_id IS NULL
WHERE {_HERE.format("b")} AND b.detail -> 'granted' <> 'null'::jsonb
  AND coalesce((b.detail -> 'granted' ->> 'last_month')::date > $2, true)
  AND NOT EXISTS (SELECT FROM recheck r WHERE r.case_id = b.id AND r.trigger = 'random_sample' AND r.stage = 'open')
  AND NOT EXISTS (
      SELECT FROM certificate_case c
      WHERE c.person_id = b.person_id AND c.detail -> 'conclusion' ->> 'course' = 'permanent'
  )
"""


class PostgresIntegrityAlarms(SealedAggregates[Alarm]):
    """Alarms of integrity in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, ALARMS)
        self._tallies = PostgresTallies(session)

    async def page(
        self,
        stages: tuple[AlarmStage, ...],
        kinds: tuple[AlarmKind, ...],
        *,
        whose: Principal,
        after: UUID | None,
        limit: int,
    ) -> list[Alarm]:
        """Some of those in the caller's areas; that nobody sees one about themselves is the wall's."""
        wanted = "stage = ANY ($4) AND kind = ANY ($5)"
        return await self.page_of(wanted, list(stages), list(kinds), whose=whose, after=after, limit=limit)

    async def take_turn(self, region: str) -> bool:
        """Whether no other worker looks there now."""
        row = await self._session.row(_TURN, region)
        return bool(row and row["is_ours"])

    async def was_looked_at(self, area: str, period: Period) -> bool:
        """Whether the figures of the period were looked at before."""
        return await self._session.row(_LOOKED_AT, area, period.first) is not None

    async def was_sampled(self, county: str, month: Period) -> bool:
        """Whether the lot of the month was drawn before."""
        return await self._session.row(_SAMPLED, county, AlarmKind.RANDOM_SAMPLE, month.first) is not None

    def looked_at(self, area: str, period: Period, *, at: datetime, alarms: int) -> None:
        """Put down that they were."""
        self._session.add(
            IntegrityLookRow,
            region_path=area,
            period_first=period.first,
            period_last=period.last,
            looked_at=at,
            alarms=alarms,
        )

    async def shares(self, kind: AlarmKind, extent: Extent) -> list[Share]:
        """What a kind compares, as the database counts it."""
        return await self._tallies.shares(kind, extent)

    async def counts(self, kind: AlarmKind, extent: Extent) -> list[Count]:
        """What a kind counts, as the database counts it."""
        return await self._tallies.counts(kind, extent)

    async def behind(self, signal: Signal, extent: Extent) -> CasesBehind:
        """The files that a signal rests on."""
        return await self._tallies.behind(signal, extent)

    async def named_with(self, accounts: Sequence[UUID]) -> frozenset[UUID]:
        """These accounts, and the people whose they are."""
        rows = await self._session.rows(_NAMED, list(accounts))
        return frozenset({*accounts, *(row["person_id"] for row in rows if row["person_id"])})

    async def concluded_in(self, county: str, month: Period) -> list[UUID]:
        """All files of a month's conclusions."""
        return [row["id"] for row in await self._session.rows(_CONCLUDED, county, month.first, month.last)]

    async def running_grants(self, county: str, month: Period) -> list[RunningGrant]:
        """The grants that run on after a month, but for those of whoever has a permanent condition."""
        return [
            RunningGrant(
                case_id=row["id"],
                person_id=row["person_id"],
                region=row["region_path"],
                application_id=row["application_id"],
                item=row["code"],
            )
            for row in await self._session.rows(_GRANTS, county, month.last)
        ]
