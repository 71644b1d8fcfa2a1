"""What happens to a clock, in the past tense: ids, codes and dates, nothing about the person.

That a clock starts, stands still, goes on or stops with a step of its case is told by the event of that step.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypedDict
from uuid import UUID

from app.domain.shared.events import Event


class Named(TypedDict):
    """Which clock an event is about, and what that clock runs for."""

    clock_id: UUID
    case_id: UUID
    item: str | None
    limit: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockExtended(Event):
    """Somebody gave the office longer; the words for the person stay with the clock."""

    name: ClassVar[str] = "clock.extended"

    clock_id: UUID
    case_id: UUID
    item: str | None
    limit: str
    kind: str
    extended_by: UUID
    extended_on: date
    days: int
    unit: str
    old_due_on: date | None
    due_on: date | None
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockExpired(Event):
    """A limit ran out, and what the rule says follows."""

    name: ClassVar[str] = "clock.expired"

    clock_id: UUID
    case_id: UUID
    item: str | None
    limit: str
    kind: str
    outcome: str
    due_on: date
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRecomputed(Event):
    """The calendar of working days was changed, and with it the last day."""

    name: ClassVar[str] = "clock.recomputed"

    clock_id: UUID
    case_id: UUID
    item: str | None
    limit: str
    kind: str
    old_due_on: date
    due_on: date
    edition: str
    """The announcements that the new day was reckoned by."""
