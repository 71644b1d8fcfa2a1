"""Receipts of verifications: put on record, all of a shared transaction at once, before anybody signs them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from app.domain.certificate import Outcome, VerificationResult
from app.domain.shared.calendar import WorkingCalendar
from app.services.ports.receipt import Receipt

KIND = "certificate_verification"
_PUT = """
INSERT INTO receipt (id, subject_id, kind, outcome, issued_at, expires_at)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[])
RETURNING id, status_index
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """A receipt that is not on record yet, and what it is about."""

    receipt: Receipt
    subject_id: UUID


@dataclass(frozen=True, slots=True)
class Moment:
    """When it was looked up, by the clock of the business and by the wall, and the day that the answer holds for."""

    checked_at: datetime
    real: datetime
    on: date
    calendar: WorkingCalendar


def draft_of(result: VerificationResult, row: Any, *, receipt_id: UUID, moment: Moment, until: datetime) -> Draft:
    """The receipt of one answer: what was told, and not a word more.

    It is withdrawn with the certificate's standing where that was in force, and by nothing where there was no such.
    Nor is it good for longer than the certificate is; but until when that is, it does not tell.
    """
    told = {"category": result.category, "grade": result.grade, "is_within_grade": result.is_within_grade}
    is_in_force = result.outcome is Outcome.IN_FORCE
    receipt = Receipt(
        id=receipt_id,
        kind=KIND,
        outcome=result.outcome,
        checked_at=moment.checked_at,
        issued_at=moment.real,
        expires_at=_within(row["valid_until"], until=until, moment=moment) if is_in_force else until,
        facts={"checked_on": moment.on.isoformat()} | {name: said for name, said in told.items() if said is not None},
    )
    return Draft(receipt, row["certificate_id"] if is_in_force else receipt_id)


def _within(last_day: date, *, until: datetime, moment: Moment) -> datetime:
    """Until when a receipt is good that would outlast the certificate: half as long, and so on, until it does not.

    Its end would else tell to the day when the certificate ends, which the status is not to tell. So it tells no more
    than within which half.
    """
    if until <= moment.calendar.end_of(last_day):
        return until
    days = (moment.calendar.date_of(until) - moment.on).days
    while moment.on + timedelta(days=days) > last_day and days:
        days //= 2
    return moment.calendar.end_of(moment.on + timedelta(days=days))


async def put_on_record(connection: asyncpg.Connection, drafts: Sequence[Draft]) -> Mapping[UUID, int]:
    """Write them, and say the number of each by its id."""
    receipts = [draft.receipt for draft in drafts]
    rows = await connection.fetch(
        _PUT,
        [receipt.id for receipt in receipts],
        [draft.subject_id for draft in drafts],
        [receipt.kind for receipt in receipts],
        [receipt.outcome for receipt in receipts],
        [receipt.issued_at for receipt in receipts],
        [receipt.expires_at for receipt in receipts],
    )
    return {row["id"]: row["status_index"] for row in rows}


def numbered(drafts: Iterable[Draft], numbers: Mapping[UUID, int]) -> Iterator[Receipt]:
    """The receipts as they are on record."""
    return (replace(draft.receipt, number=numbers[draft.receipt.id]) for draft in drafts)
