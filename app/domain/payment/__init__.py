"""What is due by the month: who is on the roll, with how much, for which months, and what has changed since."""

from app.domain.payment.due import NOTHING_HELD, AmountIn, Change, CorrectionReason, Due, Entitlement, Held, dues_of
from app.domain.payment.roll import (
    ROLL_LIFECYCLE,
    MonthNotBegun,
    MonthRolled,
    NotPaidMonthly,
    PaymentRoll,
    RollAction,
    RollOpen,
    RollStage,
)
from app.domain.payment.totals import NOTHING, ONE_OFF, RollDoesNotReconcile, Sum, Totals, added

__all__ = [
    "NOTHING",
    "NOTHING_HELD",
    "ONE_OFF",
    "ROLL_LIFECYCLE",
    "AmountIn",
    "Change",
    "CorrectionReason",
    "Due",
    "Entitlement",
    "Held",
    "MonthNotBegun",
    "MonthRolled",
    "NotPaidMonthly",
    "PaymentRoll",
    "RollAction",
    "RollDoesNotReconcile",
    "RollOpen",
    "RollStage",
    "Sum",
    "Totals",
    "added",
    "dues_of",
]
