"""Referrals: a person's way to one service of one provider, from the offer to the confirmation."""

from app.domain.referral.referral import (
    Confirmation,
    Delivery,
    DeclineReason,
    NothingDelivered,
    NotTheProvider,
    Referral,
)
from app.domain.referral.stages import LIFECYCLE, Action, Stage

__all__ = [
    "LIFECYCLE",
    "Action",
    "Confirmation",
    "DeclineReason",
    "Delivery",
    "NotTheProvider",
    "NothingDelivered",
    "Referral",
    "Stage",
]
