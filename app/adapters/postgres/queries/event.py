"""The feed of events and the story of an application, as one caller may see them."""

from typing import Any
from uuid import UUID

from app.adapters.postgres.parties import IS_CURRENT, PARTY_CASES
from app.adapters.postgres.reach import Reach, within
from app.adapters.postgres.session import Session
from app.domain.shared.access import Principal, Role
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.errors import NotFound
from app.domain.shared.events import IS_TEST
from app.services.ports.caller import NOBODY
from app.services.ports.event import Feed, FeedRestored, Place, RecordedEvent

_COLUMNS = (
    "transaction_id, position, id, name, subject_id, subject_version, application_id, person_id, effective_at, "
    "actor_id, facts"
)
_OF_SELF = f"""
(person_id = ANY ($1::uuid[]) OR application_id = ANY (ARRAY{PARTY_CASES}) OR subject_id = ANY (ARRAY{PARTY_CASES}))
"""
"""For who is a party to a few cases: their events are gathered by index, whatever else the feed holds."""
_OF_PARTY = f"""
(person_id = ANY ($1::uuid[])
 OR EXISTS (SELECT FROM party p WHERE p.case_id = application_id AND p.party_id = ANY ($1::uuid[])
            AND p.role <> 'evaluator' AND {IS_CURRENT})
 OR EXISTS (SELECT FROM party p WHERE p.case_id = subject_id AND p.party_id = ANY ($1::uuid[])
            AND (p.role <> 'evaluator' OR subject_id IS DISTINCT FROM application_id) AND {IS_CURRENT}))
"""
"""For who is a party to many: the feed is read in its order, and each event is asked whether it is one of theirs.

An institution moves an application on by what it concludes, and is told of its own case only: not who gets what money.
"""

_OF_NO_RATING = "NOT starts_with(name, 'rating.')"
"""An office reads bad ratings, and is not told who gave which."""
_OF_NO_HARM = "NOT starts_with(name, 'harm_report.')"
_TOLD_OF_HARM = OPERATIONS["list_harm_reports"].roles | {Role.AUDITOR}
"""Who reads that somebody has reported harm, and who that was: the body that acts, and whoever looks after it all."""

_FEED = """
WITH settled AS MATERIALIZED (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS below)
SELECT settled.below, shown.*
FROM settled LEFT JOIN LATERAL (
    SELECT {columns} FROM event
    WHERE {scope} AND (transaction_id, position) > ($2::xid8, $3::bigint) AND transaction_id < settled.below
      AND starts_with(name, $4){only}
    ORDER BY transaction_id, position LIMIT $5
) shown ON true
ORDER BY shown.transaction_id, shown.position
"""
# The oldest transaction that still runs bounds what is shown: nothing can turn up later in front of it. Taken once, in
# the same snapshot as the rows.

_ONE_APPLICATION = " AND application_id = $6"
_APPLICATION = "SELECT true FROM application WHERE id = $1"
_STORY = """
SELECT {columns}, coalesce(facts ->> 'item', (
    SELECT i.code FROM application_item i WHERE i.application_id = event.application_id
    AND i.case_id = coalesce((facts ->> 'case_id')::uuid, subject_id))) AS item
FROM event
WHERE application_id = $2 AND {scope} AND position > $3 ORDER BY position LIMIT $4
"""


class PostgresEvents:
    """Events in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def feed(
        self, *, prefix: str, application_id: UUID | None, whose: Principal, after: Place, limit: int
    ) -> Feed:
        """Some of those that the caller may see and that can no longer be overtaken, oldest first."""
        reach = _reach_of(whose)
        narrowed = () if application_id is None else (application_id,)
        sql = _FEED.format(columns=_COLUMNS, scope=reach.condition, only=_ONE_APPLICATION if narrowed else "")
        rows = await self._session.rows(
            sql, reach.value, after.transaction, after.position, prefix, limit + 1, *narrowed
        )
        if after.transaction > rows[0]["below"]:
            raise FeedRestored(
                "The database was restored to before this place. Read from an earlier place, or from the beginning, "
                "and leave out the events whose id you know."
            )
        events = tuple(_to_event(row) for row in rows[:limit] if row["id"] is not None)
        if len(rows) > limit:
            return Feed(events, events[-1].place, has_more=True)
        # All that is settled has been looked through, so the next look begins where settling ends.
        return Feed(events, max(after, Place(rows[0]["below"], 0)), has_more=False)

    async def of_application(
        self, application_id: UUID, *, whose: Principal, after: int, limit: int
    ) -> list[RecordedEvent]:
        """Some events of one application, in the order in which they were written."""
        if await self._session.row(_APPLICATION, application_id) is None:
            raise NotFound("There is no such application. Check the id.")
        reach = _reach_of(whose)
        sql = _STORY.format(columns=_COLUMNS, scope=reach.condition)
        return [_to_event(row) for row in await self._session.rows(sql, reach.value, application_id, after, limit)]


def _reach_of(whose: Principal) -> Reach:
    """The caller's reach over events, in the query itself beside row-level security."""
    if whose.areas:
        reach = within(whose.areas)
        kept = _OF_NO_RATING if whose.has(*_TOLD_OF_HARM) else f"{_OF_NO_RATING} AND {_OF_NO_HARM}"
        return Reach(f"{reach.condition} AND {kept}", reach.value)
    is_few = whose.roles <= {Role.CITIZEN}
    return Reach(_OF_SELF if is_few else _OF_PARTY, list(whose.parties))


def _to_event(row: Any) -> RecordedEvent:
    return RecordedEvent(
        place=Place(row["transaction_id"], row["position"]),
        id=row["id"],
        name=row["name"],
        subject_id=row["subject_id"],
        subject_version=row["subject_version"],
        application_id=row["application_id"],
        person_id=row["person_id"],
        effective_at=row["effective_at"],
        actor_id=row["actor_id"] if row["actor_id"] != NOBODY else None,
        facts={name: fact for name, fact in row["facts"].items() if name != IS_TEST},
        is_test=IS_TEST in row["facts"],
        item=row.get("item"),
    )
