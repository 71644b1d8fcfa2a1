"""Referrals: a person's way to one service of one provider, from the offer to the confirmation."""

from app.domain.referral.delivery import (
    Confirmation,
    DeclineReason,
    Delivery,
    DeliveryNote,
    InvalidRating,
    Override,
    OverrideReason,
)
from app.domain.referral.events import PersonClosed, PersonOpened
from app.domain.referral.referral import (
    DeliveryImpossible,
    MoreThanPlanned,
    NotTheProvider,
    Offer,
    OfferExpired,
    OfferStillOpen,
    Referral,
)
from app.domain.referral.rules import ReferralRules
from app.domain.referral.stages import LIFECYCLE, ReferralAction, ReferralStage

__all__ = [
    "LIFECYCLE",
    "Confirmation",
    "DeclineReason",
    "Delivery",
    "DeliveryImpossible",
    "DeliveryNote",
    "InvalidRating",
    "MoreThanPlanned",
    "NotTheProvider",
    "Offer",
    "OfferExpired",
    "OfferStillOpen",
    "Override",
    "OverrideReason",
    "PersonClosed",
    "PersonOpened",
    "Referral",
    "ReferralAction",
    "ReferralRules",
    "ReferralStage",
]
