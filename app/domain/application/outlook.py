"""What somebody may expect of a package, told without asking who it is. It promises nothing and is not kept."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.application.documents import Necessity, necessity_of
from app.domain.application.package import CaseKind, Evidence, Package, PackageItem
from app.domain.benefit import BenefitRules, Finding, Proposal, Reason
from app.domain.certificate import Business
from app.domain.entitlement import Facts
from app.domain.shared.rulebook import RulesInForce


class Likelihood(StrEnum):
    """How an application would probably end."""

    LIKELY = "likely"
    UNLIKELY = "unlikely"
    UNKNOWN = "unknown"
    """It depends on what is not known, or on what only doctors can say."""


_LIKELIHOODS = {
    Finding.MET: Likelihood.LIKELY,
    Finding.NOT_MET: Likelihood.UNLIKELY,
    Finding.UNKNOWN: Likelihood.UNKNOWN,
}
_LAW = "残疾人证管理办法 (2017) art. 9"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What may be expected of one item: how likely, why, and what would have to be shown."""

    item: str
    likelihood: Likelihood
    reasons: tuple[Reason, ...]
    evidence: tuple[Evidence, ...]
    rule_versions: tuple[str, ...] = ()


def outlook_of(package: Package, facts: Facts, *, rules: RulesInForce) -> tuple[Outlook, ...]:
    """For each item of the package, what the rules say to facts that nobody's name is attached to.

    Whoever has no certificate and could apply for one with the same package is not turned away from what needs one.
    """
    proposals = ((item, _proposal(item, facts, package=package, rules=rules)) for item in package.items)
    return tuple(
        Outlook(
            item=item.code,
            likelihood=_LIKELIHOODS[proposal.finding],
            reasons=proposal.reasons,
            evidence=tuple(shown for shown in package.evidence if _is_needed(shown, item, facts)),
            rule_versions=proposal.rule_versions,
        )
        for item, proposal in proposals
    )


def suggestions_of(
    package: Package, facts: Facts, *, chosen: Collection[str], rules: RulesInForce
) -> tuple[Outlook, ...]:
    """What was not asked for, although it is likely or something speaks for it and nothing against it; likely first.

    What is being received already is not suggested, and what nothing is known for is not either: that would be nagging.
    """
    left = (outlook for outlook in outlook_of(package, facts, rules=rules) if outlook.item not in chosen)
    wanted = (outlook for outlook in left if not facts.receiving.get(outlook.item) and _speaks_for(outlook))
    return tuple(sorted(wanted, key=lambda outlook: outlook.likelihood is not Likelihood.LIKELY))


def _speaks_for(outlook: Outlook) -> bool:
    if outlook.likelihood is Likelihood.UNKNOWN:
        return any(reason.finding is Finding.MET and _is_condition(reason) for reason in outlook.reasons)
    return outlook.likelihood is Likelihood.LIKELY


def _is_condition(reason: Reason) -> bool:
    """Whether it is a condition, and not a circumstance that would exclude: to be excluded by nothing is no claim."""
    return reason.wording is None


def _proposal(item: PackageItem, facts: Facts, *, package: Package, rules: RulesInForce) -> Proposal:
    if item.rules is None:
        return _certificate_proposal(facts)
    certificates = {other.code for other in package.items if other.case_kind is CaseKind.CERTIFICATE}
    could_get_one = facts.has_certificate is False and not certificates.isdisjoint(item.depends_on)
    considered = replace(facts, has_certificate=None) if could_get_one else facts
    return BenefitRules.of(item.rules, rules).proposal(considered)


def _certificate_proposal(facts: Facts) -> Proposal:
    """Whether the standard is met is for doctors to say; all that can be told is that one holds a certificate."""
    if facts.has_certificate:
        reason = Reason(code="holds_a_certificate", finding=Finding.NOT_MET, source=_LAW)
    else:
        reason = Reason(code="doctors_decide", finding=Finding.UNKNOWN, source=_LAW)
    return Proposal(finding=reason.finding, reasons=(reason,), rule_versions=())


def _is_needed(evidence: Evidence, item: PackageItem, facts: Facts) -> bool:
    necessity = necessity_of(evidence, facts, business=Business.NEW)
    return item.code in evidence.needed_by and necessity is not Necessity.NOT_NEEDED
