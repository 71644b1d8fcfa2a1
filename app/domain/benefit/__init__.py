"""Benefits that are applied for: the two subsidies, help to employment, help with the pension premium."""

from app.domain.benefit.case import (
    IN_FAVOUR,
    BenefitCase,
    BenefitNoticeStillRunning,
    Opinion,
    RefusalReason,
)
from app.domain.benefit.criteria import BenefitFacts, Judgement, judged
from app.domain.benefit.finding import Finding, Proposal, Reason, all_of, any_of, finding_of, opposite
from app.domain.benefit.grant import Grant, month_of
from app.domain.benefit.route import Action, BenefitLifecycle, Route, Stage, Step
from app.domain.benefit.rules import BenefitRules, Exclusion, RuleSubjects

__all__ = [
    "IN_FAVOUR",
    "Action",
    "BenefitCase",
    "BenefitFacts",
    "BenefitLifecycle",
    "BenefitNoticeStillRunning",
    "BenefitRules",
    "Exclusion",
    "Finding",
    "Grant",
    "Judgement",
    "Opinion",
    "Proposal",
    "Reason",
    "RefusalReason",
    "Route",
    "RuleSubjects",
    "Stage",
    "Step",
    "all_of",
    "any_of",
    "finding_of",
    "judged",
    "month_of",
    "opposite",
]
