"""The stages of a review, and who may take it from one to the next."""

from enum import StrEnum

from app.domain.shared.transitions import Lifecycle, Transition


class ReviewStage(StrEnum):
    """Where a review stands."""

    FILED = "filed"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    UPHELD = "upheld"
    CHANGED = "changed"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"


class ReviewAction(StrEnum):
    """What may be done to a review, in the words of the law."""

    FILE = "file"
    """提出申请"""
    ACCEPT = "accept"
    """受理"""
    NOT_ACCEPT = "not_accept"
    """不予受理"""
    UPHOLD = "uphold"
    """维持原决定"""
    CHANGE = "change"
    """变更原决定"""
    SEND_BACK = "send_back"
    """撤销原决定，责令重新作出"""
    WITHDRAW = "withdraw"
    """撤回申请"""


class NotAcceptedReason(StrEnum):
    """Why a review is not heard."""

    LATE = "late"
    """The time has passed, and what kept the person from it is no excuse in law."""
    NOT_CONCERNED = "not_concerned"
    """Whoever asks is not the one whom the decision concerns, and does not act for that person."""
    ANOTHER_BODY = "another_body"
    """Another body hears it; the words say which."""
    HEARD_BEFORE = "heard_before"
    """The same was heard and decided before, or a court has it."""


_OPEN = (ReviewStage.FILED, ReviewStage.ACCEPTED)
LIFECYCLE = Lifecycle(
    noun="review",
    start=ReviewStage.FILED,
    steps={
        ReviewAction.ACCEPT: Transition.through(
            "accept_review", sources=[ReviewStage.FILED], target=ReviewStage.ACCEPTED
        ),
        ReviewAction.NOT_ACCEPT: Transition.through(
            "not_accept_review", sources=[ReviewStage.FILED], target=ReviewStage.NOT_ACCEPTED
        ),
        ReviewAction.UPHOLD: Transition.through(
            "decide_review", sources=[ReviewStage.ACCEPTED], target=ReviewStage.UPHELD
        ),
        ReviewAction.CHANGE: Transition.through(
            "decide_review", sources=[ReviewStage.ACCEPTED], target=ReviewStage.CHANGED
        ),
        ReviewAction.SEND_BACK: Transition.through(
            "decide_review", sources=[ReviewStage.ACCEPTED], target=ReviewStage.SENT_BACK
        ),
        ReviewAction.WITHDRAW: Transition.through("withdraw_review", sources=_OPEN, target=ReviewStage.WITHDRAWN),
    },
    apart=frozenset(
        {
            ReviewAction.FILE,
            ReviewAction.NOT_ACCEPT,
            ReviewAction.UPHOLD,
            ReviewAction.CHANGE,
            ReviewAction.SEND_BACK,
        }
    ),
)
"""The table of reviews.

Source: 行政复议法 (2023) arts. 30, 63, 64, 68, 74; 残疾人证管理办法 (2017), art. 25, for the evaluation.
"""
