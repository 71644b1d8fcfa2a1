"""What the registers alone find due to somebody who has not asked: all conditions are met, nothing speaks against."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from app.domain.application import CaseKind, Outlook, Package, outlook_of
from app.domain.benefit import Finding, Reason
from app.domain.catalogue import ServiceType
from app.domain.entitlement import Entitlement, Facts, evaluate, leaves
from app.domain.shared.rulebook import RulesInForce

SERVICES_OFFERED = "offer.services"
"""Codes of the single services of the catalogue that are offered to whoever has not asked."""
_CHANGES_BY_ITSELF = frozenset({"age"})
"""Facts that change without anything having happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something that is due to somebody, with the reasons and what they were found upon."""

    package_code: str | None
    """The package by which it is applied for; None for a single service of the catalogue."""
    item: str
    """The item of the package, or the code of the service."""
    reasons: tuple[Reason, ...]
    rule_versions: tuple[str, ...]
    basis: tuple[str, ...] = field(repr=False)
    """The facts, as plain text: whether they are others now is all that is asked of it."""


def due_to(package: Package, facts: Facts, *, asked_for: Collection[str], rules: RulesInForce) -> tuple[Due, ...]:
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


def service_due_to(
    service: ServiceType, entitlement: Entitlement, facts: Facts, *, asked_for: Collection[str]
) -> Due | None:
    """A single service of the catalogue that is due by what the registers hold, and neither received nor asked for.

    That it is not received our own registers know. It must be due for something that is known of the person: what is
    there for everybody is not offered.
    """
    taken = {code for code, is_received in facts.receiving.items() if is_received} | set(asked_for)
    if entitlement.item is not None or not taken.isdisjoint({service.code, *service.exclusive_with}):
        return None
    known = replace(facts, receiving={service.code: False, **facts.receiving})
    root, source = entitlement.criteria.root, entitlement.criteria.citation
    met = tuple(leaf for leaf in leaves(root) if leaf.finding(known) is Finding.MET)
    if not met or evaluate(root, known) is not Finding.MET:
        return None
    return Due(
        package_code=None,
        item=service.code,
        reasons=tuple(
            Reason(code=leaf.code, finding=Finding.MET, source=source, parameters=leaf.parameters) for leaf in met
        ),
        rule_versions=entitlement.criteria.rule_versions,
        basis=basis_of(replace(facts, receiving={}, needs=_of(service, facts.needs))),
    )


def _of(service: ServiceType, needs: Mapping[str, bool]) -> Mapping[str, bool]:
    """The needs that the service meets: another need is no reason to offer it anew."""
    return {code: is_there for code, is_there in needs.items() if code in service.meets}


def basis_of(facts: Facts) -> tuple[str, ...]:
    """The facts in an order and a form of their own.

    >>> basis_of(Facts(has_certificate=True, age=40))[:2]
    ('economic_status=None', 'grade=None')
    """
    return tuple(sorted(f"{name}={value}" for name, value in facts.stated.items() if name not in _CHANGES_BY_ITSELF))


def _is_due(outlook: Outlook) -> bool:
    conditions = [reason.finding for reason in outlook.reasons if reason.wording is None]
    against = any(reason.finding is Finding.NOT_MET for reason in outlook.reasons)
    return bool(conditions) and not against and all(finding is Finding.MET for finding in conditions)
