"""Benefits that are applied for: the two subsidies, help to employment, help with the pension premium."""

from app.domain.benefit.case import BenefitCase
from app.domain.benefit.ceasing import ceased_on
from app.domain.benefit.events import BenefitGrantedAtOnce
from app.domain.benefit.grant import AnotherGrantRuns, Grant, first_month_of
from app.domain.benefit.instant import Delegation, delegation_of, grant_at_once, proof_of, proved_of
from app.domain.benefit.opinion import IN_FAVOUR, Opinion
from app.domain.benefit.proposal import Proposal, Reason
from app.domain.benefit.refusals import BenefitNoticeStillRunning, BoundByReview, RefusalReason, StoppedAlready
from app.domain.benefit.replay import BackTest, Decided, Difference, Flip
from app.domain.benefit.route import Action, BenefitLifecycle, Route, Stage, Step
from app.domain.benefit.rules import BenefitRules, Exclusion, RuleSubjects
from app.domain.benefit.signing import SignedBackTest, SignedByTheSame, changes
from app.domain.shared.finding import Finding
from app.domain.shared.span import month_of

__all__ = [
    "IN_FAVOUR",
    "Action",
    "AnotherGrantRuns",
    "BackTest",
    "BenefitCase",
    "BenefitGrantedAtOnce",
    "BenefitLifecycle",
    "BenefitNoticeStillRunning",
    "BenefitRules",
    "BoundByReview",
    "Decided",
    "Delegation",
    "Difference",
    "Exclusion",
    "Finding",
    "Flip",
    "Grant",
    "Opinion",
    "Proposal",
    "Reason",
    "RefusalReason",
    "Route",
    "RuleSubjects",
    "SignedBackTest",
    "SignedByTheSame",
    "Stage",
    "Step",
    "StoppedAlready",
    "ceased_on",
    "changes",
    "delegation_of",
    "first_month_of",
    "grant_at_once",
    "month_of",
    "proof_of",
    "proved_of",
]
