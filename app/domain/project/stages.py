"""The stages of a project and of somebody's place in it, and who takes them from one to the next."""

from enum import StrEnum

from app.domain.shared.transitions import Lifecycle, Transition


class ProjectStage(StrEnum):
    """Where a project stands."""

    DRAFT = "draft"
    """拟定"""
    OPEN = "open"
    """开放"""
    SUSPENDED = "suspended"
    """暂停"""
    CLOSED = "closed"
    """结束"""


class ProjectAction(StrEnum):
    """What may be done to a project."""

    ANNOUNCE = "announce"
    """拟定项目"""
    OPEN = "open"
    """批准开放"""
    SUSPEND = "suspend"
    """暂停受理"""
    RESUME = "resume"
    """恢复受理"""
    CLOSE = "close"
    """结束项目"""


class ChangeStage(StrEnum):
    """Where a change of a project's money or places stands."""

    ASKED = "asked"
    """待同意调整"""
    ALLOWED = "allowed"
    """已同意调整"""
    DECLINED = "declined"
    """未同意调整"""


class ChangeAction(StrEnum):
    """What may be done about a change."""

    ASK_CHANGE = "ask_change"
    """申请调整"""
    ALLOW_CHANGE = "allow_change"
    """同意调整"""
    DECLINE_CHANGE = "decline_change"
    """不同意或者撤回调整"""


class BeneficiaryStage(StrEnum):
    """Where somebody stands in a project."""

    PROPOSED = "proposed"
    """待同意例外: another benefit stands against it, and another officer says whether it may be all the same."""
    ENROLLED = "enrolled"
    """已列入"""
    SETTLING = "settling"
    """待核定支出: the place is free, and another officer confirms what was spent before the rest of the money is."""
    ENDED = "ended"
    """已退出"""


class BeneficiaryAction(StrEnum):
    """What may happen to somebody's place in a project."""

    PROPOSE = "propose"
    """提出"""
    ENROL = "enrol"
    """列入"""
    ALLOW_EXCEPTION = "allow_exception"
    """同意例外"""
    END = "end"
    """退出"""
    RESTATE_SPENDING = "restate_spending"
    """更正支出"""
    CONFIRM_SPENDING = "confirm_spending"
    """核定支出"""


_RUNNING = (ProjectStage.OPEN, ProjectStage.SUSPENDED)
LIFECYCLE: Lifecycle[ProjectStage, ProjectAction] = Lifecycle(
    noun="project",
    start=ProjectStage.DRAFT,
    steps={
        ProjectAction.OPEN: Transition.through("open_project", sources=(ProjectStage.DRAFT,), target=ProjectStage.OPEN),
        ProjectAction.SUSPEND: Transition.through(
            "suspend_project", sources=(ProjectStage.OPEN,), target=ProjectStage.SUSPENDED
        ),
        ProjectAction.RESUME: Transition.through(
            "resume_project", sources=(ProjectStage.SUSPENDED,), target=ProjectStage.OPEN
        ),
        ProjectAction.CLOSE: Transition.through(
            "close_project", sources=(ProjectStage.DRAFT, *_RUNNING), target=ProjectStage.CLOSED
        ),
    },
    apart=frozenset({ProjectAction.ANNOUNCE, ProjectAction.OPEN}),
)
"""The table of projects: whoever has drawn one up does not open it."""
CHANGE_LIFECYCLE: Lifecycle[ChangeStage, ChangeAction] = Lifecycle(
    noun="project change",
    start=ChangeStage.ASKED,
    steps={
        ChangeAction.ASK_CHANGE: Transition.through(
            "ask_project_change", sources=tuple(ChangeStage), target=ChangeStage.ASKED
        ),
        ChangeAction.ALLOW_CHANGE: Transition.through(
            "allow_project_change", sources=(ChangeStage.ASKED,), target=ChangeStage.ALLOWED
        ),
        ChangeAction.DECLINE_CHANGE: Transition.through(
            "decline_project_change", sources=(ChangeStage.ASKED,), target=ChangeStage.DECLINED
        ),
    },
    apart=frozenset({ChangeAction.ASK_CHANGE, ChangeAction.ALLOW_CHANGE}),
)
"""The table of changes: whoever asks for one does not allow it, and may take it back. Asking anew begins anew."""
BENEFICIARY_LIFECYCLE: Lifecycle[BeneficiaryStage, BeneficiaryAction] = Lifecycle(
    noun="beneficiary",
    start=BeneficiaryStage.PROPOSED,
    steps={
        BeneficiaryAction.ENROL: Transition(
            sources=frozenset({BeneficiaryStage.PROPOSED}), target=BeneficiaryStage.ENROLLED
        ),
        BeneficiaryAction.ALLOW_EXCEPTION: Transition.through(
            "allow_exception", sources=(BeneficiaryStage.PROPOSED,), target=BeneficiaryStage.ENROLLED
        ),
        BeneficiaryAction.END: Transition.through(
            "end_beneficiary",
            sources=(BeneficiaryStage.PROPOSED, BeneficiaryStage.ENROLLED),
            target=BeneficiaryStage.SETTLING,
        ),
        BeneficiaryAction.RESTATE_SPENDING: Transition.through(
            "restate_spending", sources=(BeneficiaryStage.SETTLING,), target=BeneficiaryStage.SETTLING
        ),
        BeneficiaryAction.CONFIRM_SPENDING: Transition.through(
            "confirm_spending", sources=(BeneficiaryStage.SETTLING,), target=BeneficiaryStage.ENDED
        ),
    },
    apart=frozenset({BeneficiaryAction.PROPOSE, BeneficiaryAction.ALLOW_EXCEPTION}),
)
"""The table of places in projects. With nothing against it one is enrolled in the very step that proposes it; else
another officer than the one who proposed it allows the exception. Where money was promised, another officer than the
one who said last what was spent of it confirms that; where none was, the entry ends in the very step."""
