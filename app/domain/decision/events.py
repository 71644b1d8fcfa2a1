"""That something was decided, in the past tense: ids, codes and days; the reasons stay with the decision."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.shared.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionMade(Event):
    """A decision was made, or followed from a day that had passed."""

    name: ClassVar[str] = "decision.made"

    decision_id: UUID
    matter: str
    case_id: UUID
    item: str | None
    outcome: str
    decided_by: UUID | None
    organisation_id: UUID | None
    decided_on: date
    appeal_until: date | None
    replaces: UUID | None
    rule_versions: tuple[str, ...]
