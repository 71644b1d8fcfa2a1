"""The register of access, asked about one person at a time."""

from typing import Any
from uuid import UUID

from app.adapters.postgres.places import PERSON_HERE
from app.adapters.postgres.session import Session
from app.domain.shared.access import Principal
from app.domain.shared.errors import NotFound
from app.services.ports.access_record import AccessRecord, ActingOrganisation

_ASK_ABOUT = f"""
SELECT set_config('yian.subject', id::text, true) FROM person
WHERE id = $1 AND ({PERSON_HERE.format(areas="$2")} OR id = $3)
"""
"""Row-level security shows the records about this one person, and none before it is said about whom."""

_OF_PERSON = """
WITH of_person AS MATERIALIZED (
    SELECT position, recorded_at, actor_id, operation, purpose, disclosed,
           (recorded_at AT TIME ZONE 'Asia/Shanghai')::date AS recorded_on
    FROM access_record WHERE person_ids @> ARRAY[$1::uuid]
), shown AS (
    SELECT * FROM of_person WHERE ($2::bigint IS NULL OR position < $2) AND NOT disclosed && $4::text[]
    ORDER BY position DESC LIMIT $3
)
SELECT shown.*, (
    SELECT coalesce(array_agg((o.id, o.name, o.name_en) ORDER BY o.id), '{}') FROM organisation o
    WHERE o.id IN (
        SELECT m.organisation_id FROM membership m
        WHERE m.account_id = shown.actor_id AND m.valid_from <= shown.recorded_on
          AND (m.valid_to IS NULL OR shown.recorded_on <= m.valid_to))) AS organisations
FROM shown ORDER BY position DESC
"""
# Materialized, or the planner walks back through everybody's records in the hope of soon meeting this person's.
# The days of an appointment are counted in the zone in which the gate counts them.


class PostgresAccessRecords:
    """The register of access in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def of_person(
        self, person_id: UUID, *, whose: Principal, withheld: tuple[str, ...], before: int | None, limit: int
    ) -> list[AccessRecord]:
        """Some of those about one person, newest first, older than a position; none that showed what is withheld."""
        areas = [f"{area}/" for area in whose.areas]
        if await self._session.row(_ASK_ABOUT, person_id, areas, whose.person_id) is None:
            raise NotFound("There is no such person. Check the id.")
        rows = await self._session.rows(_OF_PERSON, person_id, before, limit, list(withheld))
        return [_to_record(row) for row in rows]


def _to_record(row: Any) -> AccessRecord:
    return AccessRecord(
        position=row["position"],
        recorded_at=row["recorded_at"],
        actor_id=row["actor_id"],
        organisations=tuple(
            ActingOrganisation(id=key, name=name, name_en=name_en) for key, name, name_en in row["organisations"]
        ),
        operation=row["operation"],
        purpose=row["purpose"],
        disclosed=tuple(row["disclosed"]),
    )
