"""The stages of certificate business, who may take a case from one to the next, and which duties are kept apart."""

from enum import StrEnum

from app.domain.shared.transitions import Lifecycle, Transition


class Business(StrEnum):
    """The seven kinds of certificate business (残疾人证业务). Source: 残疾人证管理办法 (2017), arts. 9, 19-24."""

    NEW = "new"
    """新办"""
    RENEWAL = "renewal"
    """换领"""
    DAMAGED = "damaged"
    """残损换新"""
    LOSS = "loss"
    """挂失补办"""
    MIGRATION = "migration"
    """迁移"""
    CHANGE = "change"
    """类别/等级变更"""
    CANCELLATION = "cancellation"
    """注销"""


class Stage(StrEnum):
    """Where a case stands."""

    SUBMITTED = "submitted"
    AWAITING_CORRECTION = "awaiting_correction"
    """The person was told all that is missing, and has not answered all of it."""
    INACTIVE = "inactive"
    """The person has not answered in time. It rests, and goes on with an answer."""
    ACCEPTED = "accepted"
    EVALUATION_ASSIGNED = "evaluation_assigned"
    EVALUATED = "evaluated"
    ON_NOTICE = "on_notice"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    ISSUED = "issued"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    """What may be done to a case, in the words of the law."""

    ASK_CORRECTION = "ask_correction"
    """一次性告知补正"""
    COMPLETE_CORRECTION = "complete_correction"
    """补正: all that was missing is there."""
    REST = "rest"
    """中止办理: the answer has not come in time."""
    ACCEPT = "accept"
    """受理"""
    DEEM_ACCEPTED = "deem_accepted"
    """视为受理: nobody said in time what is missing, so the law itself takes it on."""
    ASSIGN_EVALUATION = "assign_evaluation"
    """指定评定机构"""
    EVALUATE = "evaluate"
    """残疾评定"""
    POST_NOTICE = "post_notice"
    """公示"""
    REVIEW = "review"
    """审核"""
    APPROVE = "approve"
    """批准"""
    ISSUE = "issue"
    """核发"""
    REFUSE = "refuse"
    """不予办理"""
    WITHDRAW = "withdraw"
    """撤回申请"""
    REOPEN = "reopen"
    """复核后重新评定: it was accepted before, and is given to an institution anew."""
    RESTART = "restart"
    """复核后重新受理"""


_BEFORE_APPROVAL = (
    Stage.SUBMITTED,
    Stage.AWAITING_CORRECTION,
    Stage.INACTIVE,
    Stage.ACCEPTED,
    Stage.EVALUATION_ASSIGNED,
    Stage.EVALUATED,
    Stage.ON_NOTICE,
    Stage.REVIEWED,
)

LIFECYCLE = Lifecycle(
    noun="certificate case",
    start=Stage.SUBMITTED,
    steps={
        Action.ASK_CORRECTION: Transition.through(
            "ask_correction", sources=[Stage.SUBMITTED], target=Stage.AWAITING_CORRECTION
        ),
        Action.COMPLETE_CORRECTION: Transition(
            sources=frozenset({Stage.AWAITING_CORRECTION, Stage.INACTIVE}), target=Stage.SUBMITTED
        ),
        Action.REST: Transition(sources=frozenset({Stage.AWAITING_CORRECTION}), target=Stage.INACTIVE),
        Action.ACCEPT: Transition.through("accept_certificate_case", sources=[Stage.SUBMITTED], target=Stage.ACCEPTED),
        Action.DEEM_ACCEPTED: Transition(sources=frozenset({Stage.SUBMITTED}), target=Stage.ACCEPTED),
        Action.ASSIGN_EVALUATION: Transition.through(
            "assign_evaluation", sources=[Stage.ACCEPTED], target=Stage.EVALUATION_ASSIGNED
        ),
        Action.EVALUATE: Transition.through(
            "conclude_evaluation", sources=[Stage.EVALUATION_ASSIGNED], target=Stage.EVALUATED
        ),
        Action.POST_NOTICE: Transition.through("post_notice", sources=[Stage.EVALUATED], target=Stage.ON_NOTICE),
        Action.REVIEW: Transition.through("review_certificate_case", sources=[Stage.ON_NOTICE], target=Stage.REVIEWED),
        Action.APPROVE: Transition.through("approve_certificate_case", sources=[Stage.REVIEWED], target=Stage.APPROVED),
        Action.ISSUE: Transition.through("issue_certificate", sources=[Stage.APPROVED], target=Stage.ISSUED),
        Action.REFUSE: Transition.through("refuse_certificate_case", sources=_BEFORE_APPROVAL, target=Stage.REFUSED),
        Action.WITHDRAW: Transition.through(
            "withdraw_item", sources=[*_BEFORE_APPROVAL, Stage.APPROVED], target=Stage.WITHDRAWN
        ),
        Action.REOPEN: Transition(
            sources=frozenset({Stage.REFUSED, Stage.APPROVED}), target=Stage.ACCEPTED, reopens=True
        ),
        Action.RESTART: Transition(sources=frozenset({Stage.REFUSED}), target=Stage.SUBMITTED, reopens=True),
    },
    apart=frozenset({Action.ACCEPT, Action.EVALUATE, Action.REVIEW, Action.APPROVE, Action.REFUSE}),
    once=frozenset({Action.ASK_CORRECTION}),
)
"""The table of certificate business.

Source: 残疾人证管理办法 (2017), arts. 7, 9; 行政许可法 art. 32(4): what is missing is told once. That accepting,
evaluating, reviewing and deciding are four people's work
is the guard against certificates by favour (人情证、关系证) that the policy document asks for.
"""
