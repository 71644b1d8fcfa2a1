"""The stages of a referral, and who may take it from one to the next."""

from enum import StrEnum

from app.domain.shared.access import Role
from app.domain.shared.transitions import Lifecycle, Transition


class ReferralStage(StrEnum):
    """Where a referral stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    DELIVERED = "delivered"
    CONFIRMED = "confirmed"
    OVERRIDDEN = "overridden"


class ReferralAction(StrEnum):
    """What may be done to a referral."""

    OFFER = "offer"
    """转介"""
    ACCEPT = "accept"
    """接受"""
    DECLINE = "decline"
    """谢绝"""
    DELIVER = "deliver"
    """提供服务"""
    CONFIRM = "confirm"
    """本人确认"""
    OVERRIDE = "override"
    """代为确认"""
    EXPIRE = "expire"
    """逾期未答复"""


LIFECYCLE = Lifecycle(
    noun="referral",
    start=ReferralStage.OFFERED,
    steps={
        ReferralAction.ACCEPT: Transition.through(
            "accept_referral", sources=[ReferralStage.OFFERED], target=ReferralStage.ACCEPTED
        ),
        ReferralAction.DECLINE: Transition.through(
            "decline_referral", sources=[ReferralStage.OFFERED], target=ReferralStage.DECLINED
        ),
        ReferralAction.DELIVER: Transition.through(
            "deliver_referral",
            sources=[ReferralStage.ACCEPTED, ReferralStage.DELIVERED],
            target=ReferralStage.DELIVERED,
        ),
        ReferralAction.CONFIRM: Transition.through(
            "confirm_delivery", sources=[ReferralStage.DELIVERED], target=ReferralStage.CONFIRMED
        ),
        # No operation of the API overrides yet; the roles stand here already, and the guard holds them.
        ReferralAction.OVERRIDE: Transition(
            sources=frozenset({ReferralStage.DELIVERED}),
            target=ReferralStage.OVERRIDDEN,
            roles=frozenset({Role.TOWNSHIP_OFFICER, Role.COUNTY_OFFICER}),
        ),
        ReferralAction.EXPIRE: Transition(sources=frozenset({ReferralStage.OFFERED}), target=ReferralStage.EXPIRED),
    },
    apart=frozenset({ReferralAction.OFFER, ReferralAction.DELIVER, ReferralAction.OVERRIDE}),
)
"""The table of referrals: the provider answers and delivers; the person's word closes it, or a reasoned one for it."""
