"""What happens to a case, in the past tense: ids, codes and dates, nothing about the person.

Neither category nor grade stands in an event: they are health data, and events go out to others.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.certificate.choice import HandReason
from app.domain.certificate.decline import DeclineReason, DeclineWord
from app.domain.certificate.stages import Business
from app.domain.shared.events import Event
from app.domain.shared.voice import Capacity, Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSubmitted(Event):
    """Somebody asked for certificate business."""

    name: ClassVar[str] = "certificate_case.submitted"

    case_id: UUID
    business: Business


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAccepted(Event):
    """The materials were found complete."""

    name: ClassVar[str] = "certificate_case.accepted"

    case_id: UUID
    accepted_by: UUID
    organisation_id: UUID
    accepted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDeemedAccepted(Event):
    """Nobody said in time what is missing, so the law counts it as accepted from the day on which it came in."""

    name: ClassVar[str] = "certificate_case.deemed_accepted"

    case_id: UUID
    organisation_id: UUID
    accepted_on: date
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationAssigned(Event):
    """A designated institution was asked to evaluate."""

    name: ClassVar[str] = "certificate_case.evaluation_assigned"

    case_id: UUID
    assigned_by: UUID
    institution_id: UUID
    draw_id: UUID | None
    by_hand: HandReason | None
    taken_over_from: UUID | None
    instead_of: UUID | None
    assigned_on: date
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationDeclineSaid(Event):
    """One person of the institution says that it, or doctors who were drawn, do not evaluate; nothing changes yet."""

    name: ClassVar[str] = "certificate_case.evaluation_decline_said"

    case_id: UUID
    said_by: UUID
    institution_id: UUID
    doctors: tuple[UUID, ...]
    reason: DeclineReason
    said_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationDeclined(Event):
    """The institution that was asked, or doctors who were drawn, do not evaluate; others are drawn."""

    name: ClassVar[str] = "certificate_case.evaluation_declined"

    case_id: UUID
    declined_by: UUID
    said_by: UUID | None
    """Who of the institution had said so before, where it takes two."""
    institution_id: UUID
    draw_id: UUID | None
    doctors: tuple[UUID, ...]
    reason: DeclineReason
    word: DeclineWord
    is_excused: bool
    declined_on: date
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEvaluated(Event):
    """Doctors have concluded; what they found stays in the case."""

    name: ClassVar[str] = "certificate_case.evaluated"

    case_id: UUID
    evaluated_by: UUID
    doctors: tuple[UUID, ...]
    concluded_on: date
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePosted(Event):
    """The conclusion was put up for the public to object."""

    name: ClassVar[str] = "certificate_case.notice_posted"

    case_id: UUID
    posted_by: UUID
    posted_on: date
    last_day: date
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionRecorded(Event):
    """Somebody has objected to the conclusion, and the federation looks into it."""

    name: ClassVar[str] = "certificate_case.objection_recorded"

    case_id: UUID
    recorded_by: UUID
    recorded_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionDismissed(Event):
    """The objection was looked into and found not to be so; the case goes on."""

    name: ClassVar[str] = "certificate_case.objection_dismissed"

    case_id: UUID
    dismissed_by: UUID
    dismissed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRelationDeclared(Event):
    """Somebody at work has declared to be related to the person, and takes no part any more."""

    name: ClassVar[str] = "certificate_case.relation_declared"

    case_id: UUID
    declared_by: UUID
    declared_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReviewed(Event):
    """Materials, procedure, conclusion and notice were found in order."""

    name: ClassVar[str] = "certificate_case.reviewed"

    case_id: UUID
    reviewed_by: UUID
    reviewed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseApproved(Event):
    """The federation decided to issue."""

    name: ClassVar[str] = "certificate_case.approved"

    case_id: UUID
    approved_by: UUID
    organisation_id: UUID
    approved_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseIssued(Event):
    """The certificate of the case was issued."""

    name: ClassVar[str] = "certificate_case.issued"

    case_id: UUID
    issued_by: UUID
    certificate_id: UUID
    issued_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRefused(Event):
    """Somebody decided not to issue; the words for the person stay in the case."""

    name: ClassVar[str] = "certificate_case.refused"

    case_id: UUID
    refused_by: UUID
    reason: str
    refused_on: date
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWithdrawn(Event):
    """The person took the application back."""

    name: ClassVar[str] = "certificate_case.withdrawn"

    case_id: UUID
    withdrawn_by: UUID
    capacity: Capacity
    said_by: Voice | None
    withdrawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReopened(Event):
    """A review has sent the case back: it is evaluated anew, by other doctors."""

    name: ClassVar[str] = "certificate_case.reopened"

    case_id: UUID
    review_decision: UUID
    reopened_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCorrectionAwaited(Event):
    """Something is missing, and the case waits for it; what that is stands in the correction."""

    name: ClassVar[str] = "certificate_case.correction_awaited"

    case_id: UUID
    asked_by: UUID
    asked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCorrected(Event):
    """All that was missing is there, and the case goes on."""

    name: ClassVar[str] = "certificate_case.corrected"

    case_id: UUID
    corrected_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseConfirmed(Event):
    """The second person has said yes, and the case goes on."""

    name: ClassVar[str] = "certificate_case.confirmed"

    case_id: UUID
    confirmed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRested(Event):
    """No answer has come in time, and the case rests. Nothing is refused by that."""

    name: ClassVar[str] = "certificate_case.rested"

    case_id: UUID
    rested_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CancellationOpened(Event):
    """An office has begun to look into whether a certificate is to be cancelled; why stays in the case."""

    name: ClassVar[str] = "certificate_case.cancellation_opened"

    case_id: UUID
    opened_by: UUID
    organisation_id: UUID
    opened_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCancelled(Event):
    """The federation decided to cancel the certificate; the words for the person stay in the decision."""

    name: ClassVar[str] = "certificate_case.cancelled"

    case_id: UUID
    cancelled_by: UUID
    certificate_id: UUID
    cancelled_on: date
    rule_versions: tuple[str, ...]
