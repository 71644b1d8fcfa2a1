"""Ratings: rows to the rating and back, words sealed; and their figures by unit and item."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import RatingRow
from app.domain.rating import FollowUp, FollowUpOutcome, Rating, Satisfaction
from app.domain.shared.access import Principal
from app.domain.shared.errors import NotFound, StaleVersion
from app.services.ports.rating import RatingCount

_RATING = """
SELECT id, application_id, person_id, region_path, item, owner_id, satisfaction, rated_on, detail, words_cipher,
       answer_cipher, version
FROM rating
"""
_ONE = f"{_RATING} WHERE id = $1"
_OF_APPLICATION = f"{_RATING} WHERE application_id = $1 ORDER BY id LIMIT 100"
_CLOSED = "EXISTS (SELECT FROM application a WHERE a.id = rating.application_id AND a.is_finished)"
_BAD_ONES = f"""
{_RATING}
WHERE (region_path || '/') ^@ ANY ($1::text[]) AND owner_id = ANY ($2) AND is_bad AND is_answered = $3 AND {_CLOSED}
  AND ($4::uuid IS NULL OR id > $4)
ORDER BY id LIMIT $5
"""
_COUNTS = f"""
SELECT counted.*, o.code AS owner_code
FROM (
    SELECT owner_id, item, count(*) AS ratings, count(*) FILTER (WHERE is_bad AND is_answered) AS answered,
           {", ".join(f"count(*) FILTER (WHERE satisfaction = '{one.value}') AS {one.value}" for one in Satisfaction)}
    FROM rating
    WHERE (region_path || '/') ^@ ANY ($1::text[]) AND rated_on BETWEEN $2 AND $3 AND {_CLOSED}
    GROUP BY owner_id, item
) counted JOIN organisation o ON o.id = counted.owner_id
ORDER BY owner_id, item
"""


class PostgresRatings:
    """Ratings in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def get(self, rating_id: UUID, *, version: int | None = None) -> Rating:
        """The rating, if the caller may know of it."""
        row = await self._session.row(_ONE, rating_id)
        if row is None:
            raise NotFound("There is no such rating. Check the id.")
        if version is not None and row["version"] != version:
            raise StaleVersion
        return self._to_rating(row)

    async def of_application(self, application_id: UUID) -> list[Rating]:
        """Those of the items of one application."""
        return [self._to_rating(row) for row in await self._session.rows(_OF_APPLICATION, application_id)]

    def add(self, rating: Rating) -> None:
        """Insert one."""
        self._session.add(
            RatingRow,
            id=rating.id,
            application_id=rating.application_id,
            person_id=rating.person_id,
            region_path=rating.region,
            item=rating.item,
            owner_id=rating.owner_id,
            rated_on=rating.rated_on,
            version=rating.version,
            **self._changing(rating),
        )

    async def save(self, rating: Rating) -> Rating:
        """Write a changed one over the version that was read."""
        version = await self._session.save(RatingRow, rating.id, rating.version, **self._changing(rating))
        return replace(rating, version=version)

    async def bad_ones(self, *, is_answered: bool, whose: Principal, after: UUID | None, limit: int) -> list[Rating]:
        """Bad ratings of the work of the caller's own units."""
        areas = [f"{area}/" for area in whose.areas]
        rows = await self._session.rows(_BAD_ONES, areas, list(whose.organisation_ids), is_answered, after, limit)
        return [self._to_rating(row) for row in rows]

    async def counts(self, *, first: date, last: date, whose: Principal) -> list[RatingCount]:
        """Figures by unit and item, in one statement."""
        rows = await self._session.rows(_COUNTS, [f"{area}/" for area in whose.areas], first, last)
        return [
            RatingCount(
                owner_id=row["owner_id"],
                owner_code=row["owner_code"],
                item=row["item"],
                ratings=row["ratings"],
                by_satisfaction={one: row[one.value] for one in Satisfaction},
                answered=row["answered"],
            )
            for row in rows
        ]

    def _changing(self, rating: Rating) -> dict[str, Any]:
        answer = rating.follow_up
        return {
            "satisfaction": rating.satisfaction,
            "is_bad": rating.satisfaction.is_bad,
            "is_answered": answer is not None,
            "detail": {
                "rated_by": str(rating.rated_by),
                "correctable_until": rating.correctable_until.isoformat(),
                "follow_up_until": rating.follow_up_until.isoformat() if rating.follow_up_until else None,
                "rule_versions": list(rating.rule_versions),
                "follow_up": {"outcome": answer.outcome.value, "by": str(answer.by), "on": answer.on.isoformat()}
                if answer
                else None,
            },
            "words_cipher": self._sealed(rating.words, "words_cipher", rating.id),
            "answer_cipher": self._sealed(answer.answer if answer else None, "answer_cipher", rating.id),
        }

    def _sealed(self, text: str | None, column: str, row: UUID) -> bytes | None:
        return None if text is None else self._session.cipher.encrypt(text, table="rating", column=column, row=row)

    def _opened(self, row: Any, column: str) -> str | None:
        sealed = row[column]
        if sealed is None:
            return None
        return self._session.cipher.decrypt(sealed, table="rating", column=column, row=row["id"])

    def _to_rating(self, row: Any) -> Rating:
        detail = row["detail"]
        until, answer = detail["follow_up_until"], detail["follow_up"]
        return Rating(
            id=row["id"],
            application_id=row["application_id"],
            person_id=row["person_id"],
            region=row["region_path"],
            item=row["item"],
            owner_id=row["owner_id"],
            satisfaction=Satisfaction(row["satisfaction"]),
            words=self._opened(row, "words_cipher"),
            rated_by=UUID(detail["rated_by"]),
            rated_on=row["rated_on"],
            correctable_until=date.fromisoformat(detail["correctable_until"]),
            follow_up_until=date.fromisoformat(until) if until else None,
            follow_up=FollowUp(
                outcome=FollowUpOutcome(answer["outcome"]),
                answer=self._opened(row, "answer_cipher") or "",
                by=UUID(answer["by"]),
                on=date.fromisoformat(answer["on"]),
            )
            if answer
            else None,
            rule_versions=tuple(detail["rule_versions"]),
            version=row["version"],
        )
