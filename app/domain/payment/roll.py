"""The roll of a month: drawn up by a job, checked by one person, approved by another, and then never changed."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self, TypeAlias
from uuid import UUID

from app.domain.payment import events
from app.domain.payment.totals import Totals
from app.domain.shared.access import Principal
from app.domain.shared.errors import AlreadyExists, Conflict, Unprocessable
from app.domain.shared.refusal import require_words
from app.domain.shared.span import month_of
from app.domain.shared.transitions import Allowed, Done, Lifecycle, Transition


class RollOpen(AlreadyExists):
    """Another roll of the same benefit and place is not approved yet; what is due next depends on it."""

    code = "roll_open"
    title = "Another roll is not finished"


class MonthRolled(AlreadyExists):
    """There is an approved roll of this month, or of a later one."""

    code = "month_rolled"
    title = "The month has its roll"


class MonthNotBegun(Conflict):
    """The month lies in the future: nobody knows yet what will be due."""

    code = "month_not_begun"
    title = "The month has not begun"


class NotPaidMonthly(Unprocessable):
    """The benefit promises no money by the month."""

    code = "not_paid_monthly"
    title = "This benefit is not paid by the month"


class RollStage(StrEnum):
    """Where a roll stands."""

    DRAFTING = "drafting"
    """The job draws it up."""
    DRAFTED = "drafted"
    CHECKED = "checked"
    APPROVED = "approved"
    """It is final: what it says is due. A mistake is put right by a line of the next roll."""
    REJECTED = "rejected"
    """Somebody found it wrong; it holds nothing."""


class RollAction(StrEnum):
    """What may be done to a roll."""

    COMPLETE = "complete"
    """The job has come to its end."""
    CHECK = "check"
    """复核"""
    APPROVE = "approve"
    """审批"""
    REJECT = "reject"
    """退回"""


RollStep: TypeAlias = Done[RollStage, RollAction]
ROLL_LIFECYCLE: Lifecycle[RollStage, RollAction] = Lifecycle(
    noun="payment roll",
    start=RollStage.DRAFTING,
    steps={
        RollAction.COMPLETE: Transition(sources=frozenset({RollStage.DRAFTING}), target=RollStage.DRAFTED),
        RollAction.CHECK: Transition.through(
            "check_payment_roll", sources=[RollStage.DRAFTED], target=RollStage.CHECKED
        ),
        RollAction.APPROVE: Transition.through(
            "approve_payment_roll", sources=[RollStage.CHECKED], target=RollStage.APPROVED
        ),
        RollAction.REJECT: Transition.through(
            "reject_payment_roll",
            sources=[RollStage.DRAFTING, RollStage.DRAFTED, RollStage.CHECKED],
            target=RollStage.REJECTED,
        ),
    },
    apart=frozenset({RollAction.CHECK, RollAction.APPROVE}),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRoll:
    """The roll of a month (发放名册) for one benefit and one place: who is due how much, and why.

    It says what is due, and pays nothing.

    Source: 国发〔2015〕52号: paid by the month; 会计法: whoever enters does not approve.
    """

    id: UUID
    region: str
    benefit: str
    month: date
    """Its first day."""
    job_id: UUID
    ordered_by: UUID
    previous_id: UUID | None = None
    """The approved roll before it, with which it is compared."""
    stage: RollStage = RollStage.DRAFTING
    done: tuple[RollStep, ...] = ()
    totals: Totals | None = None
    """None while the job is at work."""
    objection: str = ""
    """Why it was rejected, in words."""
    version: int = 1

    @property
    def person_id(self) -> None:
        """It is about nobody alone."""

    @property
    def application_id(self) -> None:
        """It belongs to no application."""

    @property
    def is_open(self) -> bool:
        """Say whether it may still be rejected."""
        return not ROLL_LIFECYCLE.is_final(self.stage)

    @classmethod
    def order(
        cls, *, roll_id: UUID, region: str, benefit: str, month: date, job_id: UUID, by: Principal, today: date
    ) -> tuple[Self, events.RollOrdered]:
        """Ask for the roll of the month that a day lies in.

        Raises:
            MonthNotBegun: the month lies in the future.
        """
        if month_of(month) > today:
            raise MonthNotBegun(f"Order the roll of {month_of(month):%Y-%m} when that month has begun.")
        roll = cls(id=roll_id, region=region, benefit=benefit, month=month_of(month), job_id=job_id, ordered_by=by.id)
        return roll, events.RollOrdered(
            roll_id=roll_id, benefit=benefit, month=roll.month, job_id=job_id, ordered_by=by.id
        )

    def following(self, previous: Self | None) -> Self:
        """The roll, to be compared with the approved one before it.

        Raises:
            MonthRolled: the one before is of the same month, or of a later one.
        """
        if previous is None:
            return self
        if previous.month >= self.month:
            raise MonthRolled(
                f"There is an approved roll of {previous.month:%Y-%m}. What was missing comes with the next month."
            )
        return replace(self, previous_id=previous.id)

    def complete(self, totals: Totals, *, on: date) -> tuple[Self, events.RollDrafted]:
        """Take the sums of all lines, once they agree.

        Raises:
            RollDoesNotReconcile: they do not.
        """
        step = ROLL_LIFECYCLE.step_by_itself(self, RollAction.COMPLETE, on=on)
        sums = totals.reconciled()
        drafted = replace(self, stage=step.stage, done=(*self.done, step), totals=sums)
        return drafted, events.RollDrafted(
            roll_id=self.id,
            benefit=self.benefit,
            month=self.month,
            lines=sums.all.lines,
            amount_fen=sums.all.amount_fen,
            difference_fen=sums.difference_fen,
            doubtful=sums.doubtful,
        )

    def check(self, *, by: Principal, on: date) -> tuple[Self, events.RollChecked]:
        """Look through the lines that differ and those in doubt, and find the roll in order (复核)."""
        checked = self._moved(RollAction.CHECK, by=by, on=on)
        return checked, events.RollChecked(
            roll_id=self.id, benefit=self.benefit, month=self.month, checked_by=by.id, checked_on=on
        )

    def approve(self, *, by: Principal, on: date) -> tuple[Self, events.RollApproved]:
        """Approve it, as another than who has checked it (审批). From then on it is not changed."""
        approved = self._moved(RollAction.APPROVE, by=by, on=on)
        assert self.totals is not None  # a roll without sums is not drafted, and cannot have been checked
        return approved, events.RollApproved(
            roll_id=self.id,
            benefit=self.benefit,
            month=self.month,
            approved_by=by.id,
            approved_on=on,
            lines=self.totals.all.lines,
            amount_fen=self.totals.all.amount_fen,
        )

    def reject(self, *, by: Principal, on: date, objection: str) -> tuple[Self, events.RollRejected]:
        """Find it wrong (退回): it holds nothing, and another may be ordered in its place.

        Raises:
            ReasonMissing: nothing is said about what is wrong.
        """
        require_words(objection, "Say in plain words what is wrong with the roll.")
        rejected = replace(self._moved(RollAction.REJECT, by=by, on=on), objection=objection)
        return rejected, events.RollRejected(
            roll_id=self.id, benefit=self.benefit, month=self.month, rejected_by=by.id, rejected_on=on
        )

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do on a day and, for the rest, why not."""
        return ROLL_LIFECYCLE.answers(lambda action: self._moved(action, by=by, on=on))

    def _moved(self, action: RollAction, *, by: Principal, on: date) -> Self:
        step = ROLL_LIFECYCLE.step(self, action, by=by, on=on)
        return replace(self, stage=step.stage, done=(*self.done, step))
