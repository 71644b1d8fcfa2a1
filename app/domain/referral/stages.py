"""The stages of a referral, and who may take it from one to the next."""

from enum import StrEnum

from app.domain.shared.transitions import Lifecycle, Transition


class Stage(StrEnum):
    """Where a referral stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DELIVERED = "delivered"
    CONFIRMED = "confirmed"


class Action(StrEnum):
    """What may be done to a referral."""

    ACCEPT = "accept"
    DECLINE = "decline"
    DELIVER = "deliver"
    CONFIRM = "confirm"


LIFECYCLE = Lifecycle(
    noun="referral",
    start=Stage.OFFERED,
    steps={
        Action.ACCEPT: Transition.through("accept_referral", sources=[Stage.OFFERED], target=Stage.ACCEPTED),
        Action.DECLINE: Transition.through("decline_referral", sources=[Stage.OFFERED], target=Stage.DECLINED),
        Action.DELIVER: Transition.through("deliver_referral", sources=[Stage.ACCEPTED], target=Stage.DELIVERED),
        Action.CONFIRM: Transition.through("confirm_delivery", sources=[Stage.DELIVERED], target=Stage.CONFIRMED),
    },
)
"""The table of referrals: the provider answers and delivers, and only the person's word closes it."""
