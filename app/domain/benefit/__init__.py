"""Benefits that are applied for: the two subsidies, help to employment, help with the pension premium."""

from app.domain.benefit.case import BenefitCase
from app.domain.benefit.ceasing import ceased_on
from app.domain.benefit.criteria import BenefitFacts, Judgement, judged
from app.domain.benefit.events import BenefitGrantedAtOnce
from app.domain.benefit.grant import AnotherGrantRuns, Grant, first_month_of
from app.domain.benefit.instant import Delegation, delegation_of, grant_at_once, proof_of, proved_of
from app.domain.benefit.opinion import IN_FAVOUR, Opinion
from app.domain.benefit.proposal import Proposal, Reason
from app.domain.benefit.refusals import BenefitNoticeStillRunning, BoundByReview, RefusalReason, StoppedAlready
from app.domain.benefit.route import Action, BenefitLifecycle, Route, Stage, Step
from app.domain.benefit.rules import BenefitRules, Exclusion, RuleSubjects
from app.domain.shared.finding import Finding
from app.domain.shared.span import month_of

__all__ = [
    "IN_FAVOUR",
    "Action",
    "AnotherGrantRuns",
    "BenefitCase",
    "BenefitFacts",
    "BenefitGrantedAtOnce",
    "BenefitLifecycle",
    "BenefitNoticeStillRunning",
    "BenefitRules",
    "BoundByReview",
    "Delegation",
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
    "StoppedAlready",
    "ceased_on",
    "delegation_of",
    "first_month_of",
    "grant_at_once",
    "judged",
    "month_of",
    "proof_of",
    "proved_of",
]
