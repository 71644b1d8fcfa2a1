"""What happens to a review, in the past tense: ids, codes and days; what was said stays with the review."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.shared.events import Event
from app.domain.shared.voice import Capacity, Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFiled(Event):
    """Somebody asked for a decision to be reviewed."""

    name: ClassVar[str] = "review.filed"

    review_id: UUID
    decision_id: UUID
    case_id: UUID
    body: str
    body_id: UUID
    filed_by: UUID
    capacity: Capacity
    said_by: Voice | None
    filed_on: date
    is_late: bool
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAccepted(Event):
    """The body hears it."""

    name: ClassVar[str] = "review.accepted"

    review_id: UUID
    accepted_by: UUID
    accepted_on: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewNotAccepted(Event):
    """The body does not hear it, and has said why."""

    name: ClassVar[str] = "review.not_accepted"

    review_id: UUID
    refused_by: UUID
    reason: str
    refused_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDecided(Event):
    """The body has decided; its decision is another one."""

    name: ClassVar[str] = "review.decided"

    review_id: UUID
    decision_id: UUID
    case_id: UUID
    result: str
    decided_by: UUID
    decided_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewWithdrawn(Event):
    """It was taken back; the decision stays as it is."""

    name: ClassVar[str] = "review.withdrawn"

    review_id: UUID
    withdrawn_by: UUID
    capacity: Capacity
    said_by: Voice | None
    withdrawn_on: date
