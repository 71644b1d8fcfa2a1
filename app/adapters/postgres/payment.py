"""Payment rolls: rows to rolls and back, and what their lines come to."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from app.adapters.postgres.aggregates import Kind, PostgresAggregates
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import PaymentRollRow
from app.domain.benefit import Finding
from app.domain.payment import Change, Due, Held, PaymentRoll, RollStage, Sum, Totals
from app.domain.shared.access import Principal
from app.domain.shared.identity import CitizenNumber
from app.services.ports.payment import NamedLine, PaymentLine

PAYMENT_ROLLS = Kind(
    PaymentRollRow,
    PaymentRoll,
    lambda roll: {"benefit": roll.benefit, "month": roll.month, "stage": roll.stage},
)
OPEN = (RollStage.DRAFTING, RollStage.DRAFTED, RollStage.CHECKED)
_LATEST = "stage = 'approved' AND benefit = $1 AND region_path = $2 ORDER BY month DESC LIMIT 1"
_IS_OPEN = "SELECT true FROM payment_roll WHERE benefit = $1 AND region_path = $2 AND stage = ANY ($3)"
_ADD = """
INSERT INTO payment_line (id, roll_id, case_id, person_id, region_path, for_month, amount_fen, previous_fen, change,
    reason, rule, finding, unmet, channel)
SELECT id, roll_id, case_id, person_id, region_path, for_month, amount_fen, previous_fen, change, reason, rule, finding,
    string_to_array(unmet, ' '), channel
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::date[], $7::bigint[], $8::bigint[],
    $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[])
    AS line (id, roll_id, case_id, person_id, region_path, for_month, amount_fen, previous_fen, change, reason, rule,
        finding, unmet, channel)
"""
_LINES = """
SELECT id, roll_id, case_id, person_id, region_path, for_month, amount_fen, previous_fen, change, reason, rule, finding,
    unmet, channel
FROM payment_line
WHERE roll_id = $1 AND change = ANY ($2) AND (NOT $3 OR finding = 'not_met') AND ($4::uuid IS NULL OR id > $4)
ORDER BY id LIMIT $5
"""
_HELD = """
SELECT case_id, jsonb_object_agg(for_month, fen) AS by_month, max(in_roll_before) AS in_roll_before
FROM (
    SELECT l.case_id, l.for_month, sum(l.amount_fen) AS fen,
        max(l.amount_fen) FILTER (WHERE r.id = $2 AND l.change IN ('unchanged', 'new', 'amount_changed'))
            AS in_roll_before
    FROM payment_line l JOIN payment_roll r ON r.id = l.roll_id AND r.stage = 'approved'
    WHERE l.case_id = ANY ($1) AND l.change <> 'stopped'
    GROUP BY l.case_id, l.for_month
) month
GROUP BY case_id
"""
_TOTALS = """
WITH line AS (
    SELECT change, reason, person_id, amount_fen, previous_fen, finding,
        array_to_string((string_to_array(region_path, '/'))[1:4], '/') AS township
    FROM payment_line WHERE roll_id = $1
)
SELECT change, township, reason, GROUPING(change, township, reason) AS level, count(*) AS lines,
    sum(amount_fen)::bigint AS amount_fen, sum(previous_fen)::bigint AS previous_fen,
    count(DISTINCT person_id) AS persons, count(*) FILTER (WHERE finding = 'not_met') AS doubtful
FROM line GROUP BY GROUPING SETS ((), (change), (township), (reason))
"""
_WHOLE, _BY_CHANGE, _BY_TOWNSHIP, _BY_REASON = 0b111, 0b011, 0b101, 0b110
"""What GROUPING says of each set: a bit for each column that is added up over."""
_NAMED = """
WITH line AS (
    SELECT case_id, person_id, min(region_path) AS region_path, min(channel) AS channel,
        sum(amount_fen)::bigint AS amount_fen,
        array_agg(DISTINCT for_month ORDER BY for_month) FILTER (WHERE amount_fen <> 0) AS months
    FROM payment_line WHERE roll_id = $1 AND ($2::uuid IS NULL OR case_id > $2) AND change <> 'stopped'
    GROUP BY case_id, person_id ORDER BY case_id LIMIT $3
)
SELECT line.case_id, line.person_id, line.region_path, line.channel, line.amount_fen, line.months,
    name.id AS name_id, name.name_cipher, number.id AS number_id, number.value_cipher
FROM line
LEFT JOIN LATERAL (SELECT id, name_cipher FROM person_name n WHERE n.person_id = line.person_id AND n.valid_to IS NULL
    ORDER BY valid_from DESC LIMIT 1) name ON true
LEFT JOIN LATERAL (SELECT id, value_cipher FROM person_identifier i WHERE i.person_id = line.person_id
    AND i.scheme = $4 AND i.valid_to IS NULL ORDER BY valid_from DESC LIMIT 1) number ON true
ORDER BY line.case_id
"""


class PostgresPaymentRolls(PostgresAggregates[PaymentRoll]):
    """Payment rolls in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, PAYMENT_ROLLS)

    async def page(
        self, stages: tuple[RollStage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[PaymentRoll]:
        """Some of those in the caller's areas, in the order of their ids."""
        return await self.page_of("stage = ANY ($4)", list(stages), whose=whose, after=after, limit=limit)

    async def latest(self, benefit: str, region: str) -> PaymentRoll | None:
        """The last approved roll of a benefit in a place."""
        found = await self.select(_LATEST, benefit, region)
        return found[0] if found else None

    async def is_open(self, benefit: str, region: str) -> bool:
        """Say whether a roll is on its way that is neither approved nor rejected."""
        return await self._session.row(_IS_OPEN, benefit, region, list(OPEN)) is not None

    async def add_lines(self, lines: Sequence[PaymentLine]) -> None:
        """Write lines, in one statement: COPY would be quicker and does not pass row-level security."""
        rows = [
            (
                *(line.id, line.roll_id, line.case_id, line.person_id, line.region),
                *(line.due.for_month, line.due.amount_fen, line.due.previous_fen, line.due.change, line.due.reason),
                *(line.due.rule, line.finding, " ".join(line.unmet), line.channel),
            )
            for line in lines
        ]
        if rows:
            await self._session.rows(_ADD, *(list(column) for column in zip(*rows, strict=True)))

    async def lines(
        self, roll_id: UUID, *, changes: Sequence[Change], only_doubtful: bool, after: UUID | None, limit: int
    ) -> list[PaymentLine]:
        """Some lines of a roll, in the order of their ids."""
        rows = await self._session.rows(_LINES, roll_id, list(changes), only_doubtful, after, limit)
        return [_to_line(row) for row in rows]

    async def held(self, case_ids: Sequence[UUID], *, before: UUID | None) -> Mapping[UUID, Held]:
        """What approved rolls hold of grants, in one statement."""
        rows = await self._session.rows(_HELD, list(case_ids), before)
        return {row["case_id"]: _to_held(row) for row in rows}

    async def totals_of(self, roll: PaymentRoll, *, before: PaymentRoll | None) -> Totals:
        """What the lines of a roll come to; each way of adding up goes over the lines by itself."""
        rows = await self._session.rows(_TOTALS, roll.id)
        whole = next(row for row in rows if row["level"] == _WHOLE)
        then = before.totals if before else None
        return Totals(
            all=_to_sum(whole),
            persons=whole["persons"],
            by_change={Change(row["change"]): _to_sum(row) for row in rows if row["level"] == _BY_CHANGE},
            by_township={row["township"]: _to_sum(row) for row in rows if row["level"] == _BY_TOWNSHIP},
            by_reason={row["reason"]: _to_sum(row) for row in rows if row["level"] == _BY_REASON and row["reason"]},
            doubtful=whole["doubtful"],
            before_fen=then.all.amount_fen if then else 0,
            ended_fen=then.one_off_fen if then else 0,
        )

    async def named(self, roll_id: UUID, *, after: UUID | None, limit: int) -> list[NamedLine]:
        """The people on a roll with what they are due in all, names and numbers opened."""
        rows = await self._session.rows(_NAMED, roll_id, after, limit, CitizenNumber.scheme)
        return [self._to_named(row) for row in rows]

    def _to_named(self, row: Any) -> NamedLine:
        number = self._opened(row["value_cipher"], row["number_id"], "person_identifier", "value")
        return NamedLine(
            case_id=row["case_id"],
            person_id=row["person_id"],
            name=self._opened(row["name_cipher"], row["name_id"], "person_name", "name"),
            citizen_number=CitizenNumber.parse(number) if number else None,
            region=row["region_path"],
            channel=row["channel"],
            months=tuple(row["months"] or ()),
            amount_fen=row["amount_fen"],
        )

    def _opened(self, sealed: bytes | None, key: UUID, table: str, column: str) -> str | None:  # noqa: PLR0917 - a place
        return None if sealed is None else self._session.cipher.decrypt(sealed, table=table, column=column, row=key)


def _to_line(row: Any) -> PaymentLine:
    return PaymentLine(
        id=row["id"],
        roll_id=row["roll_id"],
        case_id=row["case_id"],
        person_id=row["person_id"],
        region=row["region_path"],
        due=Due(
            for_month=row["for_month"],
            amount_fen=row["amount_fen"],
            change=Change(row["change"]),
            previous_fen=row["previous_fen"],
            reason=row["reason"],
            rule=row["rule"],
        ),
        finding=Finding(row["finding"]),
        unmet=tuple(row["unmet"]),
        channel=row["channel"],
    )


def _to_held(row: Any) -> Held:
    by_month = {date.fromisoformat(month): int(fen) for month, fen in row["by_month"].items()}
    return Held(by_month=by_month, in_roll_before=row["in_roll_before"])


def _to_sum(row: Any) -> Sum:
    return Sum(lines=row["lines"], amount_fen=row["amount_fen"] or 0, previous_fen=row["previous_fen"] or 0)
