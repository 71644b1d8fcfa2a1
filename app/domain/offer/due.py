"""What the registers alone find due to somebody who has not asked: all conditions are met, nothing speaks against."""

from collections.abc import Collection
from dataclasses import dataclass, field

from app.domain.application import CaseKind, Outlook, Package, outlook_of
from app.domain.benefit import BenefitFacts, Finding, Reason
from app.domain.shared.rulebook import RulesInForce

_CHANGES_BY_ITSELF = frozenset({"age"})
"""Facts that change without anything having happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One item of a package that is due to somebody, with the reasons and what they were found upon."""

    package_code: str
    item: str
    reasons: tuple[Reason, ...]
    rule_versions: tuple[str, ...]
    basis: tuple[str, ...] = field(repr=False)
    """The facts, as plain text: whether they are others now is all that is asked of it."""


def due_to(
    package: Package, facts: BenefitFacts, *, asked_for: Collection[str], rules: RulesInForce
) -> tuple[Due, ...]:
    """What of a package is due by what the registers hold, and neither received nor asked for.

    More is asked than of a suggestion, which answers somebody who is there: here an office will speak to somebody who
    has said nothing. What only the person can say, such as the wish to work, is suggested and never offered; what
    could exclude and is not known is for the office and for whoever decides. A certificate is never offered.
    """
    benefits = {item.code for item in package.items if item.case_kind is CaseKind.BENEFIT}
    left = benefits - set(asked_for) - {code for code, is_received in facts.receiving.items() if is_received}
    return tuple(
        Due(
            package_code=package.code,
            item=outlook.item,
            reasons=outlook.reasons,
            rule_versions=outlook.rule_versions,
            basis=basis_of(facts),
        )
        for outlook in outlook_of(package, facts, rules=rules)
        if outlook.item in left and _is_due(outlook)
    )


def basis_of(facts: BenefitFacts) -> tuple[str, ...]:
    """The facts in an order and a form of their own.

    >>> basis_of(BenefitFacts(has_certificate=True, age=40))[:2]
    ('economic_status=None', 'grade=None')
    """
    return tuple(sorted(f"{name}={value}" for name, value in facts.stated.items() if name not in _CHANGES_BY_ITSELF))


def _is_due(outlook: Outlook) -> bool:
    conditions = [reason.finding for reason in outlook.reasons if reason.wording is None]
    against = any(reason.finding is Finding.NOT_MET for reason in outlook.reasons)
    return bool(conditions) and not against and all(finding is Finding.MET for finding in conditions)
