"""Complaints about a service: to the county's federation, with a clock, and unread by whoever they are about."""

from app.domain.complaint.complaint import Answer, Complaint, OwnWork, ProviderNotHeard, Wrong
from app.domain.complaint.events import (
    ComplaintClosed,
    ComplaintFiled,
    ComplaintReceived,
    ComplaintRose,
    ComplaintWithdrawn,
    QuestionAnswered,
    QuestionAsked,
)
from app.domain.complaint.kind import ComplaintKind, ComplaintOutcome
from app.domain.complaint.question import ComplaintQuestion, NotTheOneAsked
from app.domain.complaint.stages import (
    LIFECYCLE,
    QUESTION_LIFECYCLE,
    ComplaintAction,
    ComplaintStage,
    QuestionAction,
    QuestionStage,
)
from app.domain.complaint.terms import ComplaintTerms

__all__ = [
    "LIFECYCLE",
    "QUESTION_LIFECYCLE",
    "Answer",
    "Complaint",
    "ComplaintAction",
    "ComplaintClosed",
    "ComplaintFiled",
    "ComplaintKind",
    "ComplaintOutcome",
    "ComplaintQuestion",
    "ComplaintReceived",
    "ComplaintRose",
    "ComplaintStage",
    "ComplaintTerms",
    "ComplaintWithdrawn",
    "NotTheOneAsked",
    "OwnWork",
    "ProviderNotHeard",
    "QuestionAction",
    "QuestionAnswered",
    "QuestionAsked",
    "QuestionStage",
    "Wrong",
]
