"""Which certificate business there is, where a case of it may stand, and what may be done to it."""

from enum import StrEnum


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


class HandledAt(StrEnum):
    """Where business is accepted. Source: the guide to cross-province business (跨省通办) of 2021-06-28."""

    REGISTRATION = "registration"
    """户籍地: by the federation that also approves it."""
    RESIDENCE = "residence"
    """居住地: by the federation of where the person lives with a residence permit (居住证); the other approves."""


class Stage(StrEnum):
    """Where a case stands."""

    AWAITING_CONFIRMATION = "awaiting_confirmation"
    """It needs a second person's word, which has not been given."""
    SUBMITTED = "submitted"
    AWAITING_CORRECTION = "awaiting_correction"
    """The person was told all that is missing, and has not answered all of it."""
    INACTIVE = "inactive"
    """No answer, or no second person's word, has come in time. It rests, and goes on with it."""
    ACCEPTED = "accepted"
    EVALUATION_ASSIGNED = "evaluation_assigned"
    EVALUATED = "evaluated"
    ON_NOTICE = "on_notice"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    ISSUED = "issued"
    CANCELLED = "cancelled"
    """The certificate is cancelled, which is what the case was about."""
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    """What may be done to a case, in the words of the law."""

    CONFIRM = "confirm"
    """第二方确认: a second person has said yes."""
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
    CANCEL = "cancel"
    """注销"""
    REFUSE = "refuse"
    """不予办理"""
    WITHDRAW = "withdraw"
    """撤回申请"""
    REOPEN = "reopen"
    """复核后重新评定: it was accepted before, and is given to an institution anew."""
    RESTART = "restart"
    """复核后重新受理"""
