"""What happens to a correction, in the past tense: ids, codes and days; what was said stays with the correction."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.shared.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionAsked(Event):
    """An office has said what is missing."""

    name: ClassVar[str] = "correction.asked"

    correction_id: UUID
    case_id: UUID
    item: str
    wants: tuple[str, ...]
    asked_by: UUID
    asked_on: date
    answer_by: date
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionAnswered(Event):
    """Something of what was missing, or all of it, is there."""

    name: ClassVar[str] = "correction.answered"

    correction_id: UUID
    case_id: UUID
    item: str
    missing: tuple[str, ...]
    is_complete: bool
    answered_by: UUID
    answered_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionLapsed(Event):
    """It was not answered in time. The case rests; nothing is refused."""

    name: ClassVar[str] = "correction.lapsed"

    correction_id: UUID
    case_id: UUID
    item: str
    lapsed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionClosed(Event):
    """The case has ended otherwise, and nobody waits for an answer any more."""

    name: ClassVar[str] = "correction.closed"

    correction_id: UUID
    case_id: UUID
    item: str
    closed_on: date
