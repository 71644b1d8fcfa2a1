"""Referrals: a person's way to one service of one provider, from the offer to the confirmation."""

from app.domain.referral.appointment import Appointment, AppointmentImpossible, rests
from app.domain.referral.change import Pause, PauseReason, Reasoned, RevokeReason, Task, TransferReason
from app.domain.referral.delivery import (
    Confirmation,
    DeclineReason,
    Delivery,
    DeliveryNote,
    InvalidRating,
    Override,
    OverrideReason,
)
from app.domain.referral.doing import is_its_doing
from app.domain.referral.events import PersonClosed, PersonOpened
from app.domain.referral.explanation import Audience, explained
from app.domain.referral.handover import handed_over
from app.domain.referral.offer import Offer
from app.domain.referral.referral import Referral
from app.domain.referral.refusals import (
    AlreadyTheProvider,
    DeclinedOtherwise,
    DeliveryImpossible,
    NothingDelivered,
    NothingLeft,
    NotTheProvider,
    OfferExpired,
    OfferStillOpen,
    PauseImpossible,
)
from app.domain.referral.rules import ReferralRules
from app.domain.referral.stages import LIFECYCLE, UNDER_WAY, ReferralAction, ReferralStage
from app.domain.referral.waiting import is_declined_for_want_of_places, require_want_of_places, waiting_offered

__all__ = [
    "LIFECYCLE",
    "UNDER_WAY",
    "AlreadyTheProvider",
    "Appointment",
    "AppointmentImpossible",
    "Audience",
    "Confirmation",
    "DeclineReason",
    "DeclinedOtherwise",
    "Delivery",
    "DeliveryImpossible",
    "DeliveryNote",
    "InvalidRating",
    "NotTheProvider",
    "NothingDelivered",
    "NothingLeft",
    "Offer",
    "OfferExpired",
    "OfferStillOpen",
    "Override",
    "OverrideReason",
    "Pause",
    "PauseImpossible",
    "PauseReason",
    "PersonClosed",
    "PersonOpened",
    "Reasoned",
    "Referral",
    "ReferralAction",
    "ReferralRules",
    "ReferralStage",
    "RevokeReason",
    "Task",
    "TransferReason",
    "explained",
    "handed_over",
    "is_declined_for_want_of_places",
    "is_its_doing",
    "require_want_of_places",
    "rests",
    "waiting_offered",
]
