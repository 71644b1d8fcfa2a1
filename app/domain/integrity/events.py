"""What happens to an alarm, in the past tense: what was noticed and for when, and nothing of whom it is about."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.integrity.kind import AlarmKind, Look
from app.domain.integrity.stages import AlarmOutcome
from app.domain.shared.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRaised(Event):
    """Figures of a period ask a human to look. It proves nothing, and refuses and delays nobody."""

    name: ClassVar[str] = "integrity_alarm.raised"

    alarm_id: UUID
    kind: AlarmKind
    period_first: date
    period_last: date
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmTakenUp(Event):
    """A named human looks into it."""

    name: ClassVar[str] = "integrity_alarm.taken_up"

    alarm_id: UUID
    kind: AlarmKind
    taken_up_by: UUID
    taken_up_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmClosed(Event):
    """A named human has said what was found; the words stay with the alarm."""

    name: ClassVar[str] = "integrity_alarm.closed"

    alarm_id: UUID
    kind: AlarmKind
    outcome: AlarmOutcome
    looked_into: tuple[Look, ...]
    closed_by: UUID
    closed_on: date
