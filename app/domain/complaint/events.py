"""What happens to a complaint, in the past tense: ids, codes and days; nothing of what was said."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.shared.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintFiled(Event):
    """Somebody complained about a service."""

    name: ClassVar[str] = "complaint.filed"

    complaint_id: UUID
    kind: str
    filed_by: UUID
    filed_on: date
    receive_by: date
    close_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintReceived(Event):
    """The county's federation has taken it in."""

    name: ClassVar[str] = "complaint.received"

    complaint_id: UUID
    received_by: UUID
    received_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintRose(Event):
    """Nobody took it in, or answered it, in time: the federation of the next level is to see to it too."""

    name: ClassVar[str] = "complaint.rose"

    complaint_id: UUID
    body_id: UUID | None
    rose_on: date
    act_by: date
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintClosed(Event):
    """The person is told what was found."""

    name: ClassVar[str] = "complaint.closed"

    complaint_id: UUID
    outcome: str
    closed_by: UUID
    closed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintWithdrawn(Event):
    """The person has taken it back."""

    name: ClassVar[str] = "complaint.withdrawn"

    complaint_id: UUID
    withdrawn_by: UUID
    withdrawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAsked(Event):
    """The provider was asked something; about whom, the question says only where the person did not mind."""

    name: ClassVar[str] = "complaint_question.asked"

    question_id: UUID
    provider_id: UUID
    asked_by: UUID
    asked_on: date
    answer_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnswered(Event):
    """The provider has said how it was."""

    name: ClassVar[str] = "complaint_question.answered"

    question_id: UUID
    answered_by: UUID
    answered_on: date
