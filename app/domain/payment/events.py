"""What happens to a roll, in the past tense: ids, codes, months and sums; no line, and nobody on it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.shared.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RollOrdered(Event):
    """Somebody asked for the roll of a month; a job draws it up."""

    name: ClassVar[str] = "payment_roll.ordered"

    roll_id: UUID
    benefit: str
    month: date
    job_id: UUID
    ordered_by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RollDrafted(Event):
    """Every line is there, and the sums agree."""

    name: ClassVar[str] = "payment_roll.drafted"

    roll_id: UUID
    benefit: str
    month: date
    lines: int
    amount_fen: int
    difference_fen: int
    doubtful: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RollChecked(Event):
    """Somebody has looked through it."""

    name: ClassVar[str] = "payment_roll.checked"

    roll_id: UUID
    benefit: str
    month: date
    checked_by: UUID
    checked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RollApproved(Event):
    """Another has approved it: this is due, and nothing of it changes any more."""

    name: ClassVar[str] = "payment_roll.approved"

    roll_id: UUID
    benefit: str
    month: date
    approved_by: UUID
    approved_on: date
    lines: int
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RollRejected(Event):
    """Somebody found it wrong; another is drawn up in its place."""

    name: ClassVar[str] = "payment_roll.rejected"

    roll_id: UUID
    benefit: str
    month: date
    rejected_by: UUID
    rejected_on: date
