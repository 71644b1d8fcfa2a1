"""What a step waits for besides its stage: something to be done, the word of a review, and the days of a notice."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from app.domain.benefit.refusals import BenefitNoticeStillRunning, BoundByReview, StoppedAlready
from app.domain.benefit.route import Action, Stage
from app.domain.shared.access import Principal
from app.domain.shared.errors import DutiesNotSeparated, IllegalTransition

if TYPE_CHECKING:
    from app.domain.benefit.case import BenefitCase

_DECISIONS = frozenset({Action.GRANT, Action.GRANT_ANEW, Action.REFUSE})
_OPEN_TO_RELATED = frozenset({Action.WITHDRAW, Action.GIVE_UP})
"""A family takes its application back, or gives up what was granted."""


def require_conditions(case: "BenefitCase", action: Action, *, by: Principal, on: date) -> None:
    """Hold a step to what it waits for.

    Raises:
        RelationOnRecord: the caller lives with the person, or shares a telephone, an address or an account.
        IllegalTransition: it is granted, and no review has it decided anew.
        StoppedAlready: there is nothing more to give up.
        BoundByReview: a review has changed the refusal, and it is refused again.
        DutiesNotSeparated: the caller has decided before the review.
        BenefitNoticeStillRunning: the last day of the notice has not passed.
    """
    if action not in _OPEN_TO_RELATED:
        case.known.require_none({by.id}, by=by.id, barred=_bound_elsewhere(case, action))
    _require_something_to(case, action)
    if action in _DECISIONS and case.reopened_by is not None:
        _require_review_heeded(case, action, by=by)
    if _must_wait(case, action, on):
        raise BenefitNoticeStillRunning(
            f"The public notice runs until {case.notice_last_day}. Go on the day after.",
            last_day=str(case.notice_last_day),
        )


def _bound_elsewhere(case: "BenefitCase", action: Action) -> frozenset[UUID]:
    """Whoever has done another duty that is kept apart from an action."""
    apart = case.route.lifecycle.apart
    others = (step.doers for step in case.done if action in apart and step.action in apart - {action})
    return frozenset[UUID]().union(*others)


def _require_something_to(case: "BenefitCase", action: Action) -> None:
    if action is Action.GRANT_ANEW and case.done[-1].action is not Action.RECONSIDER:
        raise IllegalTransition(
            "It is granted. Only a review has it decided anew.", stage=case.stage.value, open=[Action.GIVE_UP.value]
        )
    if action is Action.GIVE_UP and case.granted is not None and case.granted.last_month is not None:
        raise StoppedAlready(
            f"It stops with the month of {case.granted.last_month}. There is nothing more to give up.",
            last_month=str(case.granted.last_month),
        )


def _require_review_heeded(case: "BenefitCase", action: Action, *, by: Principal) -> None:
    if action is Action.REFUSE and case.bound_by is not None:
        raise BoundByReview("A review has changed the refusal. Grant it; the review's decision says why.")
    if any(step.action in _DECISIONS and by.id in step.doers for step in case.done):
        raise DutiesNotSeparated(
            "Whoever decided this before the review does not decide it anew. Another person must.",
            duty=action.value,
            action=action.value,
        )


def _must_wait(case: "BenefitCase", action: Action, on: date) -> bool:
    """Say whether the step goes on from a notice whose last day has not passed; without a day it never has."""
    goes_on = case.stage is Stage.ON_NOTICE and action not in {Action.REFUSE, Action.WITHDRAW}
    return goes_on and on <= (case.notice_last_day or date.max)
