"""Projects: a budget and a quota for people of a place, the dated list of who benefits, and no benefit twice."""

from app.domain.project.asked import Asked, Ending, EndReason, Spending
from app.domain.project.beneficiary import Beneficiary
from app.domain.project.change import Resources, TermsChange
from app.domain.project.fit import Fit, Obstacle, fit
from app.domain.project.overlap import Overlap, Received, ReceivedAs, overlaps
from app.domain.project.project import (
    ENDING,
    MINIMUM_CELL,
    Account,
    BudgetUsedUp,
    Project,
    ProjectDaysImpossible,
    ProjectNotOpen,
    QuotaUsedUp,
)
from app.domain.project.refusals import (
    AmountImpossible,
    BeneficiaryAlready,
    DoubleBenefit,
    NotTargeted,
    OutsideProjectArea,
    ResourcesCommitted,
)
from app.domain.project.stages import (
    BENEFICIARY_LIFECYCLE,
    CHANGE_LIFECYCLE,
    LIFECYCLE,
    BeneficiaryAction,
    BeneficiaryStage,
    ChangeAction,
    ChangeStage,
    ProjectAction,
    ProjectStage,
)
from app.domain.project.terms import LONGEST_MONTHS, Exclusion, Gives, ProjectTerms, TermsImpossible

__all__ = [
    "BENEFICIARY_LIFECYCLE",
    "CHANGE_LIFECYCLE",
    "ENDING",
    "LIFECYCLE",
    "LONGEST_MONTHS",
    "MINIMUM_CELL",
    "Account",
    "AmountImpossible",
    "Asked",
    "Beneficiary",
    "BeneficiaryAction",
    "BeneficiaryAlready",
    "BeneficiaryStage",
    "BudgetUsedUp",
    "ChangeAction",
    "ChangeStage",
    "DoubleBenefit",
    "EndReason",
    "Ending",
    "Exclusion",
    "Fit",
    "Gives",
    "NotTargeted",
    "Obstacle",
    "OutsideProjectArea",
    "Overlap",
    "Project",
    "ProjectAction",
    "ProjectDaysImpossible",
    "ProjectNotOpen",
    "ProjectStage",
    "ProjectTerms",
    "QuotaUsedUp",
    "Received",
    "ReceivedAs",
    "Resources",
    "ResourcesCommitted",
    "Spending",
    "TermsChange",
    "TermsImpossible",
    "fit",
    "overlaps",
]
