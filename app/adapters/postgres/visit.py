"""Visits: rows to the fact and back, and their figures over places and times."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import VisitRow
from app.adapters.postgres.tables.application import SUBMITTED_ON
from app.domain.shared.access import Principal
from app.domain.visit import Place, Purpose, Visit
from app.services.ports.visit import VisitCount

_OF_APPLICATION = """
SELECT id, application_id, person_id, region_path, item, purpose, place, visited_on, organisation_id, recorded_by,
       version
FROM visit WHERE application_id = $1 ORDER BY visited_on, id LIMIT $2
"""
WAYS = """
(SELECT count(DISTINCT (v.visited_on, v.organisation_id))
 FROM visit v WHERE v.application_id = application.id AND v.is_counted)
"""
"""How many ways an application took: the figure of `ways_of`, in the query."""
_COUNTS = f"""
SELECT region, channel, count(*) AS applications, count(*) FILTER (WHERE is_finished) AS finished,
       count(*) FILTER (WHERE is_finished AND ways <= $6) AS within,
       count(*) FILTER (WHERE is_finished AND ways = 0) AS none,
       count(*) FILTER (WHERE is_finished AND ways = 1) AS one,
       count(*) FILTER (WHERE is_finished AND ways = 2) AS two,
       count(*) FILTER (WHERE is_finished AND ways > 2) AS more
FROM (
    SELECT array_to_string((string_to_array(region_path, '/'))[1:$5], '/') AS region, channel, is_finished,
           {WAYS} AS ways
    FROM application
    WHERE (region_path || '/') ^@ ANY ($1::text[]) AND (region_path || '/') ^@ ANY ($2::text[])
      AND {SUBMITTED_ON} BETWEEN $3 AND $4
) counted
GROUP BY region, channel ORDER BY region, channel
"""
# Two conditions of place: what the caller may see, and what of it was asked for.


class PostgresVisits:
    """Visits in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, visit: Visit) -> None:
        """Insert one."""
        self._session.add(
            VisitRow,
            id=visit.id,
            application_id=visit.application_id,
            person_id=visit.person_id,
            region_path=visit.region,
            item=visit.item,
            purpose=visit.purpose,
            place=visit.place,
            visited_on=visit.visited_on,
            is_counted=visit.is_counted,
            organisation_id=visit.organisation_id,
            recorded_by=visit.recorded_by,
            version=visit.version,
        )

    async def of_application(self, application_id: UUID, *, limit: int) -> list[Visit]:
        """Those for one application, the earliest first."""
        return [_to_visit(row) for row in await self._session.rows(_OF_APPLICATION, application_id, limit)]

    async def counts(
        self, *, areas: Sequence[str], depth: int, first: date, last: date, at_most: int, whose: Principal
    ) -> list[VisitCount]:
        """Figures of the applications of a time, by the region at a depth of the path, in one statement."""
        own, asked = [f"{area}/" for area in whose.areas], [f"{area}/" for area in areas]
        rows = await self._session.rows(_COUNTS, own, asked, first, last, depth, at_most)
        return [
            VisitCount(
                region=row["region"],
                channel=row["channel"],
                applications=row["applications"],
                finished=row["finished"],
                within=row["within"],
                by_ways=(row["none"], row["one"], row["two"], row["more"]),
            )
            for row in rows
        ]


def _to_visit(row: Any) -> Visit:
    return Visit(
        id=row["id"],
        application_id=row["application_id"],
        person_id=row["person_id"],
        region=row["region_path"],
        item=row["item"],
        purpose=Purpose(row["purpose"]),
        place=Place(row["place"]),
        visited_on=row["visited_on"],
        organisation_id=row["organisation_id"],
        recorded_by=row["recorded_by"],
        version=row["version"],
    )
