"""The clocks of cases: rows to aggregates and back."""

from dataclasses import replace
from uuid import UUID

from app.adapters.postgres.aggregates import Kind, PostgresAggregates
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import CaseClockRow
from app.domain.clock import Clock, ClockState
from app.domain.shared.access import Principal

CASE_CLOCKS = Kind(
    CaseClockRow,
    Clock,
    lambda clock: {
        "case_id": clock.subject.case_id,
        "code": clock.limit.code,
        "kind": clock.limit.kind,
        "state": clock.state,
        "due_on": clock.due_on,
        "edition": clock.edition,
        "clock_id": clock.subject.test_clock_id,
    },
    about=lambda clock, person_id: replace(clock, subject=replace(clock.subject, person_id=person_id)),
)


class PostgresCaseClocks(PostgresAggregates[Clock]):
    """The clocks of cases in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, CASE_CLOCKS)

    async def take(self, key: UUID) -> Clock | None:
        """The clock, held against everybody else; None where another transaction holds it, or there is none."""
        found = await self.select("id = $1 FOR UPDATE SKIP LOCKED", key)
        return found[0] if found else None

    async def unstopped_of(self, case_id: UUID) -> list[Clock]:
        """The clocks of a case that have not stopped, in the order in which they were set off."""
        return await self.select("case_id = $1 AND state <> 'stopped' ORDER BY id", case_id)

    async def of_application(self, application_id: UUID) -> list[Clock]:
        """All clocks of an application's cases, in the order in which they were set off."""
        return await self.select("application_id = $1 ORDER BY id", application_id)

    async def page(
        self, states: tuple[ClockState, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[Clock]:
        """Some of those of the caller's areas, in the order of their ids."""
        return await self.page_of("state = ANY ($4)", list(states), whose=whose, after=after, limit=limit)
