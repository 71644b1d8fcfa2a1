"""What happens to a report of suspected harm, in the past tense; nothing of it names the person or the reporter."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from app.domain.harm_report.terms import AtRisk
from app.domain.shared.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmReported(Event):
    """Somebody has reported a suspicion."""

    name: ClassVar[str] = "harm_report.reported"

    report_id: UUID
    at_risk: AtRisk
    body_id: UUID
    receive_by: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmRose(Event):
    """Nobody has taken a report in within its time, and the body of the next level is to."""

    name: ClassVar[str] = "harm_report.rose"

    report_id: UUID
    body_id: UUID | None
    """None where none is entered for that level."""
    receive_by: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmReceived(Event):
    """The body has taken it in."""

    name: ClassVar[str] = "harm_report.received"

    report_id: UUID
    received_by: UUID
    received_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmClosed(Event):
    """The reporter is told what was done."""

    name: ClassVar[str] = "harm_report.closed"

    report_id: UUID
    closed_by: UUID
    closed_on: date
