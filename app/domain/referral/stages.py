"""The stages of a referral, and who may take it from one to the next."""

from enum import StrEnum

from app.domain.shared.transitions import Lifecycle, Transition


class ReferralStage(StrEnum):
    """Where a referral stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    DELIVERED = "delivered"
    PAUSED = "paused"
    CONFIRMED = "confirmed"
    OVERRIDDEN = "overridden"
    REVOKED = "revoked"
    TRANSFERRED = "transferred"


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
    SCHEDULE = "schedule"
    """预约服务, where nothing was delivered yet"""
    SCHEDULE_MORE = "schedule_more"
    """预约服务, where something was"""
    PAUSE = "pause"
    """暂停服务"""
    RESUME = "resume"
    """恢复服务, where nothing was delivered yet"""
    RESUME_DELIVERY = "resume_delivery"
    """恢复服务, where something was"""
    CONFIRM = "confirm"
    """本人确认"""
    OVERRIDE = "override"
    """代为确认"""
    REVOKE = "revoke"
    """撤销转介"""
    TRANSFER = "transfer"
    """转接"""
    EXPIRE = "expire"
    """逾期未答复"""


_RUNNING = (ReferralStage.ACCEPTED, ReferralStage.DELIVERED)
UNDER_WAY = (ReferralStage.OFFERED, *_RUNNING, ReferralStage.PAUSED)
"""A need has one of these at most to each service."""

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
            "deliver_referral", sources=_RUNNING, target=ReferralStage.DELIVERED
        ),
        ReferralAction.SCHEDULE: Transition.through(
            "schedule_visits", sources=[ReferralStage.ACCEPTED], target=ReferralStage.ACCEPTED
        ),
        ReferralAction.SCHEDULE_MORE: Transition.through(
            "schedule_visits", sources=[ReferralStage.DELIVERED], target=ReferralStage.DELIVERED
        ),
        ReferralAction.PAUSE: Transition.through("pause_referral", sources=_RUNNING, target=ReferralStage.PAUSED),
        ReferralAction.RESUME: Transition.through(
            "resume_referral", sources=[ReferralStage.PAUSED], target=ReferralStage.ACCEPTED
        ),
        ReferralAction.RESUME_DELIVERY: Transition.through(
            "resume_referral", sources=[ReferralStage.PAUSED], target=ReferralStage.DELIVERED
        ),
        ReferralAction.CONFIRM: Transition.through(
            "confirm_delivery", sources=[ReferralStage.DELIVERED], target=ReferralStage.CONFIRMED
        ),
        ReferralAction.OVERRIDE: Transition.through(
            "override_delivery", sources=[ReferralStage.DELIVERED], target=ReferralStage.OVERRIDDEN
        ),
        ReferralAction.REVOKE: Transition.through("revoke_referral", sources=UNDER_WAY, target=ReferralStage.REVOKED),
        ReferralAction.TRANSFER: Transition.through(
            "transfer_referral", sources=UNDER_WAY, target=ReferralStage.TRANSFERRED
        ),
        ReferralAction.EXPIRE: Transition(sources=frozenset({ReferralStage.OFFERED}), target=ReferralStage.EXPIRED),
    },
    apart=frozenset({ReferralAction.OFFER, ReferralAction.DELIVER, ReferralAction.OVERRIDE}),
)
"""The table of referrals: the provider answers and delivers; the person's word closes it, or a reasoned one for it."""
