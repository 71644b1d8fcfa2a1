"""What happens to an inspection, in the past tense: ids, codes and days."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.shared.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionOpened(Event):
    """The lot fell on a record of a delivery."""

    name: ClassVar[str] = "inspection.opened"

    inspection_id: UUID
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionDone(Event):
    """Somebody has looked whether it was as it was recorded."""

    name: ClassVar[str] = "inspection.done"

    inspection_id: UUID
    outcome: str
    inspected_by: UUID
    inspected_on: date
