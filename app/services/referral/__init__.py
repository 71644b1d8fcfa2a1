"""Use cases of referrals: a provider is asked, answers, delivers, and the person's word closes it."""

from app.services.referral.changing import (
    override_delivery,
    pause_referral,
    resume_referral,
    revoke_referral,
    transfer_referral,
)
from app.services.referral.following import (
    accept_referral,
    confirm_delivery,
    decline_referral,
    deliver_referral,
    expire_referral,
    get_referral,
    list_referrals,
    schedule_visits,
)
from app.services.referral.making import (
    NotInThePlan,
    ReferralUnderWay,
    Request,
    WhenFull,
    make_referral,
)
from app.services.referral.view import ReferralView
from app.services.suitability import (
    DoesNotMeetNeed,
    ExclusiveService,
    NoReferralsHere,
    NotEntitled,
    OutsideServiceArea,
)

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
    "WhenFull",
    "accept_referral",
    "confirm_delivery",
    "decline_referral",
    "deliver_referral",
    "expire_referral",
    "get_referral",
    "list_referrals",
    "make_referral",
    "override_delivery",
    "pause_referral",
    "resume_referral",
    "revoke_referral",
    "schedule_visits",
    "transfer_referral",
]
