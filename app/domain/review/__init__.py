"""Reviews: appeals against decisions, heard by the body that the law names, by people who did not decide."""

from app.domain.review.events import (
    ReviewAccepted,
    ReviewDecided,
    ReviewFiled,
    ReviewNotAccepted,
    ReviewWithdrawn,
)
from app.domain.review.filing import NoAppealOpen, Origin, ReviewUnderWay
from app.domain.review.review import (
    AnotherBody,
    FirstDecider,
    NotLate,
    OnlyDoctorsConclude,
    Review,
    ReviewAnswer,
)
from app.domain.review.rules import HeardElsewhere, ReviewRules, Seat
from app.domain.review.stages import LIFECYCLE, NotAcceptedReason, ReviewAction, ReviewStage

__all__ = [
    "LIFECYCLE",
    "AnotherBody",
    "FirstDecider",
    "HeardElsewhere",
    "NoAppealOpen",
    "NotAcceptedReason",
    "NotLate",
    "OnlyDoctorsConclude",
    "Origin",
    "Review",
    "ReviewAccepted",
    "ReviewAction",
    "ReviewAnswer",
    "ReviewDecided",
    "ReviewFiled",
    "ReviewNotAccepted",
    "ReviewRules",
    "ReviewStage",
    "ReviewUnderWay",
    "ReviewWithdrawn",
    "Seat",
]
