"""Draws: commitments with their sealed seeds, and the draws that were taken with them."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.adapters.postgres.aggregates import Kind
from app.adapters.postgres.parties import FOLLOWED_CASES, PARTY_CASES
from app.adapters.postgres.reach import BEGINNING, Reach, within
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import DrawCommitmentRow, DrawRow
from app.domain.draw import Draw, DrawStage, EarlierDraw
from app.domain.shared.access import Principal
from app.domain.shared.errors import NotFound
from app.services.ports.caller import TryAgain

DRAWS = Kind(
    DrawRow,
    Draw,
    lambda draw: {"case_id": draw.case_id, "round": draw.round},
    about=lambda draw, person_id: replace(
        draw, taken_for=replace(draw.taken_for, person_id=person_id) if draw.taken_for else None
    ),
)
TABLE = "draw_commitment"
_COLUMNS = "c.id, c.organisation_id, c.region_path, c.number, c.commitment, c.published_at"
_READ = f"{_COLUMNS}, c.taken_at, d.detail::text AS detail, d.version, d.person_id"
_ONE = f"SELECT {_READ} FROM draw_commitment c LEFT JOIN draw d ON d.id = c.id WHERE c.id = $1"
_PAGE = f"""
SELECT {_READ}
FROM draw_commitment c
LEFT JOIN (SELECT id, case_id, person_id, detail, version FROM draw WHERE {{reach}} OR id IN (
    SELECT draw_id FROM draw_takeover WHERE case_id = $5
)) d ON d.id = c.id
WHERE (d.id IS NOT NULL OR c.taken_at IS NULL) AND (c.taken_at IS NULL) = ANY ($4::boolean[]) AND c.id > $2
  AND ($5::uuid IS NULL OR d.case_id = $5 OR d.id IN (SELECT draw_id FROM draw_takeover WHERE case_id = $5))
ORDER BY c.id LIMIT $3
"""
_OF_PARTY = f"(person_id = ANY ($1::uuid[]) OR case_id IN {PARTY_CASES} OR application_id IN {FOLLOWED_CASES})"
_TAKE = f"""
UPDATE draw_commitment c SET taken_at = $2
WHERE c.id = (
    SELECT left_over.id FROM draw_commitment left_over
    WHERE left_over.organisation_id = $1 AND left_over.taken_at IS NULL ORDER BY left_over.number LIMIT 1 FOR UPDATE
)
RETURNING {_COLUMNS}, c.seed_cipher
"""
_EARLIER = "SELECT draw_id, case_id, institution_id, doctors, declined FROM earlier_draw($1, $2)"
_TAKE_OVER = "SELECT take_draws_over($1, $2) AS taken"
_LAST = "SELECT coalesce(max(number), 0) AS number FROM draw_commitment WHERE organisation_id = $1"


class PostgresDraws:
    """Draws in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def get(self, draw_id: UUID) -> Draw:
        """One of them; what was taken for a case, only for whoever may know of the case."""
        row = await self._session.row(_ONE, draw_id)
        if row is None or (row["taken_at"] is not None and row["detail"] is None):
            raise NotFound("There is no such draw. Check the id.")
        return _to_draw(row)

    async def page(
        self, stages: tuple[DrawStage, ...], *, case_id: UUID | None, whose: Principal, after: UUID | None, limit: int
    ) -> list[Draw]:
        """Some commitments that are left, and draws of cases that the caller may know of, in the order of their ids.

        With a case only its draws.
        """
        reach = within(whose.areas) if whose.areas else Reach(_OF_PARTY, list(whose.parties))
        wanted = sorted({stage is DrawStage.PUBLISHED for stage in stages})
        sql = _PAGE.format(reach=reach.condition)
        rows = await self._session.rows(sql, reach.value, after or BEGINNING, limit, wanted, case_id)
        return [_to_draw(row) for row in rows]

    async def last_number(self, organisation_id: UUID) -> int:
        """The highest number of a series; 0 where there is none."""
        row = await self._session.row(_LAST, organisation_id)
        return int(row["number"]) if row else 0

    def publish(self, draw: Draw, seed: bytes) -> None:
        """Put a commitment on record, and the seed beside it, sealed."""
        self._session.add(
            DrawCommitmentRow,
            id=draw.id,
            organisation_id=draw.organisation_id,
            region_path=draw.region,
            number=draw.number,
            commitment=draw.commitment,
            published_at=draw.published_at,
            seed_cipher=self._session.cipher.encrypt(seed.hex(), table=TABLE, column="seed", row=draw.id),
            taken_at=None,
        )

    async def take(self, organisation_id: UUID, *, at: datetime) -> tuple[Draw, bytes] | None:
        """The lowest number of a series that is left, with its seed; it is left no more. None where there is none.

        Who takes from the same series at the same time waits for the other, and gets the number after.
        """
        row = await self._session.row(_TAKE, organisation_id, at)
        if row is None:
            return None
        seed = self._session.cipher.decrypt(row["seed_cipher"], table=TABLE, column="seed", row=row["id"])
        return _published(row), bytes.fromhex(seed)

    def add(self, draw: Draw) -> Draw:
        """Put a draw on record that was taken for a case."""
        taken = replace(draw, version=draw.version + 1)
        self._session.add(DrawRow, **DRAWS.to_row(taken))
        return taken

    async def earlier(self, case_id: UUID, *, since: date) -> tuple[EarlierDraw, ...]:
        """Who was drawn for the last cases of the same person, of any business, that ended without a certificate."""
        return tuple(
            EarlierDraw(
                draw_id=row["draw_id"],
                case_id=row["case_id"],
                institution_id=row["institution_id"],
                doctors=tuple(row["doctors"]),
                declined=frozenset(row["declined"]),
            )
            for row in await self._session.rows(_EARLIER, case_id, since)
        )

    async def take_over(self, case_id: UUID, earlier_id: UUID) -> None:
        """Put down for ever that a case keeps the draws of an earlier one."""
        row = await self._session.row(_TAKE_OVER, case_id, earlier_id)
        if row is None or not row["taken"]:
            raise TryAgain("The earlier case has changed at this very moment. Read the case again.")


def _to_draw(row: Any) -> Draw:
    return _published(row) if row["detail"] is None else DRAWS.to_aggregate(row)


def _published(row: Any) -> Draw:
    return Draw(
        id=row["id"],
        organisation_id=row["organisation_id"],
        region=row["region_path"],
        number=row["number"],
        commitment=row["commitment"],
        published_at=row["published_at"],
    )
