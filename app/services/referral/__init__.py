"""Use cases of referrals: a provider is asked, answers, delivers, and the person's word closes it."""

from app.services.referral.following import (
    accept_referral,
    confirm_delivery,
    decline_referral,
    deliver_referral,
    expire_referral,
    get_referral,
    list_referrals,
)
from app.services.referral.making import (
    DoesNotMeetNeed,
    ExclusiveService,
    NoReferralsHere,
    NotEntitled,
    NotInThePlan,
    OutsideServiceArea,
    ReferralUnderWay,
    Request,
    make_referral,
)
from app.services.referral.view import ReferralView

__all__ = [
    "DoesNotMeetNeed",
    "ExclusiveService",
    "NoReferralsHere",
    "NotEntitled",
    "NotInThePlan",
    "OutsideServiceArea",
    "ReferralUnderWay",
    "ReferralView",
    "Request",
    "accept_referral",
    "confirm_delivery",
    "decline_referral",
    "deliver_referral",
    "expire_referral",
    "get_referral",
    "list_referrals",
    "make_referral",
]
